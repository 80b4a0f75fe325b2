import { generateKeyPairSync } from "node:crypto";
import { asn1 } from "node-forge";

const { Class, Type } = asn1;

/** One attribute of a name: its object identifier, the string type it is written as, and its octets. */
export interface Attribute {
  oid: string;
  type: asn1.Type;
  octets: string;
}

/** An attribute whose text is ASCII, as Exchange writes it. */
export function attribute(oid: string, text: string, type = Type.PRINTABLESTRING): Attribute {
  return { oid, type, octets: text };
}

/** What a test wants of a certificate; the rest is that of setup's auth certificate. */
export interface CertificateParts {
  /** The octets of the serial number's INTEGER, in hexadecimal. */
  serial?: string;
  /** Relative names in the order of the DER. */
  subject?: Attribute[][];
  /** Hexadecimal; absent for none. */
  subjectKeyIdentifier?: string;
  /** SubjectPublicKeyInfo as DER. */
  publicKey?: Buffer;
  notBefore?: string;
  notAfter?: string;
  /** A certificate of version 1 names no version and has no extensions. */
  version1?: boolean;
}

/** The SubjectPublicKeyInfo of a new RSA key. */
export function rsaKey(bits: number): Buffer {
  return generateKeyPairSync("rsa", { modulusLength: bits }).publicKey.export({ type: "spki", format: "der" });
}

/** The SubjectPublicKeyInfo of a new key on the curve P-256. */
export function ecKey(): Buffer {
  return generateKeyPairSync("ec", { namedCurve: "P-256" }).publicKey.export({ type: "spki", format: "der" });
}

const COMMON_NAME = "2.5.4.3";
const SUBJECT = [[attribute(COMMON_NAME, "Microsoft Exchange Server Auth Certificate")]];
let usualKey: Buffer | undefined;

/** A certificate with a signature that nobody checks, octet for octet as asked: forge and OpenSSL would tidy it up. */
export function certificateDer(parts: CertificateParts = {}): Buffer {
  const name = nameOf(parts.subject ?? SUBJECT);
  usualKey ??= rsaKey(2048);
  const version = asn1.create(Class.CONTEXT_SPECIFIC, 0, true, [primitive(Type.INTEGER, "\x02")]);
  const toBeSigned = sequence([
    ...(parts.version1 ? [] : [version]),
    primitive(Type.INTEGER, binary(parts.serial ?? "1d9e0ed24826a397480cb16669f1b57d")),
    signatureAlgorithm(),
    name,
    sequence([time(parts.notBefore ?? "230105090448Z"), time(parts.notAfter ?? "280105090448Z")]),
    name,
    asn1.fromDer((parts.publicKey ?? usualKey).toString("binary")),
    ...(parts.version1 ? [] : [extensions(parts.subjectKeyIdentifier)]),
  ]);
  const certificate = sequence([toBeSigned, signatureAlgorithm(), primitive(Type.BITSTRING, "\x00signature")]);
  return Buffer.from(asn1.toDer(certificate).getBytes(), "binary");
}

function nameOf(relativeNames: Attribute[][]): asn1.Asn1 {
  return sequence(
    relativeNames.map((attributes) =>
      asn1.create(
        Class.UNIVERSAL,
        Type.SET,
        true,
        attributes.map(({ oid, type, octets }) => sequence([identifier(oid), primitive(type, octets)])),
      ),
    ),
  );
}

/** Basic constraints, as every certificate of Exchange has them, and the key identifier where one is asked for. */
function extensions(subjectKeyIdentifier: string | undefined): asn1.Asn1 {
  const basicConstraints = sequence([
    identifier("2.5.29.19"),
    primitive(Type.BOOLEAN, "\xff"),
    primitive(Type.OCTETSTRING, "\x30\x00"),
  ]);
  const keyIdentifier =
    subjectKeyIdentifier === undefined
      ? []
      : [sequence([identifier("2.5.29.14"), wrapped(primitive(Type.OCTETSTRING, binary(subjectKeyIdentifier)))])];
  return asn1.create(Class.CONTEXT_SPECIFIC, 3, true, [sequence([basicConstraints, ...keyIdentifier])]);
}

function wrapped(value: asn1.Asn1): asn1.Asn1 {
  return primitive(Type.OCTETSTRING, asn1.toDer(value).getBytes());
}

function signatureAlgorithm(): asn1.Asn1 {
  return sequence([identifier("1.2.840.113549.1.1.11"), primitive(Type.NULL, "")]);
}

/** UTCTime has two digits for the year, GeneralizedTime four (RFC 5280, 4.1.2.5). */
function time(text: string): asn1.Asn1 {
  return primitive(text.length === 13 ? Type.UTCTIME : Type.GENERALIZEDTIME, text);
}

function identifier(oid: string): asn1.Asn1 {
  return primitive(Type.OID, asn1.oidToDer(oid).getBytes());
}

function sequence(values: asn1.Asn1[]): asn1.Asn1 {
  return asn1.create(Class.UNIVERSAL, Type.SEQUENCE, true, values);
}

function primitive(type: asn1.Type, octets: string): asn1.Asn1 {
  return asn1.create(Class.UNIVERSAL, type, false, octets);
}

function binary(hexadecimal: string): string {
  return Buffer.from(hexadecimal, "hex").toString("binary");
}
