import { UnsupportedVersion } from "../../errors";
import { type Build, parseBuild } from "../../exchange/builds";
import { getHybrid } from "../../exchange/hybrid";
import type { Organization } from "../../exchange/organization";
import { getExSetupVersion } from "../../exchange/server-commands";
import { getExchangeServers } from "../../exchange/servers";
import { exactly, unorderedTexts } from "../change";
import { guid } from "../check";
import { unmatchedWarnings } from "../ignored-servers";
import type { Lifecycle } from "../lifecycle";
import { commonInputsOf, SCHEMA_VERSION } from "../outputs";
import { FIELDS, MINIMUM_BUILD } from "./fields";
import type { ExchangePrerequisitesInputs, ExchangePrerequisitesOutputs } from "./outputs";
import { type CheckedServer, checkServers, needsFile, type ServerFacts } from "./rules";
import { BUILDS_LINK, organisationWarnings } from "./warnings";

/** What Pulumi's engine drives; the rules are in rules.ts. */
export const lifecycle: Lifecycle<ExchangePrerequisitesInputs, ExchangePrerequisitesOutputs> = {
  identity: {
    kind: "prerequisites",
    is: "the Guid of the organisation's AuthConfig, which Get-AuthConfig shows",
    isOrganization: true,
    reason: guid.reason,
  },

  fields: FIELDS,

  changes: { minimumBuild: exactly("update"), ignoreServers: unorderedTexts("update") },

  async create(organization, inputs) {
    const outputs = await requireBuilds(organization, inputs);
    return { id: outputs.organizationId, outputs };
  },

  update: (organization, _olds, inputs) => requireBuilds(organization, inputs),

  async read(organization, _id, olds) {
    const { minimumBuild = MINIMUM_BUILD, ignoreServers = [] } = olds;
    const inputs = { ...commonInputsOf(olds), minimumBuild, ignoreServers };
    const outputs = await look(organization, inputs);
    const repair = tooOld(outputs).map(({ name, build }) => `${name} runs ${build}, below ${minimumBuild}`);
    return { id: outputs.organizationId, outputs: { ...outputs, repair } };
  },
};

/** @throws UnsupportedVersion where a server is below the build. */
async function requireBuilds(
  organization: Organization,
  inputs: ExchangePrerequisitesInputs,
): Promise<ExchangePrerequisitesOutputs> {
  const outputs = await look(organization, inputs);
  const failing = tooOld(outputs);
  if (failing.length > 0) throw notMet(failing, inputs.minimumBuild);
  return outputs;
}

async function look(
  { client, organizationId, now }: Organization,
  inputs: ExchangePrerequisitesInputs,
): Promise<ExchangePrerequisitesOutputs> {
  const minimum = parseBuild(inputs.minimumBuild) as Build;
  const facts: ServerFacts[] = [];
  const { counted, unmatched } = await getExchangeServers(client, inputs.ignoreServers);
  for (const { name, fqdn, build: shown } of counted) {
    const file = needsFile({ shown }, minimum) ? await getExSetupVersion(client, fqdn) : undefined;
    facts.push({ name, shown, file });
  }
  const servers = checkServers(facts, minimum);
  const hybrid = await getHybrid(client);
  return {
    ...inputs,
    organizationId,
    schemaVersion: SCHEMA_VERSION,
    provenance: "found",
    repair: [],
    warnings: [...organisationWarnings(servers, inputs.minimumBuild, hybrid, now), ...unmatchedWarnings(unmatched)],
    servers,
    hybrid,
  };
}

function tooOld({ servers }: ExchangePrerequisitesOutputs): CheckedServer[] {
  return servers.filter(({ state }) => state === "tooOld");
}

function notMet(servers: CheckedServer[], minimumBuild: string): UnsupportedVersion {
  const shown = servers.map(({ name, product, build }) => `${name} runs ${build}${product && ` (${product})`}`);
  return new UnsupportedVersion({
    doing: "checking the prerequisites of push-notification proxying",
    answer: `every server of version 15 or later, except Edge, must be at ${minimumBuild} or later, but ${shown.join(", ")}`,
    next: `install a current cumulative update there (${BUILDS_LINK}), or list the servers to leave out in \`ignoreServers\``,
  });
}
