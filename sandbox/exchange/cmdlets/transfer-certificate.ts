import { Secret } from "pulumi-exchange-server/protocol";
import { parseBuild, refusesAuthCertificateExport } from "../builds";
import type { Cmdlet, CmdletCall } from "../cmdlet";
import { certificateRefused } from "../errors";
import { pkcs12Module, x509Module } from "../lazy";
import { DOMAIN_CONTROLLER, SHOULD_PROCESS } from "../parameters";
import type { Server, StoredCertificate } from "../state";
import { keyedCertificate, storedCertificate, targetOf } from "../store";
import { show } from "./certificate";

const NAMESPACE = "Microsoft.Exchange.Management.SystemConfigurationTasks";

export const exportExchangeCertificate: Cmdlet = {
  name: "Export-ExchangeCertificate",
  typeName: `${NAMESPACE}.ExportExchangeCertificate`,
  // Source: the cmdlet reference. -FileName, of 2013 alone, writes to the server's own disk and is not here.
  parameters: {
    sets: {
      Thumbprint: { Thumbprint: { type: "String", mandatory: true }, Server: { type: "String" } },
      Identity: { Identity: { type: "String", mandatory: true } },
    },
    shared: {
      BinaryEncoded: { type: "SwitchParameter" },
      Password: { type: "SecureString" },
      ...DOMAIN_CONTROLLER,
      ...SHOULD_PROCESS,
    },
  },
  async run(call) {
    const { server, thumbprint = "" } = targetOf(call);
    const certificate = storedCertificate(server, thumbprint);
    const password = call.value("Password");
    refuseExport(call, server, certificate);
    if (!call.shouldProcess()) return [];
    const { exportPkcs12 } = pkcs12Module();
    // Source: the reference, only a password brings the private key along.
    const file =
      password instanceof Secret
        ? exportPkcs12(keyedCertificate(certificate), password.reveal())
        : exportPkcs12({ ...keyedCertificate(certificate), privateKey: null }, null);
    return [{ FileData: call.truth("BinaryEncoded") ? file : Buffer.from(file.toString("base64"), "ascii") }];
  },
};

export const importExchangeCertificate: Cmdlet = {
  name: "Import-ExchangeCertificate",
  typeName: `${NAMESPACE}.ImportExchangeCertificate`,
  // Source: the cmdlet reference. -FileName reads the server's own disk and is not here.
  parameters: {
    sets: { FileData: { FileData: { type: "Byte[]", mandatory: true } } },
    shared: {
      FriendlyName: { type: "String" },
      Password: { type: "SecureString" },
      PrivateKeyExportable: { type: "Boolean" },
      Server: { type: "String" },
      ...DOMAIN_CONTROLLER,
      ...SHOULD_PROCESS,
    },
  },
  async run(call) {
    const { server } = targetOf(call);
    const password = call.value("Password");
    const { importPkcs12 } = pkcs12Module();
    const imported = importPkcs12(
      call.value("FileData") as Uint8Array,
      password instanceof Secret ? password.reveal() : null,
    );
    // Guess: the texts of both refusals.
    if (!imported) throw certificateRefused(server.name, "The data is no certificate, or the password is not correct.");
    const minted = x509Module().mintedOf(imported.der, imported.privateKey);
    if (server.certificates.some(({ thumbprint }) => thumbprint === minted.thumbprint)) {
      const message = `Cannot import certificate. A certificate with the thumbprint ${minted.thumbprint} already exists.`;
      throw certificateRefused(server.name, message);
    }
    if (!call.shouldProcess()) return [];
    const certificate: StoredCertificate = {
      ...minted,
      friendlyName: call.text("FriendlyName") ?? "Microsoft Exchange",
      services: [],
      privateKeyExportable: call.truth("PrivateKeyExportable") ?? false,
    };
    server.certificates.push(certificate);
    return [show(call, server, certificate)];
  },
};

/** Source of the rules: the cmdlet reference and KB5069337; the texts are a guess. */
function refuseExport(call: CmdletCall, server: Server, certificate: StoredCertificate): void {
  const { current, previous, next } = call.state.authConfig;
  const build = parseBuild(server.build);
  if ([current, previous, next].includes(certificate.thumbprint) && build && refusesAuthCertificateExport(build)) {
    throw certificateRefused(server.name, "The auth certificate cannot be exported.");
  }
  if (certificate.privateKey === null || !certificate.privateKeyExportable) {
    const message = `The private key of the certificate with thumbprint ${certificate.thumbprint} is not exportable.`;
    throw certificateRefused(server.name, message);
  }
}
