import { setTimeout as pause } from "node:timers/promises";

/** How a wait goes on. */
export interface Wait {
  /** Seconds after which nothing is tried any more. */
  seconds: number;
  /** Whether an error may go away by itself. */
  mayPass(error: unknown): boolean;
  /** Told before each pause that follows a failure. */
  onProgress(elapsedSeconds: number): void;
}

// Seconds between two tries: short at first, since a health manager that was up for long knows its probes.
const FIRST_PAUSE = 2;
const LONGEST_PAUSE = 15;

/** What a wait came to: a value, or the last failure when the time was up. */
export type Outcome<T> = { value: T } | { failure: unknown };

/**
 * Tries until it succeeds or the time is up.
 * @throws an error that does not pass by itself.
 */
export async function waitFor<T>(attempt: () => Promise<T>, wait: Wait): Promise<Outcome<T>> {
  const started = performance.now();
  let isLast = false;
  for (let seconds = FIRST_PAUSE; ; seconds = Math.min(seconds * 2, LONGEST_PAUSE)) {
    let failure: unknown;
    try {
      return { value: await attempt() };
    } catch (error) {
      if (!wait.mayPass(error)) throw error;
      failure = error;
    }
    const elapsed = (performance.now() - started) / 1000;
    const left = wait.seconds - elapsed;
    if (isLast || left <= 0) return { failure };
    isLast = left <= seconds;
    wait.onProgress(Math.round(elapsed));
    await pause(Math.min(seconds, left) * 1000);
  }
}
