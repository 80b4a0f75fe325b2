import type { Properties } from "../powershell/protocol";
import { type Certificate, parseCertificate, thumbprintOf } from "../x509/certificate";
import { type Known, knownTruthOf, textOf, thumbprintIn } from "./properties";

/** A certificate in one server's store. Over the endpoint only RawData travels, so the key's state is unknown there. */
export interface StoredCertificate extends Certificate {
  privateKey: Known;
  exportable: Known;
}

/**
 * A server may list what we cannot read and Exchange can. It is there all the same, so its thumbprint takes the
 * certificate's place: a certificate that is not seen must not pass for one that is gone.
 */
export function readCertificate(object: Properties): StoredCertificate | string {
  const { RawData } = object;
  if (!(RawData instanceof Uint8Array)) return thumbprintIn(textOf(object, "Thumbprint")) ?? "";
  try {
    return {
      ...parseCertificate(RawData),
      privateKey: knownTruthOf(object, "HasPrivateKey"),
      exportable: knownTruthOf(object, "PrivateKeyExportable"),
    };
  } catch {
    return thumbprintOf(RawData) ?? "";
  }
}
