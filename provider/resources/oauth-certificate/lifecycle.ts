import { ExchangeError, NotFound } from "../../errors";
import { clearPreviousCertificate, nameCertificate } from "../../exchange/auth-config";
import { removeCertificate } from "../../exchange/certificates";
import type { ExchangeClient } from "../../exchange/client";
import { lookAgain, type Organization } from "../../exchange/organization";
import { hasShellOn } from "../../exchange/server-commands";
import { unorderedTexts } from "../change";
import { guid } from "../check";
import type { Lifecycle } from "../lifecycle";
import { printLine } from "../print-line";
import { generationName, hasOthers, isFollowed } from "./declared-generations";
import { reconcile } from "./deploy";
import { FIELDS } from "./fields";
import { followUpWarning } from "./follow-up";
import { followsCurrent, madeForGeneration } from "./generations";
import { lookAtFollowUp, type Observation, observe } from "./observe";
import {
  CERTIFICATE_OUTPUTS,
  type OAuthCertificateInputs,
  type OAuthCertificateOutputs,
  PREVIOUS_OUTPUTS,
} from "./outputs";
import { outputsSeen } from "./prepare";
import { outputsOfCurrent, toldMissing } from "./present";
import {
  canBeNamedAgain,
  currentStateOf,
  exportingServers,
  madeHere,
  roleOf,
  serversListing,
  unreachableServers,
} from "./rules";
import { isKeptByExchangesClock, withIgnoredWarnings } from "./warnings";

/** What Pulumi's engine drives; the rules are in rules.ts, the writing in deploy.ts. */
export const lifecycle: Lifecycle<OAuthCertificateInputs, OAuthCertificateOutputs> = {
  declaredAs: ({ generation = 1 }) => [generationName(generation)],

  identity: {
    kind: "an auth certificate",
    is: "the Guid of the organisation's AuthConfig, which Get-AuthConfig shows",
    isOrganization: true,
    reason: guid.reason,
  },

  nameOf: ({ thumbprint }) => `The auth certificate ${thumbprint}`,

  fields: FIELDS,

  // The others only say what a certificate is like when one has to be made.
  changes: { ignoreServers: unorderedTexts("update") },

  // Whoever decided last by Exchange's clock is believed, until a read by that clock says otherwise.
  expired: (outputs, now) =>
    new Date(outputs.notAfter) < now && !isKeptByExchangesClock(outputs) && outputs.supersededBy === undefined,

  lasting: {
    names: CERTIFICATE_OUTPUTS,
    later: PREVIOUS_OUTPUTS,
    isOver: ({ notAfter }, now) => new Date(String(notAfter)) < now,
  },

  async create(organization, inputs) {
    const outputs = await reconcile(organization, inputs, undefined);
    return { id: outputs.organizationId, outputs };
  },

  update: (organization, olds, inputs, _leave, declared) =>
    reconcile(organization, inputs, olds, isFollowed(olds.generation ?? 1, declared)),

  async read(organization, id, olds) {
    const observation = await observe(organization, olds.ignoreServers ?? []);
    const { facts, servers } = observation;
    const known = olds.thumbprint === undefined ? undefined : (olds as OAuthCertificateOutputs);
    if (known && !followsCurrent(facts, known.generation ?? 1, known)) {
      const outputs = withIgnoredWarnings(outputsSeen(observation, known), servers);
      return { id, outputs: asBefore(outputs, olds), lasts: outputs.repair.length > 0 };
    }
    const seen = outputsOfCurrent(facts, olds, await keyIsNear(organization.client, { facts, servers }, olds));
    const outputs = asBefore(withIgnoredWarnings(seen, servers), olds);
    // A valid one that AuthConfig names is never replaced, whatever else is to be repaired.
    return { id, outputs, lasts: outputs.repair.length > 0 && currentStateOf(facts).state === "valid" };
  },

  delete: takeBack,
};

/** Only where the last update could do no more: otherwise the next one tries whatever there is. */
async function keyIsNear(
  client: ExchangeClient,
  { facts, servers }: Observation,
  olds: Partial<OAuthCertificateOutputs>,
): Promise<boolean> {
  if (olds.repair?.length !== 0 || toldMissing(facts, olds, facts.current).length === 0) return false;
  const holders = exportingServers(facts, facts.current);
  for (const { name, fqdn } of servers.counted) {
    if (holders.includes(name) && (await hasShellOn(client, fqdn))) return true;
  }
  return false;
}

/**
 * Undoes what was made here, as far as nothing depends on it; what stays is said in a line each. What was made here is
 * known by its identifier alone: once AuthConfig names another certificate, the state tells of that one.
 */
async function takeBack(
  organization: Organization,
  outputs: OAuthCertificateOutputs,
  declared: ReadonlySet<string>,
): Promise<void> {
  const { client } = organization;
  const { thumbprint, formerThumbprint, provenance, generation = 1 } = outputs;
  const ignoreServers = outputs.ignoreServers ?? [];
  let { facts, servers } = await observe(organization, ignoreServers);
  // Where the program declares another generation, that one may be what the tenant knows.
  if (facts.current === thumbprint && !hasOthers(generation, declared) && canBeNamedAgain(facts, formerThumbprint)) {
    await nameCertificate(client, formerThumbprint, facts);
    printLine(`AuthConfig names the former certificate ${formerThumbprint} again.`);
    printLine(followUpWarning(formerThumbprint, await lookAtFollowUp(client, servers.counted)).text);
    ({ facts, servers } = await observe(await lookAgain(organization), ignoreServers));
  }
  // The program has gone on to a later generation, and this one is Exchange's previous one: nobody goes back to it.
  const isRetired = isFollowed(generation, declared);
  const isPrevious = facts.previous !== "" && [thumbprint, outputs.previousThumbprint].includes(facts.previous);
  if (isRetired && isPrevious && currentStateOf(facts).state === "valid") {
    await clearPreviousCertificate(client);
    ({ facts, servers } = await observe(await lookAgain(organization), ignoreServers));
  }
  if (isRetired && provenance !== "here" && !roleOf(facts, thumbprint)) {
    printLine(`The certificate ${thumbprint} stays on the servers: it was not made by this stack.`);
  }
  // One that no server which answered lists may still be on those that did not.
  const found = generation === 1 ? madeHere(facts) : madeForGeneration(facts, generation);
  const made = new Set([...found, ...(provenance === "here" ? [thumbprint] : [])]);
  for (const ours of made) await removeUnlessNamed(client, { facts, servers }, ours);
}

/** A state from before there were the outputs of the next certificate gets them when there is one: otherwise it is not drift. */
function asBefore(outputs: OAuthCertificateOutputs, olds: Partial<OAuthCertificateOutputs>): OAuthCertificateOutputs {
  if (olds.thumbprint === undefined || olds.nextThumbprint !== undefined || outputs.nextThumbprint !== "")
    return outputs;
  const { nextThumbprint: _none, nextEffectiveDate: _never, ...former } = outputs;
  return former;
}

async function removeUnlessNamed(
  client: ExchangeClient,
  { facts, servers }: Observation,
  thumbprint: string,
): Promise<void> {
  const role = roleOf(facts, thumbprint);
  if (role) {
    printLine(`The certificate ${thumbprint} stays on the servers: AuthConfig names it as its ${role} one.`);
    return;
  }
  for (const server of serversListing(facts, thumbprint)) await removeFrom(client, thumbprint, server);
  for (const server of unreachableServers(facts)) {
    printLine(`The certificate ${thumbprint} may stay on ${server}, which could not be asked.`);
  }
  for (const { name } of servers.ignored) {
    printLine(`The certificate ${thumbprint} may stay on ${name}, which \`ignoreServers\` passes over.`);
  }
}

async function removeFrom(client: ExchangeClient, thumbprint: string, server: string): Promise<void> {
  try {
    await removeCertificate(client, thumbprint, server);
  } catch (error) {
    if (error instanceof NotFound) return;
    // Exchange refuses to remove one that a service uses, and it is right: nothing is broken by what stays.
    if (!(error instanceof ExchangeError) || error.outcomeUnknown) throw error;
    printLine(`The certificate ${thumbprint} stays on ${server}: ${error.answer}`);
  }
}
