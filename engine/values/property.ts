// The values that travel between program, engine and providers, in the form that Pulumi itself uses on the wire and in
// state: JSON, where a secret, a resource reference or an output value is an object with a signature and an unknown
// value is one reserved string (facts of the wire: recorded with Pulumi CLI 3.248.0, engine/test/golden/grpc-*.json).

/** A value of a resource, as it is on the wire and in the state. */
export type PropertyValue = null | boolean | number | string | PropertyValue[] | { [key: string]: PropertyValue };
export type PropertyMap = { [key: string]: PropertyValue };

export const SIGNATURE = "4dabf18193072939515e22adb298388d";
export const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const OUTPUT_VALUE = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
const RESOURCE_REFERENCE = "5cf8f73096256a8f31e491e813e4eb8e";

/** The text that stands for a value which is not known before an update. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export const isObject = (value: PropertyValue | undefined): value is PropertyMap =>
  value !== null && typeof value === "object" && !Array.isArray(value);

/** Whether the value is a secret itself; what is inside it does not matter. */
export const isSecret = (value: PropertyValue | undefined): value is PropertyMap =>
  isObject(value) && value[SIGNATURE] === SECRET;

export const secret = (value: PropertyValue): PropertyMap => ({ [SIGNATURE]: SECRET, value });

/** What a secret holds; the value itself if it is none. */
export const reveal = (value: PropertyValue): PropertyValue => (isSecret(value) ? (value.value ?? null) : value);

/** Rebuilds a value from its leaves up to the first inner value that `change` answers for. */
export function rebuild(
  value: PropertyValue,
  change: (inner: PropertyValue) => PropertyValue | undefined,
): PropertyValue {
  const changed = change(value);
  if (changed !== undefined) return changed;
  if (Array.isArray(value)) return value.map((inner) => rebuild(inner, change));
  return isObject(value) ? rebuildMap(value, change) : value;
}

/** `rebuild` for the properties of a map. */
export function rebuildMap(map: PropertyMap, change: (inner: PropertyValue) => PropertyValue | undefined): PropertyMap {
  return Object.fromEntries(Object.entries(map).map(([key, inner]) => [key, rebuild(inner, change)]));
}

/** Whether the value is a secret or holds one at any depth. */
export function containsSecret(value: PropertyValue): boolean {
  return some(value, isSecret);
}

/** Whether the value is unknown or holds an unknown one at any depth. */
export function containsUnknown(value: PropertyValue): boolean {
  return some(value, (inner) => inner === UNKNOWN);
}

function some(value: PropertyValue, test: (inner: PropertyValue) => boolean): boolean {
  if (test(value)) return true;
  if (Array.isArray(value)) return value.some((inner) => some(inner, test));
  return isObject(value) && Object.values(value).some((inner) => some(inner, test));
}

/** A map in which every secret has become its clear value. */
export function withoutSecrets(map: PropertyMap): PropertyMap {
  return rebuildMap(map, clear);
}

function clear(value: PropertyValue): PropertyValue | undefined {
  return isSecret(value) ? rebuild(reveal(value), clear) : undefined;
}

/** A map without what is not known: properties and elements that are unknown are left out. */
export function withoutUnknowns(map: PropertyMap): PropertyMap {
  const isKnown = (value: PropertyValue) => reveal(value) !== UNKNOWN;
  const known = (value: PropertyValue): PropertyValue => {
    if (isSecret(value)) return secret(known(reveal(value)));
    if (Array.isArray(value)) return value.filter(isKnown).map(known);
    return isObject(value) ? withoutUnknowns(value) : value;
  };
  const entries = Object.entries(map).filter(([, value]) => isKnown(value));
  return Object.fromEntries(entries.map(([key, value]) => [key, known(value)]));
}

/** A map in which every reference to a resource has become its id, or its URN where it has no id. */
export function withoutReferences(map: PropertyMap): PropertyMap {
  return rebuildMap(map, (inner) => {
    if (!isObject(inner) || inner[SIGNATURE] !== RESOURCE_REFERENCE) return undefined;
    return inner.id ? inner.id : (inner.urn ?? null);
  });
}

/** A map in which output values have become what they hold: unknown, a secret, or the plain value. */
export function withoutOutputValues(map: PropertyMap): PropertyMap {
  const change = (inner: PropertyValue): PropertyValue | undefined => {
    if (!isObject(inner) || inner[SIGNATURE] !== OUTPUT_VALUE) return undefined;
    const value = inner.value === undefined ? UNKNOWN : rebuild(inner.value, change);
    return inner.secret === true ? secret(value) : value;
  };
  return rebuildMap(map, change);
}

/**
 * Marks those properties of `outputs` as secret that are secrets in `inputs` or are named by `names`; the engine does so
 * because most providers hand back clear values (recorded: engine/test/golden/grpc-secrets-up.json).
 */
export function markSecrets(outputs: PropertyMap, inputs: PropertyMap, names: readonly string[]): PropertyMap {
  const isMarked = (key: string) => names.includes(key) || isSecret(inputs[key]);
  return Object.fromEntries(
    Object.entries(outputs).map(([key, value]) => {
      if (isSecret(value)) return [key, value];
      if (isMarked(key)) return [key, secret(rebuild(value, clear))];
      const input = inputs[key];
      return [key, input === undefined ? value : markInner(value, input)];
    }),
  );
}

function markInner(value: PropertyValue, input: PropertyValue): PropertyValue {
  if (isSecret(value)) return value;
  if (isSecret(input)) return secret(value);
  if (Array.isArray(value) && Array.isArray(input)) {
    return value.map((inner, index) => (index < input.length ? markInner(inner, input[index] ?? null) : inner));
  }
  return isObject(value) && isObject(input) ? markSecrets(value, input, []) : value;
}

/** Whether two values are the same; the order of keys does not matter, a secret differs from its clear value. */
export function equal(one: PropertyValue | undefined, other: PropertyValue | undefined): boolean {
  if (one === other) return true;
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((inner, index) => equal(inner, other[index]));
  }
  if (!isObject(one) || !isObject(other)) return false;
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length && keys.every((key) => key in other && equal(one[key], other[key]));
}
