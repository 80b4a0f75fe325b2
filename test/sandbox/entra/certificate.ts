import { X509Certificate } from "node:crypto";
import { selfSignedCertificate } from "../../../sandbox/entra/certificates";

/** A certificate to upload, in the forms that tests need. */
export interface UploadedCertificate {
  /** Base64 of the DER. */
  der: string;
  pem: string;
  /** SHA-1, 40 upper-case hexadecimal digits. */
  thumbprint: string;
  /** `YYYY-MM-DDTHH:MM:SSZ`. */
  notBefore: string;
  notAfter: string;
}

/** Makes an {@link UploadedCertificate} that is valid from 1 June 2026 until 31 May 2031, midnight. */
export async function makeCertificate(
  commonName = "Microsoft Exchange Server Auth Certificate",
): Promise<UploadedCertificate> {
  const notBefore = "2026-06-01T00:00:00Z";
  const notAfter = "2031-05-31T00:00:00Z";
  const der = await selfSignedCertificate(commonName, new Date(notBefore), new Date(notAfter));
  const certificate = new X509Certificate(Buffer.from(der, "base64"));
  return {
    der,
    pem: certificate.toString(),
    thumbprint: certificate.fingerprint.replaceAll(":", ""),
    notBefore,
    notAfter,
  };
}
