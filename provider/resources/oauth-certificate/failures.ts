import { CmdletFailed, InvalidInput, ProtocolError, Unreachable } from "../../errors";
import type { Copies } from "../../exchange/certificates";
import type { ExchangeServers } from "../../exchange/servers";
import type { StoredCertificate } from "../../exchange/stored-certificate";
import { whyNotCopied } from "./copies";
import { isOurs } from "./identifiers";
import { findCertificate, type OrganisationFacts, reasonAgainst, roleOf, serversListing } from "./rules";

/** What stays of a certificate that is not named, for whoever reads the error. */
export function leftBehind(facts: OrganisationFacts, thumbprint: string): string[] {
  const holders = serversListing(facts, thumbprint);
  if (holders.length === 0 || roleOf(facts, thumbprint)) return [];
  return [`The certificate ${thumbprint} stays on ${holders.join(", ")}, and AuthConfig does not name it.`];
}

/** Whatever keeps the one just made from being used would keep the next one, too. */
export function cannotBeUsed(made: StoredCertificate, facts: OrganisationFacts): ProtocolError {
  const { thumbprint } = made;
  const seen = findCertificate(facts, thumbprint);
  const isListed = seen?.subjectKeyIdentifier !== undefined && isOurs(facts.organizationId, seen);
  const reason = seen && reasonAgainst(seen, facts.now);
  const answer = !isListed
    ? "Get-ExchangeCertificate does not list it with the SubjectKeyIdentifier that was asked for"
    : reason
      ? `by Exchange's clock (${facts.now.toISOString()}) it is ${reason}`
      : "its key is on no server, or may not leave the one that it is on";
  return new ProtocolError({
    doing: `looking for the certificate ${thumbprint}, which was just created`,
    answer,
    next: "check the certificates of that server before you run `pulumi up` again, which would create another one",
    outcomeUnknown: true,
  });
}

/** What each server answered to a copy without which the certificate must not be named. */
export function notCopied(
  facts: OrganisationFacts,
  thumbprint: string,
  missing: string[],
  copies: Copies,
): CmdletFailed {
  const listing = serversListing(facts, thumbprint);
  const keyless = missing.filter((server) => listing.includes(server));
  const reasons =
    copies.refusals.length > 0
      ? [whyNotCopied(copies, "")]
      : missing.map((server) => `${server}: ${whyNotCopied(copies, server)}`);
  const errors = [...copies.refusals, ...copies.failures].map(({ error }) => error);
  return new CmdletFailed({
    doing: `copying the certificate ${thumbprint} to ${missing.join(", ")}`,
    answer: `${reasons.join("; ")}; a certificate must be on every server before it is named`,
    next:
      keyless.length > 0
        ? `${keyless.join(", ")} lists it without its key: remove it there first (Remove-ExchangeCertificate), then run \`pulumi up\` again`
        : `correct what Exchange names, or name ${missing.join(", ")} in \`ignoreServers\`, then run \`pulumi up\` again: it uses this certificate`,
    cause: errors[0],
    outcomeUnknown: errors.some(({ outcomeUnknown }) => outcomeUnknown),
  });
}

/** Servers that cannot be asked keep us from deciding anything. */
export function stopped(reasons: string[]): Unreachable {
  return new Unreachable({
    doing: "deciding which certificate AuthConfig is to name",
    answer: `${reasons.join("; ")}; a certificate must be on every server before it is named`,
    next: "correct that, or list the servers in `ignoreServers`, then run `pulumi up` again",
  });
}

/** There is nowhere to make one. */
export function noServer({ ignored }: ExchangeServers): InvalidInput {
  const names = ignored.map(({ name }) => name).join(", ");
  return new InvalidInput({
    doing: "creating a certificate",
    answer: `Get-ExchangeServer lists no server that counts: version 15 or later, not Edge, not ignored${names && ` (\`ignoreServers\` passes over ${names})`}`,
    next: "check that the connection leads to an organisation with a Mailbox server, and what `ignoreServers` names",
  });
}

/** A generation whose certificate can never become current. */
export function cannotServe(generation: number, reason: string): InvalidInput {
  return new InvalidInput({
    doing: `preparing generation ${generation} of the auth certificate`,
    answer: `its certificate is ${reason}`,
    next: `declare generation ${generation + 1} in its place`,
  });
}

/** Whether a generation's certificate is there cannot be told, so that none is made. */
export function cannotTell(generation: number, reason: string): Unreachable {
  return new Unreachable({
    doing: `preparing generation ${generation} of the auth certificate`,
    answer: `no server that answered has its certificate, and ${reason}`,
    next: "correct that, or list the servers in `ignoreServers`, then run `pulumi up` again",
  });
}

/** Whatever hides the one just made would hide the next one, too. */
export function notShown(generation: number, thumbprint: string | undefined): ProtocolError {
  return new ProtocolError({
    doing: `looking for the certificate ${thumbprint} of generation ${generation}, which was just created`,
    answer: "Get-ExchangeCertificate does not list it on any server that answered",
    next: "check the certificates of that server before you run `pulumi up` again",
    outcomeUnknown: true,
  });
}
