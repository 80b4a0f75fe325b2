import { ProtocolError, ServerUnreachable } from "../errors";
import type { Properties } from "../powershell/protocol";
import type { Answer, ExchangeClient } from "./client";
import { ShownObject, type Source, sameText, textOf } from "./properties";

/** A source of tokens that the organisation trusts. */
export interface AuthServer {
  guid: string;
  name: string;
  /** The tenant's guid. */
  realm: string;
  issuerIdentifier: string;
  tokenIssuingEndpoint: string;
  authMetadataUrl: string;
  enabled: boolean;
}

/** The properties of an auth server that this package writes, by Exchange's names. */
export interface AuthServerValues {
  AuthMetadataUrl?: string;
  Enabled?: boolean;
}

// The dedicated hybrid application's EvoSTS has the same realm and type AzureAD: it is another kind of server. Exchange
// stores this type where New-AuthServer is given none, and holds servers unique by type, issuer and realm.
const TYPE = "MicrosoftACS";

/** `Get-AuthServer`: all servers of the type that New-AuthServer makes from a metadata URL, sorted by name. */
export async function getAuthServers(client: ExchangeClient): Promise<AuthServer[]> {
  return (await shownAuthServers(client))
    .filter(({ shown }) => sameText(shown.text("Type"), TYPE))
    .map(readAuthServer)
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** A dedicated hybrid application, as the auth server of Entra ID names it. */
export interface HybridApplication {
  /** The application's (client) id. */
  applicationIdentifier: string;
  /** The tenant's guid. */
  realm: string;
}

/**
 * `Get-AuthServer`: the dedicated hybrid applications that the organisation uses, by the enabled servers of type AzureAD
 * that name one. For advice alone: what cannot be read is passed over.
 */
export async function getHybridApplications(client: ExchangeClient): Promise<HybridApplication[]> {
  return (await shownAuthServers(client))
    .filter(({ object }) => sameText(textOf(object, "Type"), "AzureAD") && object.Enabled === true)
    .map(({ object }) => ({
      applicationIdentifier: textOf(object, "ApplicationIdentifier").toLowerCase(),
      realm: textOf(object, "Realm").toLowerCase(),
    }))
    .filter(({ applicationIdentifier }) => applicationIdentifier !== "");
}

/** `New-AuthServer`: Exchange downloads the metadata and takes issuer, realm and endpoint from it. */
export async function newAuthServer(
  client: ExchangeClient,
  name: string,
  authMetadataUrl: string,
  enabled: boolean,
): Promise<AuthServer> {
  const doing = `creating the auth server "${name}" from ${authMetadataUrl}`;
  const parameters = { Name: name, AuthMetadataUrl: authMetadataUrl, Enabled: enabled, Confirm: false };
  const { objects } = await readingMetadata(client.run("New-AuthServer", parameters, doing));
  const source = { cmdlet: "New-AuthServer", doing, outcomeUnknown: true };
  if (objects[0]) return readAuthServer(shownFrom(objects[0], source));
  throw new ProtocolError({
    doing,
    answer: "New-AuthServer returned no object",
    next: "run `pulumi up` again: it looks for the server before it creates one",
    outcomeUnknown: true,
  });
}

/** `Set-AuthServer`: writes these values and no others. */
export async function setAuthServer(
  client: ExchangeClient,
  server: AuthServer,
  values: AuthServerValues,
): Promise<void> {
  const parameters = { Identity: server.guid, ...values, Confirm: false };
  const doing = `setting ${Object.keys(values).join(" and ")} of the auth server "${server.name}"`;
  const answer = client.run("Set-AuthServer", parameters, doing);
  await (values.AuthMetadataUrl === undefined ? answer : readingMetadata(answer));
}

/** `Remove-AuthServer`. */
export async function removeAuthServer(
  client: ExchangeClient,
  server: Pick<AuthServer, "guid" | "name">,
): Promise<void> {
  await client.run(
    "Remove-AuthServer",
    { Identity: server.guid, Confirm: false },
    `removing the auth server "${server.name}"`,
  );
}

/** What cannot be reached here is no server of the organisation, but the document that the program says. */
async function readingMetadata(answer: Promise<Answer>): Promise<Answer> {
  try {
    return await answer;
  } catch (error) {
    if (!(error instanceof ServerUnreachable)) throw error;
    throw new ServerUnreachable({
      doing: error.doing,
      answer: error.answer,
      next:
        "check that `tenantDomain` (or `authMetadataUrl`) is the tenant's, and that the Exchange server itself can reach " +
        "that address (a web proxy is set by Set-ExchangeServer -InternetWebProxy)",
      outcomeUnknown: error.outcomeUnknown,
      cause: error,
    });
  }
}

interface Shown {
  object: Properties;
  shown: ShownObject;
}

async function shownAuthServers(client: ExchangeClient): Promise<Shown[]> {
  const source = { cmdlet: "Get-AuthServer", doing: "listing the auth servers" };
  const { objects } = await client.run(source.cmdlet, {}, source.doing);
  return objects.map((object) => shownFrom(object, source));
}

function shownFrom(object: Properties, source: Source): Shown {
  return { object, shown: new ShownObject(object, source) };
}

function readAuthServer({ object, shown }: Shown): AuthServer {
  return {
    guid: shown.guid("Guid"),
    name: shown.setText("Name"),
    realm: shown.text("Realm").toLowerCase(),
    issuerIdentifier: textOf(object, "IssuerIdentifier"),
    tokenIssuingEndpoint: textOf(object, "TokenIssuingEndpoint"),
    authMetadataUrl: shown.text("AuthMetadataUrl"),
    enabled: shown.truth("Enabled"),
  };
}
