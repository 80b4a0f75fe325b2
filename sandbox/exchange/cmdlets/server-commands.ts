import { Secret } from "pulumi-exchange-server/protocol";
import { parseDistinguishedName } from "../../shared/x509/distinguished-name";
import type { Cmdlet, CmdletCall } from "../cmdlet";
import { CmdletError, notOnServer, objectNotFound } from "../errors";
import { pkcs12Module, x509Module } from "../lazy";
import type { ParameterTable } from "../parameters";
import type { Server } from "../state";
import { findServer, keyedCertificate } from "../store";
import { sameText } from "../text";

const DAY = 24 * 60 * 60 * 1000;

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

/**
 * Source: the protocol's own list of such commands (allowlist.ts). Guesses: that no service is enabled for one that is
 * made so, and what a server refuses.
 */
export const newMachineCertificate: Cmdlet = {
  name: "New-MachineCertificate",
  typeName: "New-MachineCertificate",
  parameters: {
    sets: {
      Default: {
        ...SERVER,
        SubjectName: { type: "String", mandatory: true },
        DomainName: { type: "MultiValuedProperty" },
        FriendlyName: { type: "String" },
        KeySize: { type: "Int32", mandatory: true },
        SubjectKeyIdentifier: { type: "String", mandatory: true },
        LifetimeDays: { type: "Int32", mandatory: true },
      },
    },
    shared: {},
  },
  async run(call) {
    const server = ownServer(call);
    const subjectName = call.text("SubjectName") ?? "";
    const subject = parseDistinguishedName(subjectName);
    if (!subject) throw notMade(subjectName, `"${subjectName}" is not a distinguished name`);
    const domains = call.list("DomainName", []);
    const stranger = domains.find((domain) => !/^[\x21-\x7e]+$/.test(domain));
    if (stranger !== undefined) throw notMade(subjectName, `the domain name "${stranger}" is not one of ASCII letters`);
    const subjectKeyIdentifier = (call.text("SubjectKeyIdentifier") ?? "").toUpperCase();
    if (!/^([0-9A-F]{2})+$/.test(subjectKeyIdentifier)) {
      throw notMade(subjectName, `the subject key identifier "${subjectKeyIdentifier}" is not hexadecimal`);
    }
    const days = call.value("LifetimeDays") as number;
    if (days < 1) throw notMade(subjectName, `a lifetime of ${days} days ends before it begins`);
    const { mint } = x509Module();
    const minted = await mint({
      subject,
      domains,
      keySize: call.value("KeySize") as number,
      subjectKeyIdentifier,
      notBefore: call.now,
      notAfter: new Date(call.now.getTime() + days * DAY),
      maker: "exchange",
    });
    const friendlyName = call.text("FriendlyName") ?? "";
    server.certificates.push({ ...minted, friendlyName, services: [], privateKeyExportable: true });
    return [{ RawData: Buffer.from(minted.rawData, "base64") }];
  },
};

function notMade(subjectName: string, why: string): CmdletError {
  return new CmdletError({
    reason: "CryptographicException",
    category: "InvalidArgument",
    message: `No certificate is made of this request: ${why}.`,
    target: subjectName,
    fullyQualifiedErrorId: "CertificateRequestRefused",
  });
}

function notExported(thumbprint: string, id: string, why: string): CmdletError {
  return new CmdletError({
    reason: "Exception",
    category: id === "CertificateNotFoundException" ? "ObjectNotFound" : "InvalidArgument",
    message: `The certificate with thumbprint ${thumbprint} ${why}.`,
    target: thumbprint,
    fullyQualifiedErrorId: id,
  });
}

/** Where the shell runs in a session of the endpoint alone. */
const WORKSTATION = "WORKSTATION";

function ownServer(call: CmdletCall): Server {
  const name = call.text("Server") ?? "";
  const server = findServer(call.state.servers, name);
  if (!server) throw objectNotFound(name, call.domainController);
  if (call.onServer && server.name === call.state.sessionServer) return server;
  throw notOnServer(call.name, server.fqdn, call.onServer ? call.sessionServer.name : WORKSTATION);
}
