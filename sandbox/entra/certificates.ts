import { pki } from "node-forge";
import { makeCertificate, makeKeys } from "../shared/x509/certificate";

/** What the tenant shows to its clients, all PEM. */
export interface ServerCertificates {
  /** The small authority that clients are told to trust. Its key is thrown away once it has signed. */
  authority: string;
  /** The leaf, for `localhost` and `127.0.0.1`. */
  certificate: string;
  /** The leaf's private key (PKCS#8). */
  key: string;
}

// Certificates begin an hour early, for clients whose clock is behind.
const HEAD_START_MILLISECONDS = 3_600_000;
const DAY_MILLISECONDS = 86_400_000;

/**
 * An authority and a leaf of its own for loopback, valid from now for 800 days: Apple's verifier, which Go uses on
 * macOS, refuses leaves of more than 825 days.
 */
export async function issueServerCertificates(): Promise<ServerCertificates> {
  const [authorityKeys, leafKeys] = await Promise.all([makeKeys(2048), makeKeys(2048)]);
  const validity = {
    notBefore: new Date(Date.now() - HEAD_START_MILLISECONDS),
    notAfter: new Date(Date.now() + 800 * DAY_MILLISECONDS),
  };
  const authority = makeCertificate(
    {
      subject: [{ type: "CN", value: "Exchange sandbox authority" }],
      ...validity,
      extensions: [
        { name: "basicConstraints", cA: true, pathLenConstraint: 0, critical: true },
        { name: "keyUsage", keyCertSign: true, cRLSign: true, critical: true },
        { name: "subjectKeyIdentifier" },
      ],
    },
    authorityKeys,
  );
  const leaf = makeCertificate(
    {
      subject: [{ type: "CN", value: "localhost" }],
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
    leafKeys,
    { certificate: authority, privateKey: authorityKeys.privateKey },
  );
  return { authority: pem(authority), certificate: pem(leaf), key: leafKeys.privateKey };
}

function pem(certificate: pki.Certificate): string {
  return pki.certificateToPem(certificate).replaceAll("\r\n", "\n");
}
