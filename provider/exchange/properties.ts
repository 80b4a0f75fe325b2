import { ProtocolError } from "../errors";
import type { Properties, Value } from "../powershell/protocol";

/** Where an object came from, for the error about a property of it that cannot be read. */
export interface Source {
  cmdlet: string;
  /** What was being done, as it follows "while": `reading AuthConfig`. */
  doing: string;
  /** Whether the cmdlet may have changed something. @default false */
  outcomeUnknown?: boolean;
}

/**
 * An object that Exchange shows, for its properties from which a decision follows. Each of them is set, unset (an empty
 * text or null) or unreadable (absent, or of another type). Unreadable is unknown, and never passes for unset: it is a
 * ProtocolError.
 */
export class ShownObject {
  readonly #properties: Properties;
  readonly #source: Source;

  constructor(properties: Properties, source: Source) {
    this.#properties = properties;
    this.#source = source;
  }

  /** A text that may be unset: then empty. */
  text(name: string): string {
    const value = this.#properties[name];
    if (value === null) return "";
    if (typeof value === "string") return value;
    throw this.#unreadable(name, "text or nothing");
  }

  /** A text that every object of the kind has. */
  setText(name: string): string {
    const value = this.#properties[name];
    if (typeof value === "string" && value !== "") return value;
    throw this.#unreadable(name, "text");
  }

  /** A guid in lower case. */
  guid(name: string): string {
    const value = this.#properties[name];
    if (isGuid(value)) return value.toLowerCase();
    throw this.#unreadable(name, "a guid");
  }

  truth(name: string): boolean {
    const value = this.#properties[name];
    if (typeof value === "boolean") return value;
    throw this.#unreadable(name, "true or false");
  }

  /** A date that may be unset. It may also not travel: what is absent is not known, which is undefined just the same. */
  date(name: string): Date | undefined {
    const value = this.#properties[name] ?? null;
    if (value === null) return undefined;
    if (value instanceof Date) return value;
    throw this.#unreadable(name, "a date or nothing");
  }

  /** A thumbprint as {@link thumbprintIn} reads it; empty when unset. */
  thumbprint(name: string): string {
    const text = this.text(name);
    const thumbprint = text === "" ? "" : thumbprintIn(text);
    if (thumbprint !== undefined) return thumbprint;
    throw this.#unreadable(name, "a thumbprint of 40 hexadecimal digits or nothing");
  }

  #unreadable(name: string, due: string): ProtocolError {
    const { cmdlet, doing, outcomeUnknown = false } = this.#source;
    const shown = Object.hasOwn(this.#properties, name)
      ? `shows ${name} as ${inWords(this.#properties[name])}`
      : `shows no ${name}`;
    return new ProtocolError({
      doing,
      answer: `${cmdlet} ${shown}; expected ${due}`,
      next: outcomeUnknown
        ? "run `pulumi refresh` to find out whether it was carried out, then try again"
        : "run the cmdlet in the Exchange Management Shell and compare: a value that cannot be read decides nothing",
      outcomeUnknown,
    });
  }
}

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether a value is a guid with its hyphens. */
export function isGuid(value: unknown): value is string {
  return typeof value === "string" && GUID.test(value);
}

/** A text that is only shown, or where empty stands for what is not known; empty where it is anything else. */
export function textOf(object: Properties, name: string): string {
  const value = object[name];
  return typeof value === "string" ? value : "";
}

/**
 * A thumbprint as 40 upper-case hexadecimal digits. Nothing else in the text counts: it may be as it was pasted from the
 * certificate's dialog, with spaces, colons or an invisible mark of direction.
 * @returns undefined where there are more or less of them.
 */
export function thumbprintIn(text: string): string | undefined {
  const digits = text.replace(/[^0-9A-Fa-f]/g, "");
  return digits.length === 40 ? digits.toUpperCase() : undefined;
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

/** Whether two URLs are the same, except for case and a trailing slash. */
export function sameUrl(one: string, other: string): boolean {
  return sameText(one.replace(/\/+$/, ""), other.replace(/\/+$/, ""));
}

/** A value for people: its text where it is one, made visible and bounded, else its kind. */
function inWords(value: Value | undefined): string {
  if (typeof value === "string") return `“${visible(value.slice(0, 80))}${value.length > 80 ? "…" : ""}”`;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (value === null || value === undefined) return "nothing";
  if (Array.isArray(value)) return "a list";
  if (value instanceof Date) return "a date";
  return value instanceof Uint8Array ? "bytes" : "an object";
}

function visible(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
