import { createPrivateKey } from "node:crypto";
import { asn1, pkcs12, pki } from "node-forge";
import { bytesOf, derOf, fromDer } from "./certificate";

/** A certificate as DER, with its key where it has one: PKCS#8 PEM. */
export interface KeyedCertificate {
  der: Buffer;
  privateKey: string | null;
}

/** The certificate, and its key if it has one, as PKCS#12 under the password. */
export function exportPkcs12({ der, privateKey }: KeyedCertificate, password: string | null): Buffer {
  const key = privateKey === null ? null : pki.privateKeyFromPem(privateKey);
  // 3DES, as Windows' PFX export uses where nothing else is asked for.
  return bytesOf(pkcs12.toPkcs12Asn1(key, [fromDer(der)], password, { algorithm: "3des" }));
}

/**
 * What a PKCS#12 file, or the DER or PEM of a certificate alone, holds.
 * @returns undefined for anything else, or under a wrong password.
 */
export function importPkcs12(file: Uint8Array, password: string | null): KeyedCertificate | undefined {
  const alone = certificateAlone(file);
  if (alone) return { der: alone, privateKey: null };
  try {
    const contents = pkcs12.pkcs12FromAsn1(
      asn1.fromDer(Buffer.from(file).toString("binary")),
      true,
      password ?? undefined,
    );
    const certificate = bag(contents, pki.oids.certBag)?.cert;
    const key = (bag(contents, pki.oids.pkcs8ShroudedKeyBag) ?? bag(contents, pki.oids.keyBag))?.key;
    if (!certificate) return undefined;
    return { der: derOf(certificate), privateKey: key ? pkcs8(pki.privateKeyToPem(key)) : null };
  } catch {
    // forge has no error classes: whatever it throws, the file does not open under this password.
    return undefined;
  }
}

function certificateAlone(file: Uint8Array): Buffer | undefined {
  try {
    fromDer(file);
    return Buffer.from(file);
  } catch {
    return undefined;
  }
}

function bag(contents: pkcs12.Pkcs12Pfx, type: string | undefined): pkcs12.Bag | undefined {
  return type === undefined ? undefined : contents.getBags({ bagType: type })[type]?.[0];
}

/** One form for every key of the state. */
function pkcs8(pem: string): string {
  return createPrivateKey(pem).export({ type: "pkcs8", format: "pem" }).toString();
}
