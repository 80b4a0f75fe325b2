import { isDeepStrictEqual } from "node:util";
import type { EventState, StepMetadata } from "pulumi-local-engine";
import { nameOf, typeOf } from "pulumi-local-engine";

/** A resource's type without what says nothing to a reader: `exchange:OAuthCertificate`. */
export function shortType(type: string): string {
  const [packageName = "", module = "", name = ""] = type.split(":");
  // Pulumi's own types, such as pulumi:providers:azuread, are known in full.
  if (packageName === "pulumi" && module !== "pulumi") return type;
  const dynamic = /^dynamic\/(.+)$/.exec(module);
  return `${packageName === "pulumi-nodejs" && dynamic ? dynamic[1] : packageName}:${name}`;
}

/** `exchange:OAuthCertificate certificate`. */
export function titleOf(urn: string): string {
  return `${shortType(typeOf(urn))} ${nameOf(urn)}`;
}

/** What the engine keeps with a resource for itself. */
const INTERNAL = /^__/;

/**
 * The names of the properties that a step changes, as far as is known.
 * @param isFinished whether the resource's new outputs are known.
 */
export function changedProperties(
  { old, new: made, keys, diffs, detailedDiff }: StepMetadata,
  isFinished: boolean,
): string[] {
  if (!old || !made) return [];
  const told = [...(keys ?? []), ...(diffs ?? []), ...Object.keys(detailedDiff ?? {}).map(topLevel)];
  const names = [
    ...told,
    ...differences(old, made, "inputs"),
    ...(isFinished ? differences(old, made, "outputs") : []),
  ];
  return withoutInternal([...new Set(names)]);
}

/** The names of a resource's properties. */
export function namesOf(properties: EventState["inputs"]): string[] {
  return withoutInternal(Object.keys(properties));
}

function withoutInternal(names: string[]): string[] {
  return names.filter((name) => !INTERNAL.test(name));
}

function differences(old: EventState, made: EventState, side: "inputs" | "outputs"): string[] {
  const names = new Set([...Object.keys(old[side]), ...Object.keys(made[side])]);
  return [...names].filter((name) => !isDeepStrictEqual(old[side][name], made[side][name]));
}

/** `servers` of `servers[0].state`. */
function topLevel(path: string): string {
  return path.split(/[.[]/)[0] as string;
}
