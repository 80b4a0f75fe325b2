import { type NamePart, parseDistinguishedName } from "../../shared/x509/distinguished-name";
import type { Cmdlet, CmdletCall } from "../cmdlet";
import { certificateRefused } from "../errors";
import { x509Module } from "../lazy";
import { DOMAIN_CONTROLLER, SHOULD_PROCESS } from "../parameters";
import type { Server, StoredCertificate } from "../state";
import { targetOf } from "../store";
import { show } from "./certificate";

// In the order of the flags, which is how Exchange prints them.
const SERVICES = ["IMAP", "POP", "UM", "IIS", "SMTP", "Federation", "UMCallRouter"];

export const newExchangeCertificate: Cmdlet = {
  name: "New-ExchangeCertificate",
  typeName: "Microsoft.Exchange.Management.SystemConfigurationTasks.NewExchangeCertificate",
  // Source: the cmdlet reference. -Instance, a certificate object, cannot travel here.
  parameters: {
    sets: {
      Certificate: { Services: { type: "String" } },
      Request: {
        GenerateRequest: { type: "SwitchParameter" },
        BinaryEncoded: { type: "SwitchParameter" },
        RequestFile: { type: "String" },
      },
    },
    shared: {
      DomainName: { type: "MultiValuedProperty" },
      Force: { type: "SwitchParameter" },
      FriendlyName: { type: "String" },
      IncludeAcceptedDomains: { type: "SwitchParameter" },
      IncludeAutoDiscover: { type: "SwitchParameter" },
      IncludeServerFQDN: { type: "SwitchParameter" },
      IncludeServerNetBIOSName: { type: "SwitchParameter" },
      KeySize: { type: "Int32" },
      PrivateKeyExportable: { type: "Boolean" },
      Server: { type: "String" },
      SubjectKeyIdentifier: { type: "String" },
      SubjectName: { type: "String" },
      ...DOMAIN_CONTROLLER,
      ...SHOULD_PROCESS,
    },
  },
  async run(call) {
    const { server } = targetOf(call);
    if (call.set === "Request") {
      throw certificateRefused(
        server.name,
        "The sandbox makes no certificate requests, since no authority would sign them.",
      );
    }
    const services = servicesOf(call, server);
    const { friendlyName, keySize, subjectKeyIdentifier } = checked(call, server);
    const { subject, domains } = namesOf(call, server);
    if (!call.shouldProcess()) return [];
    // Source: the reference, without -Force it asks before it replaces the default SMTP certificate. Its documentation
    // shows the question with both certificates; here the new one is made only then.
    if (services.includes("SMTP")) {
      call.shouldContinue(
        `Overwrite the existing default SMTP certificate?\n\nCurrent certificate: '${server.smtpCertificate}'`,
      );
    }
    const { mint } = x509Module();
    const notAfter = new Date(call.now);
    // Source: a self-signed certificate lives for five years.
    notAfter.setUTCFullYear(notAfter.getUTCFullYear() + 5);
    const minted = await mint({
      subject,
      domains,
      keySize,
      subjectKeyIdentifier,
      notBefore: call.now,
      notAfter,
      maker: "exchange",
    });
    const certificate: StoredCertificate = {
      ...minted,
      friendlyName,
      services,
      privateKeyExportable: call.truth("PrivateKeyExportable") ?? false,
    };
    server.certificates.push(certificate);
    if (services.includes("SMTP")) server.smtpCertificate = certificate.thumbprint;
    if (services.includes("IIS")) server.iisCertificate = certificate.thumbprint;
    return [show(call, server, certificate)];
  },
};

/** Source of the default: the cmdlet reference. */
function servicesOf(call: CmdletCall, server: Server): string[] {
  const asked = (call.text("Services") ?? "IMAP,POP,SMTP").split(",").map((service) => service.trim().toLowerCase());
  const unknown = asked.find((name) => name !== "none" && !SERVICES.some((service) => service.toLowerCase() === name));
  if (unknown !== undefined) throw certificateRefused(server.name, `'${unknown}' is not a service of Exchange.`);
  return SERVICES.filter((service) => asked.includes(service.toLowerCase()));
}

/** Source of the limits: the cmdlet reference; the refusals' texts are a guess. */
function checked(
  call: CmdletCall,
  server: Server,
): { friendlyName: string; keySize: number; subjectKeyIdentifier: string } {
  const friendlyName = call.text("FriendlyName") ?? "Microsoft Exchange";
  if (friendlyName.length >= 64) {
    throw certificateRefused(server.name, "The friendly name must be less than 64 characters.");
  }
  const keySize = call.value("KeySize") ?? 2048;
  if (keySize !== 1024 && keySize !== 2048 && keySize !== 4096) {
    throw certificateRefused(
      server.name,
      `The key size ${keySize} is not valid. Valid values are 1024, 2048 and 4096.`,
    );
  }
  const subjectKeyIdentifier = (call.text("SubjectKeyIdentifier") ?? "").toUpperCase();
  // Source: likely, read as hexadecimal and not checked for being unique.
  if (!/^([0-9A-F]{2})*$/.test(subjectKeyIdentifier)) {
    throw certificateRefused(server.name, `The subject key identifier '${subjectKeyIdentifier}' is not hexadecimal.`);
  }
  return { friendlyName, keySize, subjectKeyIdentifier };
}

/**
 * Source: the reference, without names at all it is the server's short name, with short and full name as alternatives;
 * with -SubjectName alone there are none (recorded from setup's auth certificate).
 */
function namesOf(call: CmdletCall, server: Server): { subject: NamePart[]; domains: string[] } {
  const subjectName = call.text("SubjectName");
  const subject = parseDistinguishedName(subjectName ?? `CN=${server.name}`);
  if (!subject) throw certificateRefused(server.name, `'${subjectName}' is not a valid X.500 distinguished name.`);
  const domains = call.list("DomainName", []);
  if (call.truth("IncludeServerNetBIOSName")) domains.push(server.name);
  if (call.truth("IncludeServerFQDN")) domains.push(server.fqdn);
  if (domains.length === 0 && subjectName === undefined) domains.push(server.name, server.fqdn);
  const ascii = domains.every((domain) => /^[\x21-\x7e]+$/.test(domain));
  if (!ascii) throw certificateRefused(server.name, "A domain name holds characters that no certificate can.");
  return { subject, domains: [...new Set(domains)] };
}
