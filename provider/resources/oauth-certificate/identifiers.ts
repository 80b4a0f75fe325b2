import { createHash } from "node:crypto";

/** More than any organisation makes in its life: an identifier beyond it is not looked for. */
export const MOST_CERTIFICATES = 64;

/** SubjectKeyIdentifier of the n-th certificate made here, so that an interrupted create finds its own. */
export function subjectKeyIdentifierOf(organizationId: string, n: number): string {
  return identifierOf(`${organizationId}:${n}`);
}

/**
 * SubjectKeyIdentifier of the certificate that is made for a generation, 2 or later. Generation 1 is what the organisation
 * had, or what was made where it had nothing valid; its own identifiers are another series, which renewals leave alone.
 */
export function generationIdentifierOf(organizationId: string, generation: number): string {
  return identifierOf(`${organizationId}:generation:${generation}`);
}

function identifierOf(what: string): string {
  return createHash("sha256").update(`pulumi-exchange-server/oauth/1:${what}`).digest("hex").slice(0, 32).toUpperCase();
}

/** The identifiers of all certificates that are made where nothing valid is there, in their order. */
export function identifiers(organizationId: string): string[] {
  return Array.from({ length: MOST_CERTIFICATES }, (_, index) => subjectKeyIdentifierOf(organizationId, index + 1));
}

/** The generations of the last organisation that was asked about: a provider knows one alone. */
let known = { organizationId: "", generations: new Map<string, number>() };

function generationsOf(organizationId: string): Map<string, number> {
  if (known.organizationId !== organizationId) {
    const numbers = Array.from({ length: MOST_CERTIFICATES - 1 }, (_, index) => index + 2);
    const entries = numbers.map((number): [string, number] => [generationIdentifierOf(organizationId, number), number]);
    known = { organizationId, generations: new Map(entries) };
  }
  return known.generations;
}

/** The generation that a certificate was made for; undefined for every other certificate. */
export function generationOf(
  organizationId: string,
  { subjectKeyIdentifier }: { subjectKeyIdentifier: string },
): number | undefined {
  return generationsOf(organizationId).get(subjectKeyIdentifier);
}

/** Whether a certificate was made here: its identifier is one that only we choose. */
export function isOurs(organizationId: string, certificate: { subjectKeyIdentifier: string }): boolean {
  const { subjectKeyIdentifier } = certificate;
  return (
    identifiers(organizationId).includes(subjectKeyIdentifier) ||
    generationOf(organizationId, certificate) !== undefined
  );
}
