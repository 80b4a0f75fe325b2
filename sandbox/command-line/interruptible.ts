import type { OperationRequest, OperationResult, runOperation } from "../engine";
import type { Report } from "./display/report";
import { CANCELLED } from "./exit-codes";
import { onInterrupts } from "./interrupts";

/** What an operation is run with. */
export interface Surroundings {
  engine: { runOperation: typeof runOperation };
  report: Pick<Report, "say" | "abandon">;
  /** Gives the stack's lock back. */
  unlock(): Promise<void>;
}

/**
 * Runs an operation. The user's first interrupt lets it finish and save what is running; the second ends this process
 * at once, and what was running stays in the state as a pending operation, as with Pulumi's CLI.
 */
export async function runInterruptibly(
  request: OperationRequest,
  { engine, report, unlock }: Surroundings,
): Promise<OperationResult> {
  const interruption = new AbortController();
  const leave = async () => {
    await unlock();
    report.abandon("error: update cancelled. What was running may have been done or not: npm run up finds out.");
    process.exit(CANCELLED);
  };
  const stop = onInterrupts({
    once: () => {
      report.say("Interrupted: what is running is finished and saved. Interrupt once more to end at once.");
      interruption.abort();
    },
    again: () => void leave(),
  });
  try {
    return await engine.runOperation({ ...request, interrupted: interruption.signal });
  } finally {
    stop();
  }
}
