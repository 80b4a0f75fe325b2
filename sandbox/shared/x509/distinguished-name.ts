/** One part of a name, such as `CN` with its value. */
export interface NamePart {
  type: string;
  value: string;
}

/** The types that forge writes, by .NET's short forms. */
export const SHORT_NAMES: Record<string, string> = {
  CN: "commonName",
  OU: "organizationalUnitName",
  O: "organizationName",
  L: "localityName",
  S: "stateOrProvinceName",
  C: "countryName",
  E: "emailAddress",
};

/**
 * The parts of a subject as Windows' X500DistinguishedName reads it: `CN=mail.contoso.example, O="Contoso, Ltd"`.
 * @returns undefined for a text that is not a name, or that has a type this sandbox cannot write.
 */
export function parseDistinguishedName(text: string): NamePart[] | undefined {
  const parts: NamePart[] = [];
  const pattern = /\s*([A-Za-z]+)\s*=\s*("(?:[^"]|"")*"|[^,+="<>#;]*)\s*(?:,(?=\s*\S)|$)/y;
  while (pattern.lastIndex < text.length) {
    const match = pattern.exec(text);
    const type = match?.[1]?.toUpperCase() ?? "";
    if (!match || !(type in SHORT_NAMES)) return undefined;
    const value = (match[2] ?? "").trim();
    parts.push({ type, value: value.startsWith('"') ? value.slice(1, -1).replaceAll('""', '"') : value });
  }
  return parts.length > 0 && parts.every((part) => part.value !== "") ? parts : undefined;
}

/** The parts as .NET's X509Certificate2.Subject prints them. */
export function formatDistinguishedName(parts: NamePart[]): string {
  const quoted = (value: string) => (/[,+="<>#;]|^\s|\s$/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
  return parts.map(({ type, value }) => `${type}=${quoted(value)}`).join(", ");
}
