import type { StepOperation } from "pulumi-local-engine";
import type { Colour } from "./style";

/** How a step is told. */
export interface Words {
  symbol: string;
  colour: Colour;
  /** What is being done. */
  running: string;
  /** What was done. */
  done: string;
  /** What a preview says. */
  planned: string;
}

/** By the step's operation, in Pulumi's words and symbols. */
export const WORDS: Readonly<Record<StepOperation, Words>> = {
  same: words(" ", "dim", "checking", "unchanged", "unchanged"),
  create: words("+", "green", "creating", "created", "create"),
  update: words("~", "yellow", "updating", "updated", "update"),
  delete: words("-", "red", "deleting", "deleted", "delete"),
  replace: words("+-", "magenta", "replacing", "replaced", "replace"),
  "create-replacement": words("++", "green", "creating replacement", "created replacement", "create replacement"),
  "delete-replaced": words("--", "red", "deleting original", "deleted original", "delete original"),
  read: words(">", "cyan", "reading", "read", "read"),
  discard: words("<", "cyan", "discarding", "discarded", "discard"),
  refresh: words(" ", "dim", "reading", "unchanged", "unchanged"),
};

/** What a refresh has found, by the operation that its end is reported as. */
export const FOUND: Readonly<Partial<Record<StepOperation, Words>>> = {
  update: words("~", "yellow", "reading", "has drifted", "has drifted"),
  delete: words("-", "red", "reading", "is gone", "is gone"),
};

/** Steps without a line of their own: in a preview the parts of a replacement, otherwise what only says that there are parts. */
export function isHidden(operation: StepOperation, isPreview: boolean): boolean {
  if (isPreview) return operation === "create-replacement" || operation === "delete-replaced";
  return operation === "replace";
}

/** Operations that change nothing real: they have a line only where they take long. */
export function isQuiet(operation: StepOperation): boolean {
  return operation === "same" || operation === "refresh" || operation === "read" || operation === "discard";
}

function words(symbol: string, colour: Colour, running: string, done: string, planned: string): Words {
  return { symbol, colour, running, done, planned };
}
