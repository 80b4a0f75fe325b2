import { generateKeyPair, randomBytes, sign } from "node:crypto";
import { promisify } from "node:util";
import { asn1, pki } from "node-forge";
import { type NamePart, SHORT_NAMES } from "./distinguished-name";

/** An RSA key, PEM: the public one as SubjectPublicKeyInfo, the private one as PKCS#8. */
export interface Keys {
  publicKey: string;
  privateKey: string;
}

/** What a certificate contains. */
export interface CertificateContents {
  subject: NamePart[];
  /** To the second, as DER holds it. */
  notBefore: Date;
  notAfter: Date;
  /** In node-forge's form, in this order. */
  extensions: object[];
}

/** Who signs a certificate. */
export interface Issuer {
  certificate: pki.Certificate;
  privateKey: string;
}

const makeKeyPair = promisify(generateKeyPair);
const SHA256_WITH_RSA = "1.2.840.113549.1.1.11";

/** A new RSA key. By node:crypto, since node-forge takes seconds for one. @param keySize bits. */
export function makeKeys(keySize: number): Promise<Keys> {
  return makeKeyPair("rsa", {
    modulusLength: keySize,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
}

/** A certificate of a key, signed with sha256WithRSAEncryption by its issuer, or by itself where it has none. */
export function makeCertificate(contents: CertificateContents, keys: Keys, issuer?: Issuer): pki.Certificate {
  const certificate = pki.createCertificate();
  certificate.publicKey = pki.publicKeyFromPem(keys.publicKey);
  certificate.serialNumber = serialNumber();
  certificate.validity.notBefore = wholeSeconds(contents.notBefore);
  certificate.validity.notAfter = wholeSeconds(contents.notAfter);
  // DER has the parts in the order opposite to the text's.
  certificate.setSubject(contents.subject.map(({ type, value }) => ({ name: SHORT_NAMES[type], value })).reverse());
  certificate.setIssuer((issuer?.certificate ?? certificate).subject.attributes);
  certificate.setExtensions(contents.extensions);

  // Signed by node:crypto, which does in two milliseconds what forge does in a hundred.
  certificate.signatureOid = SHA256_WITH_RSA;
  certificate.siginfo.algorithmOid = SHA256_WITH_RSA;
  // forge reads the whole certificate's form from a signature that is not there yet otherwise.
  certificate.signature = "";
  const unsigned = bytesOf(pki.certificateToAsn1(certificate).value[0] as asn1.Asn1);
  certificate.signature = sign("sha256", unsigned, issuer?.privateKey ?? keys.privateKey).toString("binary");
  return certificate;
}

/** The DER of a certificate. */
export function derOf(certificate: pki.Certificate): Buffer {
  return bytesOf(pki.certificateToAsn1(certificate));
}

/** The certificate that a DER holds. @throws Error for anything else. */
export function fromDer(der: Uint8Array): pki.Certificate {
  return pki.certificateFromAsn1(asn1.fromDer(Buffer.from(der).toString("binary")));
}

/** The DER of a structure. */
export function bytesOf(structure: asn1.Asn1): Buffer {
  return Buffer.from(asn1.toDer(structure).getBytes(), "binary");
}

/** RFC 5280 section 4.1.2.2: positive. 16 random bytes whose DER is 16 bytes long, as in certificates recorded from Exchange. */
function serialNumber(): string {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] as number) & 0x7f) | 0x01;
  return bytes.toString("hex");
}

function wholeSeconds(date: Date): Date {
  return new Date(Math.floor(date.getTime() / 1000) * 1000);
}
