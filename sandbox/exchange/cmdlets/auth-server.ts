import type { Properties } from "pulumi-exchange-server/protocol";
import type { Cmdlet, CmdletCall } from "../cmdlet";
import {
  directoryProperties,
  distinguishedName,
  identifies,
  newDirectoryObject,
  type ObjectKind,
  toSecond,
} from "../directory";
import { CmdletError, objectExists, objectNotFound, refused } from "../errors";
import { downloadMetadata } from "../metadata";
import { DOMAIN_CONTROLLER, type ParameterTable, SHOULD_PROCESS } from "../parameters";
import type { AuthServer } from "../state";
import { sameText } from "../text";

const NAMESPACE = "Microsoft.Exchange.Management.SystemConfigurationTasks";

/** Guess, after AuthConfig's own recorded form: the container and the classes. */
const AUTH_SERVER: ObjectKind = {
  containers: ["Auth Servers", "Auth Configuration"],
  category: "ms-Exch-Auth-Auth-Server",
  objectClass: ["top", "msExchAuthAuthServer"],
  exchangeVersion: "0.20 (15.0.0.0)",
};

const TYPES = ["Unknown", "MicrosoftACS", "Facebook", "LinkedIn", "ADFS", "AzureAD"] as const;
const METADATA: ParameterTable = {
  AuthMetadataUrl: { type: "String" },
  TrustAnySSLCertificate: { type: "SwitchParameter" },
  // Source: the reference lists it for 2019 and SE alone.
  GraphBaseUrl: { type: "String", since: { "15.2": [15, 2, 0, 0] } },
};
const SHARED: ParameterTable = {
  Enabled: { type: "Boolean" },
  // Source: 2016 from CU18 on, 2019 from CU7 on, SE.
  DomainName: { type: "MultiValuedProperty", since: { "15.1": [15, 1, 2106, 2], "15.2": [15, 2, 721, 2] } },
  ...DOMAIN_CONTROLLER,
  ...SHOULD_PROCESS,
};

export const getAuthServer: Cmdlet = {
  name: "Get-AuthServer",
  typeName: `${NAMESPACE}.GetAuthServer`,
  parameters: {
    sets: { Identity: {} },
    shared: { Identity: { type: "String", nullable: true }, ...DOMAIN_CONTROLLER },
  },
  run(call) {
    // Source: the cmdlet reference, without an identity all objects are listed.
    const found = call.has("Identity") ? [find(call)] : call.state.authServers;
    return found.map((server) => show(call, server));
  },
};

export const newAuthServer: Cmdlet = {
  name: "New-AuthServer",
  typeName: `${NAMESPACE}.NewAuthServer`,
  // Source: the cmdlet reference.
  parameters: {
    sets: {
      AuthMetadataUrl: { ...METADATA, AuthMetadataUrl: { type: "String", mandatory: true } },
      NativeClientAuthServer: {
        AuthMetadataUrl: { type: "String", mandatory: true },
        TrustAnySSLCertificate: { type: "SwitchParameter" },
        Type: { type: "String", values: TYPES, mandatory: true },
      },
      AppSecret: {
        Type: { type: "String", values: TYPES, mandatory: true },
        ApplicationIdentifier: { type: "String" },
      },
    },
    shared: { Name: { type: "String", mandatory: true }, ...SHARED },
  },
  async run(call) {
    const name = checkedName(call.text("Name") ?? "");
    const { directory, authServers } = call.state;
    const url = call.text("AuthMetadataUrl") ?? "";
    const metadata = url === "" ? undefined : await downloadMetadata(url, call.home, call.signal);
    const server: AuthServer = {
      ...newDirectoryObject(name, call.now),
      // Source: without -Type the stored type is MicrosoftACS.
      type: call.text("Type") ?? "MicrosoftACS",
      issuerIdentifier: metadata?.issuerIdentifier ?? "",
      realm: metadata?.realm ?? "",
      tokenIssuingEndpoint: metadata?.tokenIssuingEndpoint ?? "",
      authorizationEndpoint: metadata?.authorizationEndpoint ?? "",
      applicationIdentifier: call.text("ApplicationIdentifier") ?? "",
      authMetadataUrl: url,
      graphBaseUrl: call.text("GraphBaseUrl") ?? "",
      domainNames: call.list("DomainName", []),
      enabled: call.truth("Enabled") ?? true,
      isDefaultAuthorizationEndpoint: false,
    };
    if (authServers.some((other) => sameText(other.name, name))) {
      throw objectExists(distinguishedName(directory, AUTH_SERVER, name), call.domainController);
    }
    // Source: unique by type, issuer and realm, likely refused as TaskException.
    const twin = authServers.find((other) => sameKey(other, server));
    if (twin) {
      throw refused(
        `There is already an auth server with issuer identifier '${server.issuerIdentifier}' and realm '${server.realm}': '${twin.name}'.`,
      );
    }
    if (!call.shouldProcess()) return [];
    authServers.push(server);
    return [show(call, server)];
  },
};

export const setAuthServer: Cmdlet = {
  name: "Set-AuthServer",
  typeName: `${NAMESPACE}.SetAuthServer`,
  // Source: the cmdlet reference.
  parameters: {
    sets: {
      AuthMetadataUrl: METADATA,
      NativeClientAuthServer: {
        AuthMetadataUrl: { type: "String" },
        TrustAnySSLCertificate: { type: "SwitchParameter" },
        IsDefaultAuthorizationEndpoint: { type: "Boolean" },
      },
      RefreshAuthMetadata: { RefreshAuthMetadata: { type: "SwitchParameter" } },
      AppSecret: { ApplicationIdentifier: { type: "String" } },
    },
    shared: { Identity: { type: "String", mandatory: true }, Name: { type: "String" }, ...SHARED },
  },
  async run(call) {
    const server = find(call);
    const changed = { ...server, domainNames: call.list("DomainName", server.domainNames) };
    changed.enabled = call.truth("Enabled") ?? server.enabled;
    changed.isDefaultAuthorizationEndpoint =
      call.truth("IsDefaultAuthorizationEndpoint") ?? server.isDefaultAuthorizationEndpoint;
    changed.graphBaseUrl = call.text("GraphBaseUrl") ?? server.graphBaseUrl;
    changed.applicationIdentifier = call.text("ApplicationIdentifier") ?? server.applicationIdentifier;
    changed.authMetadataUrl = call.text("AuthMetadataUrl") ?? server.authMetadataUrl;
    if (call.has("Name")) rename(call, server, changed);
    if (call.has("AuthMetadataUrl") || call.truth("RefreshAuthMetadata")) await applyMetadata(call, server, changed);
    if (!call.shouldProcess()) return [];
    if (JSON.stringify(changed) === JSON.stringify(server)) {
      // Source: what Exchange's Set-* cmdlets say.
      call.warnings.push(`The command completed successfully but no settings of '${server.name}' have been modified.`);
      return [];
    }
    Object.assign(server, changed, { whenChanged: toSecond(call.now) });
    return [];
  },
};

export const removeAuthServer: Cmdlet = {
  name: "Remove-AuthServer",
  typeName: `${NAMESPACE}.RemoveAuthServer`,
  destructive: true,
  parameters: {
    sets: { Identity: {} },
    shared: { Identity: { type: "String", mandatory: true }, ...DOMAIN_CONTROLLER, ...SHOULD_PROCESS },
  },
  run(call) {
    const server = find(call);
    if (!call.shouldProcess()) return [];
    call.state.authServers = call.state.authServers.filter((other) => other.guid !== server.guid);
    return [];
  },
};

/** A URL of another tenant is refused. Source: likely; a change of tenant needs another auth server. */
async function applyMetadata(call: CmdletCall, server: AuthServer, changed: AuthServer): Promise<void> {
  const metadata = await downloadMetadata(changed.authMetadataUrl, call.home, call.signal);
  if (metadata.realm !== server.realm || metadata.issuerIdentifier !== server.issuerIdentifier) {
    throw refused(
      `The issuer identifier or realm in the metadata ('${metadata.issuerIdentifier}', '${metadata.realm}') doesn't match that of auth server '${server.name}' ('${server.issuerIdentifier}', '${server.realm}').`,
    );
  }
  changed.tokenIssuingEndpoint = metadata.tokenIssuingEndpoint;
  changed.authorizationEndpoint = metadata.authorizationEndpoint;
}

function rename(call: CmdletCall, server: AuthServer, changed: AuthServer): void {
  changed.name = checkedName(call.text("Name") ?? "");
  if (call.state.authServers.some((other) => other.guid !== server.guid && sameText(other.name, changed.name))) {
    throw objectExists(distinguishedName(call.state.directory, AUTH_SERVER, changed.name), call.domainController);
  }
}

function find(call: CmdletCall): AuthServer {
  const identity = call.text("Identity") ?? "";
  const { directory, authServers } = call.state;
  const found = authServers.find((server) => identifies(identity, directory, AUTH_SERVER, server));
  if (!found) throw objectNotFound(identity, call.domainController);
  return found;
}

/** Source of the limit: the cmdlet reference; class and text after public samples of other nouns. */
function checkedName(name: string): string {
  if (name !== "" && name.length <= 64) return name;
  throw new CmdletError({
    reason: "DataValidationException",
    category: "InvalidData",
    message: `The length of the property is ${name === "" ? "too short" : "too long"}. The maximum length is 64 and the length of the value provided is ${name.length}.`,
    target: name.slice(0, 64),
  });
}

function sameKey(one: AuthServer, other: AuthServer): boolean {
  return one.type === other.type && one.realm === other.realm && one.issuerIdentifier === other.issuerIdentifier;
}

/** Source of the properties: the cmdlet reference and CSS-Exchange; their order is a guess. */
function show(call: CmdletCall, server: AuthServer): Properties {
  return {
    IssuerIdentifier: server.issuerIdentifier,
    TokenIssuingEndpoint: server.tokenIssuingEndpoint,
    AuthorizationEndpoint: server.authorizationEndpoint,
    ApplicationIdentifier: server.applicationIdentifier,
    AuthMetadataUrl: server.authMetadataUrl,
    GraphBaseUrl: server.graphBaseUrl,
    Realm: server.realm,
    DomainName: [...server.domainNames],
    Type: server.type,
    Enabled: server.enabled,
    IsDefaultAuthorizationEndpoint: server.isDefaultAuthorizationEndpoint,
    ...directoryProperties(call.state.directory, AUTH_SERVER, server, call.domainController),
  };
}
