import { z } from "zod";

/** A text of one character or more. */
export const text = z.string().min(1, "a text of one character or more");

/** A whole number from 0 on. */
export const whole = z.int().min(0, "a whole number from 0 on");

/** What a JSON value of a type is called in messages. */
const TYPES: Record<string, string> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  record: "an object",
};

/**
 * The first difference between a value and a schema, in a line that names the key; undefined where there is none. A
 * check's own message in the schema completes `"servers[0].build" is not …`. Values are not shown: they may be secret.
 */
export function firstProblem(value: unknown, schema: z.ZodType): string | undefined {
  const issue = schema.safeParse(value, { reportInput: true }).error?.issues[0];
  if (issue === undefined) return undefined;
  if (issue.code === "unrecognized_keys") return `${nameOf([...issue.path, issue.keys[0] ?? ""])} is not a known key`;
  const name = nameOf(issue.path);
  if (issue.input === undefined) return `${name} is missing`;
  if (issue.code === "invalid_type") return `${name} is not ${TYPES[issue.expected] ?? issue.expected}`;
  if (issue.code === "invalid_value") return `${name} is none of ${issue.values.map(String).join(", ")}`;
  return `${name} is not ${issue.message}`;
}

function nameOf(path: readonly PropertyKey[]): string {
  if (path.length === 0) return "it";
  const [first, ...rest] = path.map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`));
  return `"${first?.replace(/^\./, "")}${rest.join("")}"`;
}
