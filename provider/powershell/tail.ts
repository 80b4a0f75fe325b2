import type { Redaction } from "./redaction";

/** How much is kept, in characters; how much of its beginning is given up once something was cut off; how much is shown. */
const KEPT = 16_384;
const GIVEN_UP = 1_024;
const SHOWN = 500;

// biome-ignore lint/suspicious/noControlCharactersInRegex: a terminal's escape sequence begins with one.
const ESCAPE_SEQUENCE = /\u001b(\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(\u0007|\u001b\\)|.)/g;
const CONTROL_CHARACTER = /[\p{Cc}\u2028\u2029]+/gu;

/** The last of what a child printed, for error messages. */
export class Tail {
  #text = "";
  #cut = false;

  add(text: string): void {
    const longer = this.#text + text.slice(-KEPT);
    this.#cut ||= text.length > KEPT || longer.length > KEPT;
    this.#text = longer.slice(-KEPT);
  }

  /** Its last few hundred characters on one line, without secrets and without terminal escapes; empty when there are none. */
  show(redaction: Redaction): string {
    const redacted = redaction.noiseOut(this.#text.replace(ESCAPE_SEQUENCE, ""));
    // Where the text was cut, half a secret may stand at its beginning.
    const whole = this.#cut ? redacted.slice(GIVEN_UP) : redacted;
    const line = whole.replace(CONTROL_CHARACTER, " ").trim();
    return line.length > SHOWN ? `…${line.slice(-SHOWN)}` : line;
  }
}
