import { isDeepStrictEqual } from "node:util";
import { ProtocolError } from "../../errors";
import { getAuthConfig, nameCertificate, namedCertificates } from "../../exchange/auth-config";
import type { Copies } from "../../exchange/certificates";
import type { ExchangeClient } from "../../exchange/client";
import { lookAgain, type Organization } from "../../exchange/organization";
import type { StoredCertificate } from "../../exchange/stored-certificate";
import { HalfMade } from "../half-made";
import type { Warning } from "../outputs";
import { mayNotLeave, whyNotCopied } from "./copies";
import { cannotBeUsed, leftBehind, notCopied, stopped } from "./failures";
import { FOLLOW_UP, followUpWarning } from "./follow-up";
import { followsCurrent } from "./generations";
import { isOurs } from "./identifiers";
import { lookAtFollowUp, type Observation, observe } from "./observe";
import { formerOf, type OAuthCertificateInputs, type OAuthCertificateOutputs, outputsOf } from "./outputs";
import { outputsSeen, prepare } from "./prepare";
import { toldMissing } from "./present";
import { choose, exportingServers, type OrganisationFacts, repairsOf, roleOf, serversWhere } from "./rules";
import { copyIfAllowed, distribute, make } from "./stores";
import {
  changeWarnings,
  missingWarnings,
  replacementWarnings,
  unreachableWarnings,
  withIgnoredWarnings,
} from "./warnings";

/**
 * Brings the organisation to a valid auth certificate: keeps the current one wherever it can, else uses or makes one of
 * ours, puts it on every server and only then names it in AuthConfig. It decides again after each thing it learns, and
 * makes one certificate at most, whatever becomes of it.
 * @param former the outputs in the state; undefined at the first create.
 * @param mayGoAhead whether one that was made for a later generation may be named: the program declares one.
 */
export async function reconcile(
  organization: Organization,
  inputs: OAuthCertificateInputs,
  former: OAuthCertificateOutputs | undefined,
  mayGoAhead = true,
): Promise<OAuthCertificateOutputs> {
  const { client } = organization;
  const ignoreServers = inputs.ignoreServers ?? [];
  const look = async () => observe(await lookAgain(organization), ignoreServers);
  const refused = new Set<string>();
  let made: StoredCertificate | undefined;
  let ours: StoredCertificate | undefined;
  let before: OrganisationFacts | undefined;
  try {
    for (let observation = await observe(organization, ignoreServers); ; observation = await look()) {
      const { generation = 1 } = inputs;
      // What was made for the current one is finished first; AuthConfig may name it by now.
      if (!made && !followsCurrent(observation.facts, generation, former)) {
        return withIgnoredWarnings(await prepare(organization, observation, inputs, former), observation.servers);
      }
      before = observation.facts;
      const choice = choose(observation.facts, refused, mayGoAhead);
      if (choice.kind === "stop") throw stopped(choice.reasons);
      if (choice.kind === "keep") return await keep(client, inputs, look, observation, choice.certificate, former);
      if (choice.kind === "make") {
        if (made) throw cannotBeUsed(made, observation.facts);
        made = await make(client, inputs, observation, choice.subjectKeyIdentifier);
        ours = made;
        continue;
      }
      ours = choice.certificate;
      const { thumbprint } = ours;
      const copies = await distribute(client, observation, thumbprint);
      // Exchange exports nothing that AuthConfig names (KB5069337). Any other of ours was made to be exported.
      if (mayNotLeave(copies) && roleOf(observation.facts, thumbprint)) refused.add(thumbprint);
      else {
        await requireEverywhere(look, thumbprint, copies);
        if (await nameUnlessOvertaken(client, observation, thumbprint)) {
          return await named(client, inputs, look, observation.facts, thumbprint, former);
        }
      }
    }
  } catch (error) {
    throw ours && before ? await halfMade(client, inputs, look, { ours, before }, former, error) : error;
  }
}

/** The current certificate stays. Servers that lack it get it where its key can be had; else warnings name them. */
async function keep(
  client: ExchangeClient,
  inputs: OAuthCertificateInputs,
  look: () => Promise<Observation>,
  observation: Observation,
  certificate: StoredCertificate,
  former: OAuthCertificateOutputs | undefined,
): Promise<OAuthCertificateOutputs> {
  const { thumbprint } = certificate;
  const copies = await copyIfAllowed(client, observation, thumbprint);
  const isTried = copies.refusals.length === 0 && serversWhere(observation.facts, thumbprint, "missing").length > 0;
  const { facts } = isTried ? await look() : observation;
  const missing = serversWhere(facts, thumbprint, "missing");
  const locked = exportingServers(facts, thumbprint).length === 0;
  const reasons = missing.map((server) => ({ server, reason: whyNotCopied(copies, server) }));
  const refusals = missingWarnings(facts, thumbprint, reasons);
  // A service that fails once refuses in the same class as a key that may not leave: only the same words, the second
  // time, are believed (docs/decisions/008).
  const isSaidAgain = isDeepStrictEqual(refusals, toldMissing(facts, former, thumbprint));
  const isFinal = locked || (mayNotLeave(copies) && isSaidAgain);
  const warnings = [...changeWarnings(former, thumbprint), ...refusals, ...unreachableWarnings(facts, thumbprint)];
  const repair = isFinal ? [] : missing.map((server) => `missing on ${server}`);
  const formerThumbprint = formerOf(facts, certificate, former);
  const outputs = outputsOf(inputs, facts, certificate, { repair, warnings, formerThumbprint, former });
  return withIgnoredWarnings(outputs, observation.servers);
}

/**
 * Looks again where a copy failed: what timed out may have arrived.
 * @throws CmdletFailed with what each server answered.
 */
async function requireEverywhere(look: () => Promise<Observation>, thumbprint: string, copies: Copies): Promise<void> {
  if (copies.refusals.length === 0 && copies.failures.length === 0) return;
  const { facts } = await look();
  const missing = serversWhere(facts, thumbprint, "missing");
  if (missing.length > 0) throw notCopied(facts, thumbprint, missing, copies);
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
  look: () => Promise<Observation>,
  before: OrganisationFacts,
  thumbprint: string,
  former: OAuthCertificateOutputs | undefined,
): Promise<OAuthCertificateOutputs> {
  const observation = await look();
  const { facts, servers } = observation;
  const choice = choose(facts, new Set());
  if (choice.kind === "keep" && facts.current === thumbprint) {
    const warnings = await namingWarnings(client, observation, before, thumbprint, former);
    // A later generation took the place of this one, earlier than it was to.
    if (former && !followsCurrent(facts, inputs.generation ?? 1, former)) {
      return withIgnoredWarnings({ ...outputsSeen(observation, former, inputs), warnings }, servers);
    }
    // One that an administrator had staged is none of ours: there is nothing to take back.
    const formerThumbprint = isOurs(facts.organizationId, choice.certificate) ? before.current : "";
    const outputs = outputsOf(inputs, facts, choice.certificate, {
      // An import may succeed and leave nothing.
      repair: repairsOf(facts, thumbprint),
      warnings,
      formerThumbprint,
    });
    return withIgnoredWarnings(outputs, servers);
  }
  throw new ProtocolError({
    doing: `checking that AuthConfig names the certificate ${thumbprint}`,
    answer: `Set-AuthConfig succeeded, but AuthConfig names ${facts.current || "none"}`,
    next: "check the replication between domain controllers, then run `pulumi up` again",
    outcomeUnknown: true,
  });
}

/** That AuthConfig names another one than before (than in the state, or else than when we came), and what is left to do. */
async function namingWarnings(
  client: ExchangeClient,
  { servers }: Observation,
  before: OrganisationFacts,
  thumbprint: string,
  former: OAuthCertificateOutputs | undefined,
): Promise<Warning[]> {
  const changed = changeWarnings(former, thumbprint).filter(({ name }) => name !== FOLLOW_UP);
  const warnings = changed.length > 0 ? changed : replacementWarnings(before, thumbprint);
  if (warnings.length === 0) return [];
  return [...warnings, followUpWarning(thumbprint, await lookAtFollowUp(client, servers.counted))];
}

/** What was made, now or by an earlier try, stays and is shown as what it is: not complete. */
async function halfMade(
  client: ExchangeClient,
  inputs: OAuthCertificateInputs,
  look: () => Promise<Observation>,
  { ours, before }: { ours: StoredCertificate; before: OrganisationFacts },
  former: OAuthCertificateOutputs | undefined,
  error: unknown,
): Promise<unknown> {
  try {
    const observation = await look();
    const { facts } = observation;
    const { thumbprint } = ours;
    const isNamed = facts.current === thumbprint && before.current !== thumbprint;
    const repairs = repairsOf(facts, thumbprint);
    // The next update finds it named, and keeps the warning only of what is not complete.
    const repair = repairs.length > 0 ? repairs : ["naming it in AuthConfig was not confirmed"];
    const warnings = isNamed
      ? await namingWarnings(client, observation, before, thumbprint, former)
      : changeWarnings(former, thumbprint);
    const seen = outputsOf(inputs, facts, ours, { repair, warnings, formerThumbprint: "" });
    const outputs = withIgnoredWarnings(seen, observation.servers);
    const reasons = [messageOf(error), ...leftBehind(facts, thumbprint)];
    return new HalfMade(facts.organizationId, outputs, reasons, error);
  } catch {
    // Exchange is out of reach by now: the first error says why, and the certificate is found again by its identifier.
    return error;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
