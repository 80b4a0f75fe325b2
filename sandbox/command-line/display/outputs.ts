import { firstLine } from "./values";

/** A table of a stack's outputs, each on one line. */
export function outputLines(outputs: Readonly<Record<string, unknown>>): string[] {
  const names = Object.keys(outputs).sort();
  const width = Math.max(0, ...names.map((name) => name.length));
  return names.map((name) => `  ${name.padEnd(width)}  ${shown(outputs[name])}`);
}

/**
 * The outputs that say something: `up` lists no null and no empty text, list or object. As Pulumi's does (its display's
 * shouldPrintPropertyValue); `pulumi stack output` lists them all.
 */
export function withoutEmpty(outputs: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(outputs).filter(([, value]) => !isEmpty(value)));
}

function isEmpty(value: unknown): boolean {
  if (value === null || value === "") return true;
  return typeof value === "object" && Object.keys(value).length === 0;
}

function shown(value: unknown): string {
  return typeof value === "string" ? firstLine(value) : JSON.stringify(value);
}
