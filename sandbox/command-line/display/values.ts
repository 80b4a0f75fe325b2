import type { StepMetadata } from "pulumi-local-engine";
import { isSecret, type PropertyValue, rebuild, UNKNOWN } from "pulumi-local-engine";
import { changedProperties, namesOf } from "./resource";

/**
 * A line for each property with its old and new value, as far as is known: all arguments of what is made, and what changes
 * of the rest. What is deleted has none.
 * @param isFinished whether the resource's new outputs are known.
 */
export function valueLines(metadata: StepMetadata, isFinished: boolean): string[] {
  const { old, new: made } = metadata;
  if (!made) return [];
  if (!old) return namesOf(made.inputs).map((name) => line("+", name, shown(made.inputs[name])));
  return changedProperties(metadata, isFinished).flatMap((name) => {
    const side = name in made.inputs || name in old.inputs || !isFinished ? "inputs" : "outputs";
    const [before, after] = [old[side][name], made[side][name]];
    if (before === undefined && after === undefined) return [];
    if (before === undefined) return line("+", name, shown(after));
    return after === undefined
      ? line("-", name, shown(before))
      : line("~", name, `${shown(before)} => ${shown(after)}`);
  });
}

function line(symbol: string, name: string, value: string): string {
  return `       ${symbol} ${name}: ${value}`;
}

/** As JSON; what is secret or not known yet has a word for it, and a text of several lines is told by its first. */
function shown(value: PropertyValue | undefined): string {
  const readable = rebuild(value ?? null, (inner) => {
    if (isSecret(inner)) return "[secret]";
    if (inner === UNKNOWN) return "[unknown]";
    return typeof inner === "string" ? firstLine(inner) : undefined;
  });
  return JSON.stringify(readable);
}

/** A PEM, for example, is its first line and its length. */
export function firstLine(text: string): string {
  const [first = "", ...rest] = text.split("\n");
  return rest.length === 0 ? first : `${first} … (${text.length} characters)`;
}
