import * as asn1 from "node-forge/lib/asn1";

/** One attribute of a name: the object identifier of its type, and its text. */
export interface NameAttribute {
  type: string;
  value: string;
}

/** A name (RFC 5280, 4.1.2.4): its relative names in the order of the DER, each a set of attributes. */
export type Name = NameAttribute[][];

const SUBJECT_KEY_IDENTIFIER = "2.5.29.14";

/** What node:crypto does not give exactly: the serial number's octets, the subject's parts, the key identifier. */
export function readCertificate(der: Buffer): { serialNumber: string; subject: Name; subjectKeyIdentifier: string } {
  const [toBeSigned] = children(asn1.fromDer(der.toString("binary")));
  const fields = children(toBeSigned);
  // The version is there in every certificate of version 3, as context tag 0; without it the serial number is first.
  const start = fields[0]?.tagClass === asn1.Class.CONTEXT_SPECIFIC ? 1 : 0;
  return {
    serialNumber: hex(fields[start]),
    subject: children(fields[start + 4]).map((relative) => children(relative).map(readAttribute)),
    subjectKeyIdentifier: subjectKeyIdentifier(fields.slice(start + 6)),
  };
}

function readAttribute(attribute: asn1.Asn1): NameAttribute {
  const [type, value] = children(attribute);
  if (!type || !value) throw new Error("a name in the certificate has an attribute without type or value");
  return { type: asn1.derToOid(octets(type)), value: text(value) };
}

/** UTF8String and BMPString have encodings of their own; the other string types are read byte by byte. */
function text(value: asn1.Asn1): string {
  const bytes = Buffer.from(octets(value), "binary");
  if (value.type === asn1.Type.UTF8) return bytes.toString("utf8");
  if (value.type === asn1.Type.BMPSTRING) return bytes.swap16().toString("utf16le");
  return bytes.toString("latin1");
}

function subjectKeyIdentifier(optionalFields: asn1.Asn1[]): string {
  // Extensions are context tag 3 (RFC 5280, 4.1); tags 1 and 2 are unique identifiers.
  const tagged = optionalFields.find((field) => field.tagClass === asn1.Class.CONTEXT_SPECIFIC && field.type === 3);
  const extensions = tagged ? children(children(tagged)[0]) : [];
  for (const extension of extensions) {
    const [type, ...rest] = children(extension);
    if (!type || asn1.derToOid(octets(type)) !== SUBJECT_KEY_IDENTIFIER) continue;
    return hex(asn1.fromDer(octets(rest.at(-1))));
  }
  return "";
}

function children(value: asn1.Asn1 | undefined): asn1.Asn1[] {
  if (!value || !Array.isArray(value.value)) throw new Error("the certificate's structure is not that of RFC 5280");
  return value.value;
}

function octets(value: asn1.Asn1 | undefined): string {
  if (value && typeof value.value === "string") return value.value;
  throw new Error("the certificate's structure is not that of RFC 5280");
}

function hex(value: asn1.Asn1 | undefined): string {
  return Buffer.from(octets(value), "binary").toString("hex").toUpperCase();
}
