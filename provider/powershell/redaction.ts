import { bounded, MAXIMUM_TEXT_BYTES } from "../bounded";
import { type Properties, Secret, type Value } from "./protocol";
import { formsOf, MOST_OF_A_PATTERN, patternsOf } from "./secret-forms";

/** How many secrets are remembered: those of the calls whose output may still be on its way. */
const REMEMBERED = 32;

/** How much of a text is looked at, in bytes. */
const LOOKED_AT_BYTES = 16_384;

const MARK = "[secret]";

/** A run of base64, from which a secret may have been taken out. */
const BASE64 = /(?:[A-Za-z0-9+/]|\[secret\])+={0,2}/g;

/** A run as long as this is a frame or a key, never something that a reader needs. */
function isLong(run: string): boolean {
  return run.length >= 40 && run.replaceAll(MARK, "").length >= 20;
}

/** Knows the secrets that were sent and takes them out of whatever comes back. */
export class Redaction {
  readonly #secrets = new Set<string>();
  readonly #lasting: string[];
  /** What finds them all; made again when there is a new one. */
  #finder: Finder | undefined;

  /** @param lasting the secrets that are never forgotten: the credential's password. */
  constructor(lasting: Secret[]) {
    this.#lasting = lasting.map((secret) => secret.reveal());
  }

  /** Remembers every secret in a call's parameters. */
  remember(parameters: Properties): void {
    const former = [...this.#secrets];
    for (const text of secretsIn(parameters)) {
      this.#secrets.delete(text);
      this.#secrets.add(text);
    }
    for (const oldest of this.#secrets) {
      if (this.#secrets.size <= REMEMBERED) break;
      this.#secrets.delete(oldest);
    }
    if (former.join("\0") !== [...this.#secrets].join("\0")) this.#finder = undefined;
  }

  /** `text` with each secret, in each form that {@link patternsOf} knows, replaced by `[secret]`. */
  secretsOut(text: string): string {
    this.#finder ??= finderOf([...this.#lasting, ...this.#secrets]);
    const { forms, pattern } = this.#finder;
    const without = forms.reduce((redacted, form) => redacted.replaceAll(form, MARK), text);
    return without.replace(pattern, MARK);
  }

  /** The same for a text of any length, of which both ends are kept. */
  boundedOut(text: string): string {
    // What is cut first may cut a secret in two, so that it is cut again, and shorter.
    return bounded(this.secretsOut(bounded(text, LOOKED_AT_BYTES)), MAXIMUM_TEXT_BYTES);
  }

  /** The same for what nobody meant for us: an echo of our own frames would hold the password as base64. */
  noiseOut(text: string): string {
    return this.secretsOut(text).replace(BASE64, (run) => (isLong(run) ? "[base64]" : run));
  }
}

/** What finds all secrets: the forms of the long ones, then the pattern of all others. */
interface Finder {
  forms: string[];
  pattern: RegExp;
}

/** The longest secrets first: one may be a part of another. */
function finderOf(secrets: string[]): Finder {
  const ordered = [...secrets].sort((one, other) => other.length - one.length);
  const isOfForms = (secret: string) => secret.length > MOST_OF_A_PATTERN;
  const patterns = ordered.filter((secret) => !isOfForms(secret)).flatMap(patternsOf);
  return {
    forms: ordered.filter(isOfForms).flatMap(formsOf),
    // Without any, what fits nowhere.
    pattern: new RegExp(patterns.length > 0 ? patterns.join("|") : "(?!)", "gu"),
  };
}

/** The texts of all secrets in a value. */
export function secretsIn(value: Value): string[] {
  if (value instanceof Secret) return [value.reveal()];
  if (typeof value !== "object" || value === null || value instanceof Date || value instanceof Uint8Array) return [];
  return Object.values(value).flatMap(secretsIn);
}
