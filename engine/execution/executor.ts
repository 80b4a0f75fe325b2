import { ProviderError, ProviderUnavailable } from "../errors";
import type { EventEmitter, StepDescription } from "../events";
import { InitializationError } from "../plugins/answers";

/** Something to be done to one resource. */
export interface Step extends StepDescription {
  /** Does it and saves the state; from then on `new` is the resource as it is. */
  apply(): Promise<void>;
  /** Counted in the summary under this name; undefined where it is a part of another step. */
  counted(): StepDescription["op"] | undefined;
  /** The operation that the end is reported as, where it differs (what a refresh has found). */
  outcome?(): StepDescription["op"];
  /** Whether the display is told (not when a flag of the state is cleared). */
  isSilent?: boolean;
}

/** Steps whose failure leaves the state in doubt: all that ask a provider, but for creates (recorded: golden/create-throws.json). */
const UNCLEAR: StepDescription["op"][] = ["update", "delete", "delete-replaced", "refresh", "read"];

/** A step has failed or the operation was cancelled; the user was told. */
export class Stopped extends Error {
  override readonly name = "Stopped";
}

/** Runs chains of steps, a limited number at the same time, until one fails or the user interrupts. */
export class StepExecutor {
  #free: number;
  readonly #waiting: (() => void)[] = [];
  readonly #running = new Set<Promise<void>>();
  #stop: () => void = () => undefined;
  #abandon: (reason: Stopped) => void = () => undefined;
  /** Settles when nothing new shall be begun. */
  readonly stopped: Promise<void>;
  isStopped = false;
  /** Rejects when what is running shall not be waited for any more. */
  readonly #abandoned: Promise<never>;
  isAbandoned = false;
  /** Whether anything has failed. */
  hasFailed = false;
  /** Whether a step has failed: what was refused before is not told again at the end. */
  hasStepFailed = false;

  constructor(
    parallel: number,
    private readonly events: EventEmitter,
    private readonly isPreview: boolean,
  ) {
    this.#free = parallel;
    this.stopped = new Promise((resolve) => {
      this.#stop = resolve;
    });
    this.#abandoned = new Promise((_, reject) => {
      this.#abandon = reject;
    });
    this.#abandoned.catch(() => undefined);
  }

  /** Begins nothing new from now on. */
  stop(): void {
    this.isStopped = true;
    this.#stop();
  }

  /** Waits for nothing any more: what is running ends with the providers, and its outcome is not known. */
  abandon(): void {
    this.isAbandoned = true;
    this.stop();
    this.#abandon(new Stopped());
  }

  /** Runs the steps one after the other; rejects with Stopped when one fails or nothing new shall be begun. */
  run(chain: readonly Step[], options: { continueOnError?: boolean } = {}): Promise<void> {
    const running = this.#runInSlot(chain, options.continueOnError ?? false);
    this.#running.add(running);
    const forget = () => this.#running.delete(running);
    running.then(forget, forget);
    return Promise.race([running, this.#abandoned]);
  }

  /** Settles when no step is running; rejects with Stopped when they are abandoned. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.race([Promise.allSettled(this.#running), this.#abandoned]);
  }

  async #runInSlot(chain: readonly Step[], continueOnError: boolean): Promise<void> {
    if (this.#free > 0) this.#free--;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      for (const step of chain) await this.#runStep(step, continueOnError);
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free++;
    }
  }

  async #runStep(step: Step, continueOnError: boolean): Promise<void> {
    if (this.isStopped) throw new Stopped();
    if (!step.isSilent) this.events.begin(step);
    try {
      await step.apply();
    } catch (error) {
      if (this.isAbandoned) throw new Stopped();
      this.#fail(step, error as Error);
      if (!continueOnError) this.stop();
      throw new Stopped();
    }
    const counted = step.counted();
    if (counted) this.events.count(counted, step.urn);
    const op = step.outcome?.() ?? step.op;
    // A component is done when its outputs are registered (recorded: golden/create-chain.json); a preview shows both.
    const isShown = this.isPreview || (step.new ?? step.old)?.custom || step.op === "refresh" || step.op === "delete";
    if (!step.isSilent && isShown) this.events.end({ ...step, op });
  }

  #fail(step: Step, error: Error): void {
    this.hasFailed = true;
    this.hasStepFailed = true;
    if (this.isPreview) {
      this.events.diagnose("error", `Preview failed: ${error.message}`, step.urn);
      return;
    }
    // What has failed in part is known.
    const isKnown = error instanceof InitializationError || error instanceof ProviderUnavailable;
    const isOutcomeUnknown = error instanceof ProviderError && !isKnown;
    const isUnclear = isOutcomeUnknown && UNCLEAR.includes(step.op);
    if (isUnclear) this.events.maybeCorrupt = true;
    this.events.diagnose("error", error.message, step.urn);
    this.events.failed(step);
  }
}
