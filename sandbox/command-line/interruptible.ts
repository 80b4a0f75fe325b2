import type { OperationRequest } from "pulumi-local-engine";
import type { Report } from "./display/report";
import { onInterrupts } from "./interrupts";

/** What tells an operation of the user's interrupts. */
export type InterruptSignals = Required<Pick<OperationRequest, "interrupted" | "terminated">>;

/**
 * Does work that must not be ended half-way: from its beginning to its end the user's first interrupt lets it finish and
 * save what is running; at the second nothing is waited for, and what was running stays in the state as a pending
 * operation, as with Pulumi's CLI.
 */
export async function interruptibly<Result>(
  report: Pick<Report, "say">,
  work: (signals: InterruptSignals) => Promise<Result>,
): Promise<Result> {
  const [interruption, termination] = [new AbortController(), new AbortController()];
  const stop = onInterrupts({
    once: () => {
      report.say("Interrupted: running steps are finished and saved. Interrupt again to stop at once.");
      interruption.abort();
    },
    again: () => {
      report.say("Stopped at once: it is not known whether the running steps were carried out. npm run up finds out.");
      termination.abort();
    },
  });
  try {
    return await work({ interrupted: interruption.signal, terminated: termination.signal });
  } finally {
    stop();
  }
}
