import type { CommonOutputs } from "./outputs";

/** An object that exists but is not complete: the engine keeps it, and the next update completes it. */
export class HalfMade extends Error {
  /**
   * @param outputs what is known of it, `repair` included.
   * @param reasons what a person is shown; Pulumi drops the message itself.
   */
  constructor(
    readonly id: string,
    readonly outputs: CommonOutputs,
    readonly reasons: string[],
    cause: unknown,
  ) {
    super(reasons.join("; "), { cause });
    this.name = "HalfMade";
  }
}
