import { AlreadyExists, CmdletFailed, ExchangeError, InvalidInput, ProtocolError } from "../../errors";
import {
  type AuthServer,
  type AuthServerValues,
  getAuthServers,
  newAuthServer,
  removeAuthServer,
  setAuthServer,
} from "../../exchange/auth-servers";
import type { ExchangeClient } from "../../exchange/client";
import type { Organization } from "../../exchange/organization";
import { sameText } from "../../exchange/properties";
import { exactly, url, withoutCase } from "../change";
import { guid } from "../check";
import { duplicateWarnings } from "../duplicates";
import { unlessGone } from "../gone";
import { HalfMade } from "../half-made";
import type { Noted } from "../ledger";
import type { Lifecycle } from "../lifecycle";
import { type CommonOutputs, commonInputsOf, SCHEMA_VERSION, type Warning } from "../outputs";
import { printLine } from "../print-line";
import { FIELDS } from "./fields";
import { completeMetadataUrl } from "./metadata-url";
import { type ExchangeAuthServerInputs, type ExchangeAuthServerOutputs, outputsOf } from "./outputs";
import { alike, choose, find, LEDGER, ofGuid, valuesOf } from "./rules";

/** What Pulumi's engine drives; the rules are in rules.ts. */
export const lifecycle: Lifecycle<ExchangeAuthServerInputs, ExchangeAuthServerOutputs> = {
  identity: { kind: "an auth server", is: "the Guid that Get-AuthServer shows", reason: guid.reason },

  nameOf: ({ name }) => `The auth server "${name}"`,

  mayBeAnothers: ({ provenance, name }, inputs) => provenance === "unknown" && sameText(name, inputs.name),

  fields: FIELDS,

  completeInputs: completeMetadataUrl,

  // `tenantDomain` and `cloud` only say what the URL is, so they are compared as the URL.
  changes: { tenantId: withoutCase("replace"), authMetadataUrl: url("update"), enabled: exactly("update") },

  async create(organization, inputs) {
    const outputs = await reconcile(organization, inputs, undefined);
    return { id: outputs.guid, outputs };
  },

  update: (organization, olds, inputs) => reconcile(organization, inputs, olds),

  async read({ client, organizationId }, id, olds) {
    const servers = await getAuthServers(client);
    const server = hasTenant(olds) ? find(servers, olds, olds.guid) : ofGuid(servers, id);
    if (!server) return undefined;
    const noted = LEDGER.notesOf(olds, server.guid, valuesOf(server), valuesOf(olds));
    const common = commonOf(organizationId, noted, duplicatesOf(server, servers));
    return { id: server.guid, outputs: outputsOf(argumentsOf(olds, server), server, common) };
  },

  async delete({ client }, outputs) {
    const servers = await getAuthServers(client);
    const server = ofGuid(servers, outputs.guid);
    if (!server) {
      // What was made or noted belongs to the Guid: one that has taken its place in the realm may be somebody else's.
      for (const { name } of alike(servers, outputs.tenantId, undefined)) {
        printLine(`The auth server "${name}" stays: it is not the one in the state.`);
      }
      return;
    }
    if (outputs.provenance === "here") await unlessGone(() => removeAuthServer(client, server));
    else await putBack(client, server, outputs);
  },
};

/** Looks what is there, makes or adopts, and writes only what differs. */
async function reconcile(
  { client, organizationId }: Organization,
  inputs: ExchangeAuthServerInputs,
  olds: ExchangeAuthServerOutputs | undefined,
): Promise<ExchangeAuthServerOutputs> {
  const servers = await getAuthServers(client);
  const { server, made } = await adoptable(client, inputs, servers, olds?.guid);
  if (made)
    return ofTenant(client, inputs, outputsOf(inputs, server, commonOf(organizationId, { provenance: "here" })));
  const noted = LEDGER.notesOf(olds, server.guid, valuesOf(server), valuesOf(inputs));
  return sync(client, inputs, server, commonOf(organizationId, noted, duplicatesOf(server, servers)));
}

/** The server of the realm: found, or made now. */
async function adoptable(
  client: ExchangeClient,
  inputs: ExchangeAuthServerInputs,
  servers: AuthServer[],
  guid: string | undefined,
): Promise<{ server: AuthServer; made: boolean }> {
  const choice = choose(servers, inputs, guid);
  if (choice.kind === "adopt") return { server: choice.server, made: false };
  if (choice.kind === "refuse") throw nameIsTaken(inputs, choice.server);
  return makeUnlessOvertaken(client, inputs);
}

/** What was made, unless the metadata turned out to be another tenant's: then it is removed again. */
async function ofTenant(
  client: ExchangeClient,
  inputs: ExchangeAuthServerInputs,
  made: ExchangeAuthServerOutputs,
): Promise<ExchangeAuthServerOutputs> {
  if (sameText(made.realm, inputs.tenantId)) return made;
  try {
    await removeAuthServer(client, made);
  } catch (error) {
    if (!(error instanceof ExchangeError)) throw error;
    // It may be there still, and is ours: it stays in the state, where the next update replaces it.
    const { message } = otherTenant(inputs, made, `removing the server again failed: ${error.answer}`);
    throw new HalfMade(made.guid, { ...made, repair: ["of another tenant"] }, [message], error);
  }
  throw otherTenant(inputs, made, "the server was removed again");
}

/**
 * Makes the server, unless somebody made one of the realm between our look and our make: that one is adopted as if it had
 * been there. Exchange has no class of its own for a twin of type, issuer and realm, so any plain refusal may be that.
 */
async function makeUnlessOvertaken(
  client: ExchangeClient,
  inputs: ExchangeAuthServerInputs,
): Promise<{ server: AuthServer; made: boolean }> {
  try {
    const server = await newAuthServer(client, inputs.name, inputs.authMetadataUrl, inputs.enabled);
    return { server, made: true };
  } catch (error) {
    if (error instanceof ProtocolError && error.outcomeUnknown)
      return { server: await readAgain(client, inputs, error), made: true };
    if (![AlreadyExists, InvalidInput, CmdletFailed].some((kind) => error instanceof kind)) throw error;
    const again = choose(await getAuthServers(client), inputs, undefined);
    if (again.kind === "adopt") return { server: again.server, made: false };
    // A server of another kind holds the name, or one that was made since.
    if (!(error instanceof AlreadyExists)) throw error;
    const { doing, answer } = error;
    throw new AlreadyExists({ doing, answer, next: ANOTHER_NAME, cause: error });
  }
}

/**
 * The server that was just made, where the answer could not be read: none had its name a moment ago.
 * @throws the error that there was, where it is not there or Exchange cannot be asked.
 */
async function readAgain(
  client: ExchangeClient,
  inputs: ExchangeAuthServerInputs,
  error: ProtocolError,
): Promise<AuthServer> {
  const servers = await getAuthServers(client).catch(() => []);
  const made = servers.find(({ name }) => sameText(name, inputs.name));
  if (made) return made;
  throw error;
}

/** Writes what differs, and notes what was there before. */
async function sync(
  client: ExchangeClient,
  inputs: ExchangeAuthServerInputs,
  server: AuthServer,
  found: CommonOutputs & Noted<AuthServerValues>,
): Promise<ExchangeAuthServerOutputs> {
  const toWrite = LEDGER.toWrite(valuesOf(server), valuesOf(inputs));
  if (Object.keys(toWrite).length === 0) return outputsOf(inputs, server, found);
  const common = { ...found, ...LEDGER.afterWrite(found, valuesOf(server), toWrite) };
  if (toWrite.AuthMetadataUrl) common.warnings = [...found.warnings, urlChanged(server, inputs.authMetadataUrl)];
  let isWritten = false;
  try {
    await setAuthServer(client, server, toWrite);
    isWritten = true;
    return outputsOf(inputs, ofGuid(await getAuthServers(client), server.guid) ?? server, common);
  } catch (error) {
    if (!(error instanceof ExchangeError) || !(isWritten || error.outcomeUnknown)) throw error;
    // The former values are kept now or never: the next look may find ours in their place.
    const repair = [`whether ${Object.keys(toWrite).join(" and ")} is set is not known`];
    throw new HalfMade(server.guid, outputsOf(inputs, server, { ...common, repair }), [error.message], error);
  }
}

async function putBack(client: ExchangeClient, server: AuthServer, outputs: ExchangeAuthServerOutputs): Promise<void> {
  const values = outputs.provenance === "found" ? LEDGER.toPutBack(outputs, valuesOf(server)) : {};
  const isThere = Object.keys(values).length === 0 || (await unlessGone(() => setAuthServer(client, server, values)));
  if (!isThere) return;
  const reason = outputs.provenance === "unknown" ? "it is not known who created it" : "it was there before";
  printLine(`The auth server "${server.name}" stays: ${reason}.`);
}

function commonOf(
  organizationId: string,
  noted: Noted<AuthServerValues>,
  warnings: Warning[] = [],
): CommonOutputs & Noted<AuthServerValues> {
  return { organizationId, schemaVersion: SCHEMA_VERSION, repair: [], warnings, ...noted };
}

/** A server that a program only looks up says itself which realm is meant. */
function hasTenant(olds: Partial<ExchangeAuthServerOutputs>): olds is ExchangeAuthServerOutputs {
  return olds.tenantId !== undefined;
}

function duplicatesOf(server: AuthServer, servers: AuthServer[]): Warning[] {
  const { realm, guid } = server;
  return duplicateWarnings(`auth servers of the realm ${realm}`, "AuthServer", server, alike(servers, realm, guid));
}

/** The arguments in the state, or what they would be for a server that a program only looks up. */
function argumentsOf(olds: Partial<ExchangeAuthServerOutputs>, server: AuthServer): ExchangeAuthServerInputs {
  const { tenantDomain, cloud } = olds;
  const { realm: tenantId, name, authMetadataUrl, enabled } = server;
  return {
    ...commonInputsOf(olds),
    tenantDomain,
    cloud: cloud ?? "worldwide",
    tenantId,
    name,
    authMetadataUrl,
    enabled,
  };
}

function urlChanged(server: AuthServer, authMetadataUrl: string): Warning {
  return {
    name: "authMetadataUrlChanged",
    text: `The auth server "${server.name}" read its metadata from ${server.authMetadataUrl}; it now reads ${authMetadataUrl}.`,
    link: "https://learn.microsoft.com/powershell/module/exchange/set-authserver",
  };
}

const ANOTHER_NAME =
  'choose another `name` (`authServerName` of PushNotificationProxying), such as "MicrosoftSts-2", or correct `tenantId`';

function nameIsTaken(inputs: ExchangeAuthServerInputs, server: AuthServer): AlreadyExists {
  return new AlreadyExists({
    doing: `creating the auth server "${inputs.name}" for the tenant ${inputs.tenantId}`,
    answer: `an auth server of that name exists for the realm ${server.realm}`,
    next: ANOTHER_NAME,
  });
}

function otherTenant(inputs: ExchangeAuthServerInputs, { realm }: { realm: string }, then: string): InvalidInput {
  return new InvalidInput({
    doing: `creating the auth server "${inputs.name}" from ${inputs.authMetadataUrl}`,
    answer: `the metadata belongs to the tenant ${realm}, but \`tenantId\` is ${inputs.tenantId}; ${then}`,
    next: "correct `tenantId`, `tenantDomain` or `authMetadataUrl`",
  });
}
