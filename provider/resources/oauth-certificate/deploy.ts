import { getAuthConfig, nameCertificate, namedCertificates } from "../../exchange/auth-config";
import { copyCertificate, newCertificate, type StoredCertificate } from "../../exchange/certificates";
import type { ExchangeClient } from "../../exchange/client";
import { ExchangeError, InvalidInput, ProtocolError, Unreachable } from "../../exchange/errors";
import type { ExchangeServer } from "../../exchange/servers";
import { HalfMade } from "../lifecycle";
import type { Warning } from "../outputs";
import { FOLLOW_UP, followUpWarning, lookAtFollowUp } from "./follow-up";
import { type Observation, observe } from "./observe";
import { describe, formerOf, type OAuthCertificateInputs, type OAuthCertificateOutputs } from "./outputs";
import {
  choose,
  exportingServers,
  isOurs,
  type OrganisationFacts,
  repairsOf,
  serversWhere,
  unreachableServers,
} from "./rules";
import { changeWarnings, missingWarnings, NOT_EXPORTED, replacementWarnings, unreachableWarnings } from "./warnings";

/**
 * Brings the organisation to a valid auth certificate: keeps the current one wherever it can, else uses or makes one of
 * ours, puts it on every server and only then names it in AuthConfig. It decides anew after each thing it learns.
 * @param former the outputs in the state; undefined at the first create.
 */
export async function reconcile(
  client: ExchangeClient,
  inputs: OAuthCertificateInputs,
  former: OAuthCertificateOutputs | undefined,
): Promise<OAuthCertificateOutputs> {
  const refused = new Set<string>();
  let made: StoredCertificate | undefined;
  let ours: StoredCertificate | undefined;
  let before: OrganisationFacts | undefined;
  try {
    for (;;) {
      const observation = await observe(client, former?.organizationId);
      before = observation.facts;
      const choice = choose(observation.facts, refused);
      if (choice.kind === "stop") throw stopped(choice.reasons);
      if (choice.kind === "keep") return await keep(client, inputs, observation, choice.certificate, former);
      if (choice.kind === "make") {
        if (made?.subjectKeyIdentifier === choice.subjectKeyIdentifier) throw notListed(made);
        made = await make(client, inputs, observation, choice.subjectKeyIdentifier);
        ours = made;
        continue;
      }
      ours = choice.certificate;
      const { thumbprint } = ours;
      if (!(await distribute(client, observation, thumbprint))) refused.add(thumbprint);
      else if (await nameUnlessOvertaken(client, observation, thumbprint)) {
        return await named(client, inputs, observation.facts, thumbprint, former);
      }
    }
  } catch (error) {
    throw ours && before ? await halfMade(client, inputs, { ours, before }, former, error) : error;
  }
}

/** The current certificate stays. Servers that lack it get it where Exchange exports it; else a warning names them. */
async function keep(
  client: ExchangeClient,
  inputs: OAuthCertificateInputs,
  observation: Observation,
  certificate: StoredCertificate,
  former: OAuthCertificateOutputs | undefined,
): Promise<OAuthCertificateOutputs> {
  const { thumbprint } = certificate;
  const missing = serversWhere(observation.facts, thumbprint, "missing");
  const { facts, reason } =
    missing.length > 0
      ? await copyIfAllowed(client, observation, thumbprint)
      : { facts: observation.facts, reason: "" };
  const warnings = [
    ...changeWarnings(former, thumbprint),
    ...missingWarnings(thumbprint, serversWhere(facts, thumbprint, "missing"), reason),
    ...unreachableWarnings(thumbprint, unreachableServers(facts)),
  ];
  const formerThumbprint = formerOf(facts, certificate, former);
  return describe(inputs, facts, certificate, { repair: [], warnings, formerThumbprint });
}

/** A valid certificate serves as it is, so a server that does not take the copy is no reason to fail. */
async function copyIfAllowed(
  client: ExchangeClient,
  observation: Observation,
  thumbprint: string,
): Promise<{ facts: OrganisationFacts; reason: string }> {
  let reason = NOT_EXPORTED;
  try {
    if (!(await distribute(client, observation, thumbprint))) return { facts: observation.facts, reason };
  } catch (error) {
    if (!(error instanceof ExchangeError)) throw error;
    reason = error.answer;
  }
  return { facts: (await observe(client, observation.facts.organizationId)).facts, reason };
}

async function make(
  client: ExchangeClient,
  inputs: OAuthCertificateInputs,
  { servers }: Observation,
  subjectKeyIdentifier: string,
): Promise<StoredCertificate> {
  const [server] = servers;
  if (!server) throw noServer();
  const { subjectName, friendlyName, keySize } = inputs;
  const domainName = inputs.domainName ?? server.domain;
  return newCertificate(client, server.name, { domainName, subjectName, friendlyName, keySize, subjectKeyIdentifier });
}

/** Copies a certificate to the servers that lack it; false when Exchange does not let its key out. */
async function distribute(
  client: ExchangeClient,
  { facts, servers }: Observation,
  thumbprint: string,
): Promise<boolean> {
  const missing = serversWhere(facts, thumbprint, "missing");
  if (missing.length === 0) return true;
  const holders = exportingServers(facts, thumbprint);
  const from = servers.filter(({ name }) => holders.includes(name));
  return copyCertificate(client, thumbprint, from, missing);
}

/** Names the certificate, unless AuthConfig has meanwhile been given another: then everything is looked at again. */
async function nameUnlessOvertaken(
  client: ExchangeClient,
  { facts }: Observation,
  thumbprint: string,
): Promise<boolean> {
  const present = namedCertificates(await getAuthConfig(client));
  if (present.current !== facts.current || present.next !== facts.next) return false;
  await nameCertificate(client, thumbprint, present);
  return true;
}

/**
 * Reads back what was just named.
 * @param before what was there when it was decided.
 */
async function named(
  client: ExchangeClient,
  inputs: OAuthCertificateInputs,
  before: OrganisationFacts,
  thumbprint: string,
  former: OAuthCertificateOutputs | undefined,
): Promise<OAuthCertificateOutputs> {
  const { facts, servers } = await observe(client, former?.organizationId);
  const choice = choose(facts, new Set());
  if (choice.kind === "keep" && facts.current === thumbprint) {
    const warnings = await namingWarnings(client, servers, before, thumbprint, former);
    // One that an administrator had staged is none of ours: there is nothing to take back.
    const formerThumbprint = isOurs(facts.organizationId, choice.certificate) ? before.current : "";
    return describe(inputs, facts, choice.certificate, { repair: [], warnings, formerThumbprint });
  }
  throw new ProtocolError({
    doing: `making sure that AuthConfig names the certificate ${thumbprint}`,
    answer: `Set-AuthConfig succeeded, and AuthConfig names ${facts.current || "none"}`,
    next: "check the replication between domain controllers, then run `pulumi up` again",
    outcomeUnknown: true,
  });
}

/** That AuthConfig names another one than before (than in the state, or else than when we came), and what is left to do. */
async function namingWarnings(
  client: ExchangeClient,
  servers: ExchangeServer[],
  before: OrganisationFacts,
  thumbprint: string,
  former: OAuthCertificateOutputs | undefined,
): Promise<Warning[]> {
  const changed = changeWarnings(former, thumbprint).filter(({ name }) => name !== FOLLOW_UP);
  const warnings = changed.length > 0 ? changed : replacementWarnings(before, thumbprint);
  if (warnings.length === 0) return [];
  return [...warnings, followUpWarning(thumbprint, await lookAtFollowUp(client, servers))];
}

/** What was made, now or by an earlier try, stays and is shown as what it is: not complete. */
async function halfMade(
  client: ExchangeClient,
  inputs: OAuthCertificateInputs,
  { ours, before }: { ours: StoredCertificate; before: OrganisationFacts },
  former: OAuthCertificateOutputs | undefined,
  error: unknown,
): Promise<unknown> {
  try {
    const { facts, servers } = await observe(client, undefined);
    const { thumbprint } = ours;
    const isNamed = facts.current === thumbprint && before.current !== thumbprint;
    const repairs = repairsOf(facts, thumbprint);
    // The next update finds it named, and keeps the warning only of what is not complete.
    const repair = repairs.length > 0 ? repairs : ["naming it in AuthConfig was not confirmed"];
    const warnings = isNamed
      ? await namingWarnings(client, servers, before, thumbprint, former)
      : changeWarnings(former, thumbprint);
    const outputs = describe(inputs, facts, ours, { repair, warnings, formerThumbprint: "" });
    return new HalfMade(facts.organizationId, outputs, [messageOf(error)], error);
  } catch {
    // Exchange is out of reach by now: the first error says why, and the certificate is found again by its identifier.
    return error;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function notListed(made: StoredCertificate): ProtocolError {
  return new ProtocolError({
    doing: `looking for the certificate ${made.thumbprint}, which was just made`,
    answer: "Get-ExchangeCertificate does not list it with the SubjectKeyIdentifier that was asked for",
    next: "look at the certificates of that server before you run `pulumi up` again, which would make another one",
    outcomeUnknown: true,
  });
}

function stopped(reasons: string[]): Unreachable {
  return new Unreachable({
    doing: "deciding which certificate AuthConfig is to name",
    answer: `${reasons.join("; ")}; a certificate must be on every server before it is named`,
    next: "put that right, or remove the servers from the organisation, then run `pulumi up` again",
  });
}

function noServer(): InvalidInput {
  return new InvalidInput({
    doing: "making a certificate",
    answer: "Get-ExchangeServer lists no server but Edge",
    next: "check that the connection leads to an organisation with a Mailbox server",
  });
}
