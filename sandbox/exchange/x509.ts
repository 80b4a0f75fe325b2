import { X509Certificate } from "node:crypto";
import { asn1, type pki } from "node-forge";
import { bytesOf, derOf, fromDer, makeCertificate, makeKeys } from "../shared/x509/certificate";
import { formatDistinguishedName, type NamePart } from "../shared/x509/distinguished-name";
import type { StoredCertificate } from "./state";

// This file is loaded only by what makes certificates: node-forge costs the start of the process.

/** What a new self-signed certificate is to be like. */
export interface CertificateRequest {
  subject: NamePart[];
  /** Subject alternative names; none leaves the extension out. */
  domains: string[];
  /** Bits of the RSA key. */
  keySize: number;
  /** Upper-case hexadecimal; empty leaves the extension out. */
  subjectKeyIdentifier: string;
  notBefore: Date;
  notAfter: Date;
  /** Who makes it: Exchange, or the web management service of IIS. */
  maker: "exchange" | "webManagement";
}

/** What a certificate and its key are, without what a store adds. */
export type Minted = Omit<StoredCertificate, "privateKeyExportable" | "friendlyName" | "services">;

const SUBJECT_KEY_IDENTIFIER = "2.5.29.14";

/**
 * Makes an RSA key and a certificate that it signs itself, in the shape of those that Exchange's setup and
 * New-ExchangeCertificate make. Source: certificates recorded from Exchange 2016 and 2019: version 3, a serial number of
 * 16 bytes, sha256WithRSAEncryption, key usage critical (digital signature, key encipherment), extended key usage
 * serverAuth, basic constraints critical CA:FALSE, no authority key identifier.
 */
export async function mint(request: CertificateRequest): Promise<Minted> {
  const keys = await makeKeys(request.keySize);
  const certificate = makeCertificate({ ...request, extensions: extensions(request) }, keys);
  return mintedOf(derOf(certificate), keys.privateKey, certificate);
}

/** What the DER of a certificate, and the key that belongs to it, are. */
export function mintedOf(der: Buffer, privateKey: string | null, parsed?: pki.Certificate): Minted {
  const certificate = parsed ?? fromDer(der);
  const x509 = new X509Certificate(der);
  const subject = certificate.subject.attributes.map(({ shortName = "", value }) => ({
    type: shortName === "ST" ? "S" : shortName,
    value: String(value),
  }));
  return {
    thumbprint: x509.fingerprint.replaceAll(":", ""),
    rawData: der.toString("base64"),
    privateKey,
    subject: formatDistinguishedName(subject.reverse()),
    domains: (x509.subjectAltName ?? "")
      .split(", ")
      .filter((name) => name.startsWith("DNS:"))
      .map((name) => name.slice(4)),
    subjectKeyIdentifier: subjectKeyIdentifierOf(certificate),
    serialNumber: x509.serialNumber,
    keySize: x509.publicKey.asymmetricKeyDetails?.modulusLength ?? 0,
    notBefore: certificate.validity.notBefore.toISOString(),
    notAfter: certificate.validity.notAfter.toISOString(),
  };
}

function extensions({ maker, domains, subjectKeyIdentifier }: CertificateRequest): object[] {
  const serverAuth = { name: "extKeyUsage", serverAuth: true };
  if (maker === "webManagement") {
    const usage = { name: "keyUsage", digitalSignature: true, keyEncipherment: true, dataEncipherment: true };
    return [serverAuth, usage];
  }
  const list: object[] = [{ name: "keyUsage", critical: true, digitalSignature: true, keyEncipherment: true }];
  if (domains.length > 0) list.push({ name: "subjectAltName", altNames: domains.map((value) => ({ type: 2, value })) });
  list.push(serverAuth, { name: "basicConstraints", critical: true, cA: false });
  if (subjectKeyIdentifier !== "") {
    const octets = Buffer.from(subjectKeyIdentifier, "hex").toString("binary");
    const value = asn1.create(asn1.Class.UNIVERSAL, asn1.Type.OCTETSTRING, false, octets);
    list.push({ id: SUBJECT_KEY_IDENTIFIER, value: bytesOf(value).toString("binary") });
  }
  return list;
}

function subjectKeyIdentifierOf(certificate: pki.Certificate): string {
  const extension = certificate.extensions.find(({ id }) => id === SUBJECT_KEY_IDENTIFIER);
  if (!extension) return "";
  const octets = asn1.fromDer(extension.value as string).value as string;
  return Buffer.from(octets, "binary").toString("hex").toUpperCase();
}
