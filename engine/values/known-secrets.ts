import { isObject, isSecret, type PropertyValue, reveal } from "./property";

/**
 * Shorter ones stay, and so do true and false: to hide them would hide half of what is said. Source: Pulumi's own filter of
 * its log (CreateFilter in sdk/go/common/util/logging) passes over texts of fewer than three bytes, and over these two.
 */
const SHORTEST = 3;
const TRUTH = /^(true|false)$/i;

/** The texts of all secrets that an operation has met, to be taken out of whatever it tells. */
export class KnownSecrets {
  readonly #forms = new Set<string>();
  #longestFirst: string[] | undefined;

  /** Remembers every secret in a value, at any depth. */
  learn(value: PropertyValue): void {
    if (isSecret(value)) for (const text of textsOf(reveal(value))) this.#add(text);
    else if (Array.isArray(value)) for (const inner of value) this.learn(inner);
    else if (isObject(value)) for (const inner of Object.values(value)) this.learn(inner);
  }

  /** The text with `[secret]` in place of each secret, in whatever form it is likely to be printed. */
  hide(text: string): string {
    // One secret may be a part of another.
    this.#longestFirst ??= [...this.#forms].sort((a, b) => b.length - a.length);
    return this.#longestFirst.reduce(
      (hidden, form) => (hidden.includes(form) ? hidden.replaceAll(form, "[secret]") : hidden),
      text,
    );
  }

  #add(text: string): void {
    if (text.length < SHORTEST || TRUTH.test(text) || this.#forms.has(text)) return;
    for (const form of formsOf(text)) this.#forms.add(form);
    this.#longestFirst = undefined;
  }
}

function textsOf(value: PropertyValue): string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap(textsOf);
  return isObject(value) ? Object.values(value).flatMap(textsOf) : [];
}

/** As it is, as JSON writes it and JSON within JSON, in a URL, and as base64. */
function formsOf(text: string): string[] {
  const quoted = JSON.stringify(text).slice(1, -1);
  const bytes = Buffer.from(text);
  // By way of its bytes: half of a pair of surrogates has no form in a URL.
  const inUrl = encodeURIComponent(bytes.toString());
  const base64 = bytes.toString("base64");
  return [text, quoted, JSON.stringify(quoted).slice(1, -1), inUrl, base64];
}
