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

/**
 * Tries until it succeeds or the time is up.
 * @returns undefined when the time is up.
 * @throws an error that does not pass by itself.
 */
export async function waitFor<T>(attempt: () => Promise<T>, wait: Wait): Promise<T | undefined> {
  const started = performance.now();
  let isLast = false;
  for (let seconds = FIRST_PAUSE; ; seconds = Math.min(seconds * 2, LONGEST_PAUSE)) {
    try {
      return await attempt();
    } catch (error) {
      if (!wait.mayPass(error)) throw error;
    }
    const elapsed = (performance.now() - started) / 1000;
    const left = wait.seconds - elapsed;
    if (isLast || left <= 0) return undefined;
    isLast = left <= seconds;
    wait.onProgress(Math.round(elapsed));
    await pause(Math.min(seconds, left) * 1000);
  }
}
