import type { Properties } from "../powershell/protocol";

/** A text property; Exchange writes one that is unset as an empty string or null. */
export function textOf(object: Properties, name: string): string {
  const value = object[name];
  return typeof value === "string" ? value : "";
}

/** A truth property; absent or null is false. */
export function truthOf(object: Properties, name: string): boolean {
  return object[name] === true;
}

/** A truth property that may not travel: absent is unknown, never no. */
export function knownTruthOf(object: Properties, name: string): Known {
  const value = object[name];
  if (typeof value !== "boolean") return "unknown";
  return value ? "yes" : "no";
}

/** What can be seen, and what cannot. */
export type Known = "yes" | "no" | "unknown";

/** Whether two texts are the same to Exchange, which compares names, domains and guids without regard to case. */
export function sameText(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** Whether two URLs are the same but for case and a slash at the end. */
export function sameUrl(one: string, other: string): boolean {
  return sameText(one.replace(/\/+$/, ""), other.replace(/\/+$/, ""));
}
