/** Whether a value of JSON is one that a key takes. */
export type Check = (value: unknown) => boolean;

/** A form of a JSON object: each key with what it takes; a key ending in "!" must be there, no other key may be. */
export type Form = { [key: string]: Check | { list: Form } | { object: Form } };

/** Where an object does not follow its form, and why. */
export interface Deviation {
  /** Such as `servers[1].build`; empty for the whole. */
  at: string;
  why: string;
}

export const text: Check = (value) => typeof value === "string" && value !== "";
export const truth: Check = (value) => typeof value === "boolean";
export const whole: Check = (value) => Number.isInteger(value) && (value as number) >= 0;
export const date: Check = (value) => text(value) && !Number.isNaN(Date.parse(value as string));
/** A number of days, or a date. */
export const moment: Check = (value) => Number.isFinite(value) || date(value);
export const listOf = (check: Check): Check => {
  return (value) => Array.isArray(value) && value.every(check);
};
export const oneOf = (...values: unknown[]): Check => {
  return (value) => values.includes(value);
};

/** The first place where a value does not follow a form; undefined where it does. */
export function deviation(value: unknown, form: Form, path = ""): Deviation | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return { at: path, why: "an object was expected" };
  }
  const at = (key: string) => (path === "" ? key : `${path}.${key}`);
  const missing = Object.keys(form).find((key) => key.endsWith("!") && !(key.slice(0, -1) in value));
  if (missing) return { at: at(missing.slice(0, -1)), why: "it is missing" };
  for (const [key, field] of Object.entries(value)) {
    const found = fieldDeviation(field, form[key] ?? form[`${key}!`], at(key));
    if (found) return found;
  }
  return undefined;
}

function fieldDeviation(field: unknown, rule: Form[string] | undefined, at: string): Deviation | undefined {
  if (rule === undefined) return { at, why: "there is no such key" };
  if (typeof rule === "function") {
    return rule(field) ? undefined : { at, why: `${JSON.stringify(field)} is no value for it` };
  }
  if ("object" in rule) return deviation(field, rule.object, at);
  if (!Array.isArray(field)) return { at, why: "a list was expected" };
  for (const [index, item] of field.entries()) {
    const found = deviation(item, rule.list, `${at}[${index}]`);
    if (found) return found;
  }
  return undefined;
}
