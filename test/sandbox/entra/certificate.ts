import { generateKeyPair, randomBytes, X509Certificate } from "node:crypto";
import { promisify } from "node:util";
import forge from "node-forge";

const generateKeys = promisify(generateKeyPair);

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

const NOT_BEFORE = "2026-06-01T00:00:00Z";
const NOT_AFTER = "2031-05-31T00:00:00Z";

/** Makes an {@link UploadedCertificate}, self-signed; its private key is thrown away. */
export async function makeCertificate(notBefore = NOT_BEFORE, notAfter = NOT_AFTER): Promise<UploadedCertificate> {
  const keys = await generateKeys("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  const made = forge.pki.createCertificate();
  made.publicKey = forge.pki.publicKeyFromPem(keys.publicKey);
  made.serialNumber = `01${randomBytes(15).toString("hex")}`;
  made.validity.notBefore = new Date(notBefore);
  made.validity.notAfter = new Date(notAfter);
  const subject = [{ name: "commonName", value: "Microsoft Exchange Server Auth Certificate" }];
  made.setSubject(subject);
  made.setIssuer(subject);
  made.sign(forge.pki.privateKeyFromPem(keys.privateKey), forge.md.sha256.create());
  const certificate = new X509Certificate(forge.pki.certificateToPem(made));
  return {
    der: certificate.raw.toString("base64"),
    pem: certificate.toString(),
    thumbprint: certificate.fingerprint.replaceAll(":", ""),
    notBefore,
    notAfter,
  };
}
