import { generateKeyPair, randomBytes } from "node:crypto";
import { promisify } from "node:util";
import forge from "node-forge";

const generateKeys = promisify(generateKeyPair);

/** What the tenant shows to its clients, all PEM. */
export interface ServerCertificates {
  /** The small authority that clients are told to trust. Its key is thrown away once it has signed. */
  authority: string;
  /** The leaf, for `localhost` and `127.0.0.1`. */
  certificate: string;
  /** The leaf's private key (PKCS#8). */
  key: string;
}

interface Subject {
  commonName: string;
  notBefore: Date;
  notAfter: Date;
  extensions: object[];
}

interface Keys {
  publicKey: string;
  privateKey: string;
}

// Certificates begin an hour early, for clients whose clock is behind.
const HEAD_START_MILLISECONDS = 3_600_000;
const DAY_MILLISECONDS = 86_400_000;

/**
 * An authority and a leaf of its own for loopback, valid from now for 800 days: Apple's verifier, which Go uses on
 * macOS, refuses leaves of more than 825 days.
 */
export async function issueServerCertificates(): Promise<ServerCertificates> {
  const [authorityKeys, leafKeys] = await Promise.all([rsaKeys(), rsaKeys()]);
  const validity = {
    notBefore: new Date(Date.now() - HEAD_START_MILLISECONDS),
    notAfter: new Date(Date.now() + 800 * DAY_MILLISECONDS),
  };
  const authority = sign(
    {
      commonName: "Exchange sandbox authority",
      ...validity,
      extensions: [
        { name: "basicConstraints", cA: true, pathLenConstraint: 0, critical: true },
        { name: "keyUsage", keyCertSign: true, cRLSign: true, critical: true },
        { name: "subjectKeyIdentifier" },
      ],
    },
    authorityKeys.publicKey,
    { keys: authorityKeys },
  );
  const leaf = sign(
    {
      commonName: "localhost",
      ...validity,
      extensions: [
        { name: "basicConstraints", cA: false, critical: true },
        { name: "keyUsage", digitalSignature: true, keyEncipherment: true, critical: true },
        { name: "extKeyUsage", serverAuth: true },
        {
          name: "subjectAltName",
          altNames: [
            { type: 2, value: "localhost" },
            { type: 7, ip: "127.0.0.1" },
          ],
        },
        { name: "subjectKeyIdentifier" },
        { name: "authorityKeyIdentifier", keyIdentifier: authority.generateSubjectKeyIdentifier().getBytes() },
      ],
    },
    leafKeys.publicKey,
    { keys: authorityKeys, certificate: authority },
  );
  return {
    authority: forge.pki.certificateToPem(authority).replaceAll("\r\n", "\n"),
    certificate: forge.pki.certificateToPem(leaf).replaceAll("\r\n", "\n"),
    key: leafKeys.privateKey,
  };
}

// node:crypto, since node-forge takes seconds for a key.
function rsaKeys(): Promise<Keys> {
  return generateKeys("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
}

function sign(
  subject: Subject,
  publicKey: string,
  issuer: { keys: Keys; certificate?: forge.pki.Certificate },
): forge.pki.Certificate {
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forge.pki.publicKeyFromPem(publicKey);
  certificate.serialNumber = positiveSerialNumber();
  certificate.validity.notBefore = subject.notBefore;
  certificate.validity.notAfter = subject.notAfter;
  certificate.setSubject([{ name: "commonName", value: subject.commonName }]);
  certificate.setIssuer((issuer.certificate ?? certificate).subject.attributes);
  certificate.setExtensions(subject.extensions);
  certificate.sign(forge.pki.privateKeyFromPem(issuer.keys.privateKey), forge.md.sha256.create());
  return certificate;
}

/** RFC 5280 section 4.1.2.2: positive, and at most 20 octets. */
function positiveSerialNumber(): string {
  const serialNumber = randomBytes(16);
  serialNumber.writeUInt8((serialNumber.readUInt8(0) & 0x3f) | 0x40, 0);
  return serialNumber.toString("hex");
}
