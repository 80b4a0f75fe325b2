import { isGuid } from "../exchange/properties";
import { nearest } from "../nearest";

/** The engine's text for a value that is not yet known in a preview (@pulumi/pulumi `runtime.unknownValue`). */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Where Pulumi keeps a dynamic resource's provider among its arguments. */
const PROVIDER = "__provider";

/** One wrong argument, in the form that Pulumi prints. */
export interface Failure {
  property: string;
  reason: string;
}

/** What an argument must be. */
export interface Field {
  /** Why the value is wrong, with an example of a right one; undefined when it is right. */
  reason(value: unknown): string | undefined;
  /** Taken when the argument is absent. */
  default?: unknown;
  /** Absent is a failure. */
  required?: boolean;
  /** What to do in place of changing it: it is what the object is, so another value is another object. */
  fixed?: string;
}

/** Applies defaults and finds what is wrong. Unknown values are passed over: they are checked when they are known. */
export function checkFields(
  fields: Record<string, Field>,
  news: Record<string, unknown>,
): { inputs: Record<string, unknown>; failures: Failure[] } {
  const inputs: Record<string, unknown> = {};
  const failures: Failure[] = [];
  for (const [property, field] of Object.entries(fields)) {
    const value = news[property] ?? field.default;
    if (value !== undefined) inputs[property] = value;
    const missing = value === undefined && field.required === true;
    const checked = missing || (value !== undefined && value !== UNKNOWN);
    const reason = checked ? field.reason(value) : undefined;
    if (reason) failures.push({ property, reason: missing ? `it is required: ${reason}` : reason });
  }
  return { inputs, failures: [...failures, ...unknownArguments(fields, news)] };
}

/**
 * Arguments that cannot change and have.
 * @param olds the arguments of the deployed resource.
 */
export function fixedFailures(
  fields: Record<string, Field>,
  olds: Record<string, unknown>,
  inputs: Record<string, unknown>,
): Failure[] {
  return Object.entries(fields).flatMap(([property, { fixed }]) => {
    const [former, wanted] = [olds[property], inputs[property]];
    if (fixed === undefined || wanted === UNKNOWN || former === wanted) return [];
    return [{ property, reason: `it is ${former ?? "left out"} in the state and cannot change: ${fixed}` }];
  });
}

/** TypeScript refuses an unknown argument, but not in a spread or an untyped program. */
function unknownArguments(fields: Record<string, Field>, news: Record<string, unknown>): Failure[] {
  const known = Object.keys(fields);
  return Object.entries(news)
    .filter(([name, value]) => (value ?? undefined) !== undefined && name !== PROVIDER && !known.includes(name))
    .map(([name]) => ({ property: name, reason: `unknown argument (did you mean ${nearest(name, known)}?)` }));
}

const LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
const DOMAIN = new RegExp(`^${LABEL}(\\.${LABEL})+$`, "i");

/** A DNS name of two or more labels. */
export const domain = (example: string): Field => ({
  reason: (value) =>
    typeof value === "string" && value.length <= 253 && DOMAIN.test(value)
      ? undefined
      : `it must be a domain name, such as ${example}`,
});

/** An https URL without white space, a user name, a password or a fragment. */
export const httpsUrl = (example: string): Field => ({
  reason: (value) => (isHttpsUrl(value) ? undefined : `it must be an https URL, such as ${example}`),
});

/** A guid with its hyphens. */
export const guid: Field = {
  reason: (value) => (isGuid(value) ? undefined : "it must be a guid, such as 11111111-2222-3333-4444-555555555555"),
};

/** Text of a bounded length on one line. */
export const line = (most: number, example: string): Field => ({
  reason: (value) =>
    typeof value === "string" && value.trim() !== "" && value.length <= most && !hasControlCharacter(value)
      ? undefined
      : `it must be text of 1 to ${most} characters on one line, such as "${example}"`,
});

/** One of a few values. */
export const oneOf = (...values: (string | number)[]): Field => ({
  reason: (value) =>
    values.includes(value as string | number)
      ? undefined
      : `it must be ${values.slice(0, -1).join(", ")} or ${values.at(-1)}`,
});

/** A whole number of something. */
export const wholeNumber = (least: number, most: number, what: string): Field => ({
  reason: (value) =>
    typeof value === "number" && Number.isInteger(value) && value >= least && value <= most
      ? undefined
      : `it must be a whole number (${what}) from ${least} to ${most}`,
});

/** true or false. */
export const truth: Field = {
  reason: (value) => (typeof value === "boolean" ? undefined : "it must be true or false"),
};

/** Names of servers. */
export const serverNames: Field = {
  default: [],
  reason: (value) =>
    Array.isArray(value) && value.every((name) => typeof name === "string" && name !== "")
      ? undefined
      : 'it must be a list of server names, such as ["MBX3"]',
};

/** The arguments that every resource takes. */
export const COMMON_FIELDS: Record<string, Field> = {
  expectedOrganizationId: guid,
  domainController: domain("dc1.contoso.example"),
  timeoutSeconds: {
    reason: (value) =>
      typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= 3600
        ? undefined
        : "it must be a whole number of seconds from 1 to 3600, such as 300",
  },
};

function isHttpsUrl(value: unknown): boolean {
  // A URL parser passes over white space and line ends, and Exchange would be given them.
  if (typeof value !== "string" || /\s/.test(value) || !URL.canParse(value)) return false;
  const { protocol, username, password, hash } = new URL(value);
  return protocol === "https:" && username === "" && password === "" && hash === "";
}

function hasControlCharacter(text: string): boolean {
  return [...text].some((character) => character < " " || character === "\u007f");
}
