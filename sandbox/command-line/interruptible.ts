import type { OperationRequest, OperationResult, runOperation } from "../engine";
import type { Report } from "./display/report";
import { onInterrupts } from "./interrupts";

/** What an operation is run with. */
export interface Surroundings {
  engine: { runOperation: typeof runOperation };
  report: Pick<Report, "say">;
}

/**
 * Runs an operation. The user's first interrupt lets it finish and save what is running; at the second nothing is waited
 * for, and what was running stays in the state as a pending operation, as with Pulumi's CLI.
 */
export async function runInterruptibly(
  request: Omit<OperationRequest, "interrupted" | "terminated">,
  { engine, report }: Surroundings,
): Promise<OperationResult> {
  const [interruption, termination] = [new AbortController(), new AbortController()];
  const stop = onInterrupts({
    once: () => {
      report.say("Interrupted: what is running is finished and saved. Interrupt once more to end at once.");
      interruption.abort();
    },
    again: () => {
      report.say("Ended at once: what was running may have been done or not. npm run up finds out.");
      termination.abort();
    },
  });
  try {
    return await engine.runOperation({ ...request, interrupted: interruption.signal, terminated: termination.signal });
  } finally {
    stop();
  }
}
