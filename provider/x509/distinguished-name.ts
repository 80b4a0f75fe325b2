import type { Name, NameAttribute } from "./structure";

// The short forms that .NET's X500DistinguishedName writes; any other type is written OID.<identifier>.
const SHORT_FORMS: Record<string, string> = {
  "2.5.4.3": "CN",
  "2.5.4.4": "SN",
  "2.5.4.5": "SERIALNUMBER",
  "2.5.4.6": "C",
  "2.5.4.7": "L",
  "2.5.4.8": "S",
  "2.5.4.9": "STREET",
  "2.5.4.10": "O",
  "2.5.4.11": "OU",
  "2.5.4.12": "T",
  "2.5.4.42": "G",
  "2.5.4.43": "I",
  "0.9.2342.19200300.100.1.25": "DC",
  "1.2.840.113549.1.9.1": "E",
};

/** A name as .NET's `X509Certificate2.Subject` writes it: the last relative name first, `+` within one. */
export function distinguishedName(name: Name): string {
  return name
    .toReversed()
    .map((relative) => relative.map(writeAttribute).join(" + "))
    .join(", ");
}

function writeAttribute({ type, value }: NameAttribute): string {
  return `${SHORT_FORMS[type] ?? `OID.${type}`}=${quote(value)}`;
}

/** .NET quotes a value that holds a separator, a quote, or ASCII's white space at an end, and doubles quotes within. */
function quote(value: string): string {
  const needsQuotes = value === "" || /[,+="\n<>#;]/.test(value) || /^[\t-\r ]|[\t-\r ]$/.test(value);
  return needsQuotes ? `"${value.replaceAll('"', '""')}"` : value;
}
