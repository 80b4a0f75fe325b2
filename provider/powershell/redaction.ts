import { type Properties, Secret, type Value } from "./protocol";

/** How many secrets are remembered: those of the calls whose output may still be on its way. */
const REMEMBERED = 32;

/** A run of base64 as long as this is a frame or a key, never something that a reader needs. */
const LONG_BASE64 = /[A-Za-z0-9+/]{40,}={0,2}/g;

/** Knows the secrets that were sent and takes them out of whatever comes back. */
export class Redaction {
  readonly #secrets = new Set<string>();
  readonly #lasting: string[];

  /** @param lasting the secrets that are never forgotten: the credential's password. */
  constructor(lasting: Secret[]) {
    this.#lasting = lasting.map((secret) => secret.reveal());
  }

  /** Remembers every secret in a call's parameters. */
  remember(parameters: Properties): void {
    for (const text of secretsIn(parameters)) {
      this.#secrets.delete(text);
      this.#secrets.add(text);
    }
    for (const oldest of this.#secrets) {
      if (this.#secrets.size <= REMEMBERED) break;
      this.#secrets.delete(oldest);
    }
  }

  /** `text` with each secret, as it is and as JSON writes it, replaced by `[secret]`. */
  secretsOut(text: string): string {
    const forms = [...this.#lasting, ...this.#secrets]
      .flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1)])
      .filter((form) => form !== "")
      // The longest first: one secret may be a part of another.
      .sort((a, b) => b.length - a.length);
    return forms.reduce((redacted, form) => redacted.replaceAll(form, "[secret]"), text);
  }

  /** The same for what nobody meant for us: an echo of our own frames would hold the password as base64. */
  noiseOut(text: string): string {
    return this.secretsOut(text).replace(LONG_BASE64, "[base64]");
  }
}

function secretsIn(value: Value): string[] {
  if (value instanceof Secret) return [value.reveal()];
  if (typeof value !== "object" || value === null || value instanceof Date || value instanceof Uint8Array) return [];
  return Object.values(value).flatMap(secretsIn);
}
