import { Secret } from "pulumi-exchange-server/protocol";
import type { Cmdlet, CmdletCall } from "../cmdlet";
import { CmdletError, notOnServer, objectNotFound } from "../errors";
import { pkcs12Module } from "../lazy";
import type { ParameterTable } from "../parameters";
import type { Server } from "../state";
import { findServer, keyedCertificate } from "../store";
import { sameText } from "../text";

// What a bridge offers beside Exchange's cmdlets where its shell is on the server itself (the provider's allowlist.ts).
const SERVER: ParameterTable = { Server: { type: "String", mandatory: true } };

/** Source: the article restarts MSExchangeHM so that the health manager learns of a proxy that was enabled since. */
export const restartHealthManager: Cmdlet = {
  name: "Restart-HealthManager",
  typeName: "Restart-HealthManager",
  parameters: { sets: { Default: SERVER }, shared: {} },
  run(call) {
    ownServer(call).healthManagerStarted = call.now.toISOString();
    return [];
  },
};

/** Source: CSS-Exchange reads ExSetup.exe's version, where `15.02.2562.041` is the form; the properties' set is ours. */
export const getExSetupVersion: Cmdlet = {
  name: "Get-ExSetupVersion",
  typeName: "Get-ExSetupVersion",
  parameters: { sets: { Default: SERVER }, shared: {} },
  run(call) {
    const [major = "", minor = "", build = "", revision = ""] = ownServer(call).build.split(".");
    return [
      { FileVersion: [major, minor.padStart(2, "0"), build.padStart(4, "0"), revision.padStart(3, "0")].join(".") },
    ];
  },
};

/** Source: the protocol's own list of such commands (allowlist.ts), whose error ids these are. */
export const exportMachineCertificate: Cmdlet = {
  name: "Export-MachineCertificate",
  typeName: "Export-MachineCertificate",
  parameters: {
    sets: {
      Default: {
        ...SERVER,
        Thumbprint: { type: "String", mandatory: true },
        Password: { type: "SecureString", mandatory: true },
      },
    },
    shared: {},
  },
  run(call) {
    const server = ownServer(call);
    const thumbprint = call.text("Thumbprint") ?? "";
    const certificate = server.certificates.find((known) => sameText(known.thumbprint, thumbprint));
    if (!certificate) {
      throw notExported(thumbprint, "CertificateNotFoundException", "is not in the store of this machine");
    }
    if (certificate.privateKey === null) {
      throw notExported(thumbprint, "PrivateKeyMissing", "has no private key on this machine");
    }
    if (!certificate.privateKeyExportable) {
      throw notExported(thumbprint, "PrivateKeyNotExportable", "has a private key that may not be exported");
    }
    const password = call.value("Password");
    if (!(password instanceof Secret)) throw new Error("A mandatory SecureString is a secret.");
    const { exportPkcs12 } = pkcs12Module();
    return [{ FileData: exportPkcs12(keyedCertificate(certificate), password.reveal()) }];
  },
};

function notExported(thumbprint: string, id: string, why: string): CmdletError {
  return new CmdletError({
    reason: "Exception",
    category: id === "CertificateNotFoundException" ? "ObjectNotFound" : "InvalidArgument",
    message: `The certificate with thumbprint ${thumbprint} ${why}.`,
    target: thumbprint,
    fullyQualifiedErrorId: id,
  });
}

function ownServer(call: CmdletCall): Server {
  const name = call.text("Server") ?? "";
  const server = findServer(call.state.servers, name);
  if (!server) throw objectNotFound(name, call.domainController);
  if (call.onServer && server.name === call.state.sessionServer) return server;
  throw notOnServer(server.fqdn, call.sessionServer.fqdn);
}
