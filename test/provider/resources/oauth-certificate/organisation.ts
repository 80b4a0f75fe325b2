import { Exchange } from "../../../../provider/exchange/exchange";
import type { Properties, Value } from "../../../../provider/powershell/protocol";
import { subjectKeyIdentifierOf } from "../../../../provider/resources/oauth-certificate/identifiers";
import { parseCertificate } from "../../../../provider/x509/certificate";
import { type Answer, failure, object, RecordingSession } from "../../exchange/recording-session";
import { certificateDer, rsaKey } from "../../x509/certificate-der";

export const ORGANISATION = "3d1a4a6e-0c52-4e0e-9e53-6f2f3a1b7c11";

/** Setup's own certificate, valid; one that has expired; a weak one; the first two that are made here. */
export const SETUPS = certificateDer({ serial: "01", notAfter: "490105090448Z" });
export const EXPIRED = certificateDer({ serial: "02", notAfter: "240105090448Z" });
export const WEAK = certificateDer({ serial: "03", publicKey: rsaKey(1024) });
export const [OURS, NEXT] = [1, 2].map((n) => ourCertificate(subjectKeyIdentifierOf(ORGANISATION, n))) as [
  Buffer,
  Buffer,
];

/** The thumbprint of a certificate. */
export const nameOf = (der: Buffer): string => parseCertificate(der).thumbprint;

/** What an organisation is like; a server is its certificates, or cannot be asked. */
export interface Beginning {
  current?: Buffer;
  /** Staged in AuthConfig, to take effect at `nextEffectiveDate`. */
  next?: Buffer;
  nextEffectiveDate?: Date;
  previous?: Buffer;
  /** When AuthConfig was changed last; null: it does not show that. */
  changed?: Date | null;
  servers: Record<string, Buffer[] | "unreachable">;
  /** Answers in place of the usual ones. */
  answers?: Record<string, Answer | Answer[]>;
}

const UNREACHABLE = failure("RpcClientException", "ResourceUnavailable", "GetExchangeCertificate");

const LONG_AGO = new Date("2020-01-01T00:00:00Z");

/** An organisation as small as a certificate's lifecycle needs: what is written is there at the next look. */
export function organisation({
  current,
  previous,
  next,
  nextEffectiveDate,
  changed = LONG_AGO,
  servers,
  answers,
}: Beginning) {
  const nameOfAny = (certificate?: Buffer) => (certificate ? nameOf(certificate) : "");
  const named = { current: nameOfAny(current), previous: nameOfAny(previous), next: nameOfAny(next) };
  let effectiveDate = nextEffectiveDate;
  const store = ({ Server }: Properties): Buffer[] => {
    const certificates = servers[String(Server)];
    if (!Array.isArray(certificates)) throw new Error(`nothing can be written to ${Server}`);
    return certificates;
  };
  const session = new RecordingSession({
    "Get-AuthConfig": () => ({
      output: [
        authConfig({
          CurrentCertificateThumbprint: named.current,
          PreviousCertificateThumbprint: named.previous,
          NextCertificateThumbprint: named.next,
          NextCertificateEffectiveDate: (named.next && effectiveDate) || null,
          WhenChangedUTC: changed,
        }),
      ],
    }),
    "Set-AuthConfig": (parameters) => {
      const { CertificateThumbprint, PublishCertificate, NewCertificateThumbprint, NewCertificateEffectiveDate } =
        parameters;
      if (parameters.ClearPreviousCertificate) {
        named.previous = "";
        return {};
      }
      if (NewCertificateThumbprint) {
        named.next = String(NewCertificateThumbprint);
        effectiveDate = NewCertificateEffectiveDate as Date;
        return {};
      }
      named.previous = named.current;
      named.current = PublishCertificate ? named.next : String(CertificateThumbprint);
      if (PublishCertificate) named.next = "";
      return {};
    },
    "Get-HybridConfiguration": {},
    "Get-AuthServer": {},
    "Get-ExchangeServer": () => ({
      output: Object.keys(servers).map((Name) =>
        object({
          Name,
          Fqdn: `${Name}.x`,
          Domain: "corp.contoso.example",
          IsEdgeServer: false,
          AdminDisplayVersion: "Version 15.2 (Build 986.5)",
        }),
      ),
    }),
    "Get-ExchangeCertificate": ({ Server }) => {
      const certificates = servers[String(Server)] ?? [];
      if (!Array.isArray(certificates)) return UNREACHABLE;
      return { output: certificates.map((RawData) => object({ RawData })) };
    },
    "New-ExchangeCertificate": (parameters) => {
      const RawData = ourCertificate(String(parameters.SubjectKeyIdentifier));
      store(parameters).push(RawData);
      return { output: [object({ RawData })] };
    },
    "Export-ExchangeCertificate": (parameters) => {
      const FileData = store(parameters).find((der) => nameOf(der) === parameters.Thumbprint) ?? null;
      return { output: [object({ FileData })] };
    },
    "Export-MachineCertificate": failure("NotOnServerException", "InvalidOperation", "X"),
    "Import-ExchangeCertificate": (parameters) => {
      store(parameters).push(parameters.FileData as Buffer);
      return {};
    },
    "Remove-ExchangeCertificate": (parameters) => {
      const certificates = store(parameters);
      certificates.splice(
        certificates.findIndex((der) => nameOf(der) === parameters.Thumbprint),
        1,
      );
      return {};
    },
    ...answers,
  });
  return { session, exchange: new Exchange(session, { timeoutSeconds: 300 }), named, servers };
}

/** AuthConfig as Exchange shows it: what the row does not say is unset. */
export function authConfig(changes: Record<string, Value>): Properties {
  return object({
    Guid: ORGANISATION,
    CurrentCertificateThumbprint: "",
    PreviousCertificateThumbprint: "",
    NextCertificateThumbprint: "",
    NextCertificateEffectiveDate: null,
    ...changes,
  });
}

/** What is left to do in an organisation that is not hybrid. */
export function followUp(servers: string[], thumbprint: string): string {
  return (
    `AuthConfig names the certificate ${thumbprint} now; what is left to do: (1) so that servers use it now and not ` +
    `within a day, run on one of them as administrator: Invoke-Command -ComputerName ${servers.join(",")} { Restart-Service ` +
    "MSExchangeServiceHost; Restart-WebAppPool MSExchangeOWAAppPool; Restart-WebAppPool MSExchangeECPAppPool }; (2) give " +
    "it to SharePoint and Skype for Business, if they trust this organisation."
  );
}

/** The calls that change something, or take a key out, each with the server it was for. */
export function writes(session: RecordingSession): string[] {
  return session.calls
    .filter(({ cmdlet }) => !cmdlet.startsWith("Get-"))
    .map(({ cmdlet, parameters }) => [cmdlet, parameters.Server].filter(Boolean).join(" "));
}

/** A certificate as New-ExchangeCertificate makes it when asked for this identifier. */
export function ourCertificate(subjectKeyIdentifier: string): Buffer {
  return certificateDer({
    serial: subjectKeyIdentifier.slice(0, 30),
    subjectKeyIdentifier,
    notAfter: "490105090448Z",
  });
}
