import { type Properties, secret, UNKNOWN } from "./wire";

/** The resource's properties, as the real provider's schema has them: every one replaces. */
const PROPERTIES = [
  "encoding",
  "endDate",
  "endDateRelative",
  "keyId",
  "servicePrincipalId",
  "startDate",
  "type",
  "value",
] as const;

// Left out by the program, these are filled in by the provider or by Graph, and never make a difference.
const COMPUTED: readonly string[] = ["endDate", "keyId", "startDate"];

const GUID = "[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}";
const RFC3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/;

/** The resource's id: `<object id of the principal>/certificate/<key id>`. */
export interface CertificateId {
  objectId: string;
  keyId: string;
}

/** @throws Error where the text is no such id. */
export function parseCertificateId(id: string): CertificateId {
  const [, objectId, keyId] = new RegExp(`^(${GUID})/certificate/(${GUID})$`).exec(id) ?? [];
  if (objectId === undefined || keyId === undefined) {
    throw new Error(
      `Parsing certificate credential with ID "${id}": it must have the form <object id>/certificate/<key id>`,
    );
  }
  return { objectId, keyId };
}

/** The inverse of {@link parseCertificateId}. */
export function formatCertificateId({ objectId, keyId }: CertificateId): string {
  return `${objectId}/certificate/${keyId}`;
}

/** The object id within `/servicePrincipals/<object id>`. */
export function principalOf(servicePrincipalId: string): string | undefined {
  return /^\/servicePrincipals\/([^/]+)$/.exec(servicePrincipalId)?.[1];
}

/**
 * Check: the inputs with their defaults, and what is wrong with them. Unknown values are passed over.
 * Source: engine/test/golden/azuread for sound inputs; the schema of the azuread provider and the wording of its bridge for
 * the failures.
 */
export function checkCertificate(name: string, news: Properties): { inputs: Properties; failures: string[] } {
  const given = Object.entries(news).filter(([property]) => !property.startsWith("__"));
  const failures = [
    ...["servicePrincipalId", "value"]
      .filter((property) => news[property] === undefined)
      .map((property) => [property, missing(property)] as const),
    ...given.map(([property, value]) => [property, reasonAgainst(property, value)] as const),
  ].flatMap(([property, reason]) =>
    reason === undefined ? [] : [`${reason}. Examine values at '${name}.${property}'.`],
  );
  const defaults = news.encoding === undefined ? { encoding: "pem" } : {};
  const inputs = { __defaults: Object.keys(defaults), ...defaults, ...Object.fromEntries(given) };
  return { inputs: concealed(inputs), failures };
}

/** The `value` is a secret in every answer. */
export function concealed(properties: Properties): Properties {
  return properties.value === undefined ? properties : { ...properties, value: secret(properties.value) };
}

function missing(property: string): string {
  return `Missing required argument. The argument "${schemaName(property)}" is required, but no definition was found.`;
}

function reasonAgainst(property: string, value: unknown): string | undefined {
  if (!PROPERTIES.includes(property as (typeof PROPERTIES)[number])) return "Invalid or unknown key";
  if (value === UNKNOWN) return undefined;
  if (typeof value !== "string") return `expected type of "${schemaName(property)}" to be string`;
  switch (property) {
    case "encoding":
      return oneOf(property, ["base64", "hex", "pem"], value);
    case "type":
      return oneOf(property, ["AsymmetricX509Cert", "X509CertAndPassword"], value);
    case "keyId":
      return new RegExp(`^${GUID}$`).test(value) ? undefined : `expected "key_id" to be a valid UUID, got ${value}`;
    case "startDate":
    case "endDate":
      return RFC3339.test(value)
        ? undefined
        : `expected "${schemaName(property)}" to be a valid RFC3339 date, got "${value}"`;
    case "servicePrincipalId":
      return principalOf(value) === undefined
        ? `parsing "${value}": it must have the form /servicePrincipals/<object id>`
        : undefined;
    case "endDateRelative":
      // Deprecated there, and it fails whenever startDate is given as well.
      return "The sandbox's azuread provider does not offer endDateRelative; give endDate, or leave both out";
    default:
      return undefined;
  }
}

function oneOf(property: string, allowed: string[], value: string): string | undefined {
  const quoted = allowed.map((word) => `"${word}"`).join(" ");
  return allowed.includes(value) ? undefined : `expected ${property} to be one of [${quoted}], got ${value}`;
}

/** Messages of the real provider call a property by its name in the underlying schema. */
function schemaName(property: string): string {
  return property.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** How a property differs, in the words of Pulumi's PropertyDiff. */
export type Difference = "ADD_REPLACE" | "DELETE_REPLACE" | "UPDATE_REPLACE";

/**
 * Diff: the properties that differ, each a reason to replace, and those that do not. Values are compared as text, dates
 * and certificates too.
 * Source: engine/test/golden/azuread for none and for a changed value; the bridge's source for added and removed ones.
 */
export function diffCertificate(
  olds: Properties,
  news: Properties,
): { differences: Map<string, Difference>; stables: string[] } {
  const differences = new Map<string, Difference>();
  for (const property of PROPERTIES) {
    const difference = compare(property, olds[property], news[property]);
    if (difference !== undefined) differences.set(property, difference);
  }
  return { differences, stables: PROPERTIES.filter((property) => !differences.has(property)) };
}

function compare(property: string, old: unknown, wanted: unknown): Difference | undefined {
  if (wanted === undefined) return old === undefined || COMPUTED.includes(property) ? undefined : "DELETE_REPLACE";
  if (old === undefined) return "ADD_REPLACE";
  return old === wanted ? undefined : "UPDATE_REPLACE";
}
