import { z } from "zod";

/** A string that is not empty. */
export const text = z.string().min(1, "a string that is not empty");

/** A whole number of 0 or more. */
export const whole = z.int().min(0, "a whole number of 0 or more");

/** A date that JavaScript reads. */
export const DATE = z
  .string()
  .refine((value) => !Number.isNaN(Date.parse(value)), "a date such as 2026-01-31T12:00:00Z");

/** What a JSON value of a type is called in messages. */
const TYPES: Record<string, string> = {
  string: "a string",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  record: "an object",
};

/** How much of a wrong value is shown, in characters. */
const LONGEST = 80;

/**
 * The first difference between what a user wrote and a schema, in a line that names the key and shows the wrong value;
 * undefined where there is none. A check's own message in the schema completes `"servers[0].build" is "15.2", not …`.
 */
export function firstProblemShown(value: unknown, schema: z.ZodType): string | undefined {
  return firstProblemOf(value, schema, (wrong) => `is ${shown(wrong)}, not`);
}

/** The same for a state, whose values are not shown: it holds private keys. */
export function firstProblem(value: unknown, schema: z.ZodType): string | undefined {
  return firstProblemOf(value, schema, () => "is not");
}

function firstProblemOf(value: unknown, schema: z.ZodType, isNot: (wrong: unknown) => string): string | undefined {
  const issue = schema.safeParse(value, { reportInput: true }).error?.issues[0];
  if (issue === undefined) return undefined;
  if (issue.code === "unrecognized_keys") return `${nameOf([...issue.path, issue.keys[0] ?? ""])} is not a known key`;
  const name = nameOf(issue.path);
  if (issue.input === undefined) return `${name} is missing`;
  return `${name} ${isNot(issue.input)} ${expected(issue)}`;
}

function expected(issue: z.core.$ZodIssue): string {
  if (issue.code === "invalid_type") return TYPES[issue.expected] ?? issue.expected;
  if (issue.code !== "invalid_value") return issue.message;
  const values = issue.values.map(String);
  return values.length === 1 ? String(values[0]) : `one of ${values.join(", ")}`;
}

function shown(wrong: unknown): string {
  const json = JSON.stringify(wrong);
  return json.length > LONGEST ? `${json.slice(0, LONGEST)}…` : json;
}

function nameOf(path: readonly PropertyKey[]): string {
  if (path.length === 0) return "it";
  const [first, ...rest] = path.map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`));
  return `"${first?.replace(/^\./, "")}${rest.join("")}"`;
}
