import type { Properties } from "pulumi-exchange-server/protocol";
import type { Cmdlet, CmdletCall } from "../cmdlet";
import { certificateRefused } from "../errors";
import { DOMAIN_CONTROLLER, SHOULD_PROCESS } from "../parameters";
import type { Server, StoredCertificate } from "../state";
import { storedCertificate, targetOf } from "../store";

const NAMESPACE = "Microsoft.Exchange.Management.SystemConfigurationTasks";

export const getExchangeCertificate: Cmdlet = {
  name: "Get-ExchangeCertificate",
  typeName: `${NAMESPACE}.GetExchangeCertificate`,
  // Source: the cmdlet reference. -Instance, a certificate object, cannot travel here.
  parameters: {
    sets: {
      Thumbprint: { Thumbprint: { type: "String", nullable: true } },
      Identity: { Identity: { type: "String", nullable: true } },
    },
    shared: { Server: { type: "String" }, DomainName: { type: "MultiValuedProperty" }, ...DOMAIN_CONTROLLER },
  },
  run(call) {
    const { server, thumbprint } = targetOf(call);
    if (thumbprint !== undefined) return [show(call, server, storedCertificate(server, thumbprint))];
    const domains = call.list("DomainName", []).map((domain) => domain.toLowerCase());
    return server.certificates
      .filter(
        ({ domains: own }) => domains.length === 0 || own.some((domain) => domains.includes(domain.toLowerCase())),
      )
      .toSorted((one, other) => other.notBefore.localeCompare(one.notBefore))
      .map((certificate) => show(call, server, certificate));
  },
};

export const removeExchangeCertificate: Cmdlet = {
  name: "Remove-ExchangeCertificate",
  typeName: `${NAMESPACE}.RemoveExchangeCertificate`,
  destructive: true,
  // Source: the cmdlet reference.
  parameters: {
    sets: {
      Thumbprint: { Thumbprint: { type: "String", mandatory: true }, Server: { type: "String" } },
      Identity: { Identity: { type: "String", mandatory: true } },
    },
    shared: { ...DOMAIN_CONTROLLER, ...SHOULD_PROCESS },
  },
  run(call) {
    const { server, thumbprint = "" } = targetOf(call);
    storedCertificate(server, thumbprint);
    refuseInUse(call, server, thumbprint);
    if (!call.shouldProcess()) return [];
    server.certificates = server.certificates.filter((certificate) => certificate.thumbprint !== thumbprint);
    return [];
  },
};

function refuseInUse(call: CmdletCall, server: Server, thumbprint: string): void {
  // Source: a public sample, word by word.
  if (server.smtpCertificate === thumbprint) {
    throw certificateRefused(
      server.name,
      "The internal transport certificate cannot be removed because that would cause the Microsoft Exchange Transport " +
        "service to stop. To replace the internal transport certificate, create a new certificate. The new certificate " +
        "will automatically become the internal transport certificate. You can then remove the existing certificate.",
    );
  }
  // A certificate in use cannot be removed; that these two count as in use, and the texts, are a guess.
  if (server.iisCertificate === thumbprint) {
    throw certificateRefused(
      server.name,
      `The certificate with thumbprint ${thumbprint} is bound to IIS and cannot be removed.`,
    );
  }
  const { current, previous, next } = call.state.authConfig;
  if ([current, previous, next].includes(thumbprint)) {
    throw certificateRefused(
      server.name,
      `The certificate with thumbprint ${thumbprint} is in use by the authorization configuration and cannot be removed.`,
    );
  }
}

/**
 * A certificate as a session shows it. Source: recordings of 2016 and 2019, where RawData travels and nothing else; the
 * further properties of a session on the server itself are the cmdlet reference's.
 */
export function show(call: CmdletCall, server: Server, certificate: StoredCertificate): Properties {
  const RawData = Buffer.from(certificate.rawData, "base64");
  if (!call.onServer) return { RawData };
  const expired = new Date(certificate.notAfter) < call.now;
  return {
    RawData,
    Thumbprint: certificate.thumbprint,
    Identity: `${server.fqdn}\\${certificate.thumbprint}`,
    FriendlyName: certificate.friendlyName,
    Services: certificate.services.length > 0 ? certificate.services.join(", ") : "None",
    Subject: certificate.subject,
    Issuer: certificate.subject,
    SerialNumber: certificate.serialNumber,
    SubjectKeyIdentifier: certificate.subjectKeyIdentifier === "" ? null : certificate.subjectKeyIdentifier,
    CertificateDomains: [...certificate.domains],
    NotBefore: new Date(certificate.notBefore),
    NotAfter: new Date(certificate.notAfter),
    PublicKeySize: certificate.keySize,
    HasPrivateKey: certificate.privateKey !== null,
    PrivateKeyExportable: certificate.privateKey !== null && certificate.privateKeyExportable,
    IsSelfSigned: true,
    RootCAType: "None",
    Status: expired ? "DateInvalid" : "Valid",
  };
}
