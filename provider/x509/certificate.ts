import { createHash, type KeyObject, X509Certificate } from "node:crypto";
import { distinguishedName } from "./distinguished-name";
import { readCertificate } from "./structure";

/** What a certificate says of itself, in the forms that Exchange and .NET show. */
export interface Certificate {
  /** SHA-1 of the DER, 40 upper-case hexadecimal digits: Exchange's name for a certificate. */
  thumbprint: string;
  /** Upper-case hexadecimal digits as .NET's `X509Certificate2.SerialNumber`, leading zeros kept. */
  serialNumber: string;
  /** The subject key identifier (RFC 5280, 4.2.1.2), upper-case hexadecimal digits; empty when there is none. */
  subjectKeyIdentifier: string;
  /** As .NET's `X509Certificate2.Subject`: `CN=Microsoft Exchange Server Auth Certificate`. */
  subject: string;
  /** Such as `rsa` or `ec`; `unknown` for a key that Node.js cannot read. */
  keyAlgorithm: string;
  /** Bits of the public key; 0 where the algorithm has no such measure. */
  keySize: number;
  notBefore: Date;
  notAfter: Date;
  /** The DER itself. */
  der: Buffer;
}

/**
 * Reads a certificate from its DER, which is what `Get-ExchangeCertificate` gives as RawData.
 * @throws Error when the bytes are not an X.509 certificate.
 */
export function parseCertificate(der: Uint8Array): Certificate {
  const bytes = Buffer.from(der);
  const certificate = new X509Certificate(bytes);
  const { serialNumber, subject, subjectKeyIdentifier } = readCertificate(bytes);
  return {
    thumbprint: certificate.fingerprint.replaceAll(":", ""),
    serialNumber,
    subjectKeyIdentifier,
    subject: distinguishedName(subject),
    ...keyOf(certificate),
    notBefore: dateOf(certificate.validFrom),
    notAfter: dateOf(certificate.validTo),
    der: bytes,
  };
}

/**
 * The thumbprint of what may be a certificate, though it cannot be read: it is known only where the bytes are one whole
 * sequence of DER. A part of a certificate, or something else in its place, has a hash too, and that is no one's name.
 */
export function thumbprintOf(der: Uint8Array): string | undefined {
  return isWholeSequence(der) ? createHash("sha1").update(der).digest("hex").toUpperCase() : undefined;
}

/** A sequence whose length is that of all bytes (X.690, 8.1.3 and 10.1). */
function isWholeSequence(der: Uint8Array): boolean {
  const [tag, first = 0x80] = der;
  const octets = first < 0x80 ? 0 : first - 0x80;
  const length = first < 0x80 ? first : der.subarray(2, 2 + octets).reduce((sum, octet) => sum * 0x100 + octet, 0);
  return tag === 0x30 && first !== 0x80 && der.length === 2 + octets + length;
}

/** The PEM of a certificate: LF line ends, one final newline (azuread compares it as text). */
export function toPem(der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString("base64")
      .match(/.{1,64}/g) ?? [];
  return ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n");
}

/** A date as azuread and this package's outputs write it: `2026-11-24T00:00:00Z`, without fractions. */
export function toTimestamp(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}

/** A certificate whose key is of a kind that Node.js does not know is a certificate all the same. */
function keyOf(certificate: X509Certificate): Pick<Certificate, "keyAlgorithm" | "keySize"> {
  let key: KeyObject;
  try {
    key = certificate.publicKey;
  } catch {
    return { keyAlgorithm: "unknown", keySize: 0 };
  }
  return { keyAlgorithm: key.asymmetricKeyType ?? "unknown", keySize: key.asymmetricKeyDetails?.modulusLength ?? 0 };
}

/** OpenSSL shows an invalid date as words; a date that cannot be compared must not pass for one in the future. */
function dateOf(shown: string): Date {
  const date = new Date(shown);
  const year = /(\d+) GMT$/.exec(shown)?.[1];
  if (Number.isNaN(date.getTime()) || !year) throw new Error(`the certificate has an invalid date: ${shown}`);
  // JavaScript takes the years 0 to 99 for those of our time.
  date.setUTCFullYear(Number(year));
  return date;
}
