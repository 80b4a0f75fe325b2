import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { takeFaults } from "../shared/faults";
import { text, whole } from "../shared/schema";
import { CmdletError, ProcessFault, serverUnavailable } from "./errors";
import { sameText } from "./text";

export const FAULT = z.strictObject({
  /** A cmdlet's name, or "*" for any. */
  cmdlet: text,
  /** Only calls for this server: their -Server, else the session's. @default any */
  server: text.optional(),
  /** Before the cmdlet does anything, or after what it changed was saved. */
  when: z.enum(["before", "after"]),
  /**
   * `crash`: the Exchange process exits at once; `killParent`: the process that started it is killed, and it exits;
   * `delay`: `milliseconds` pass; `hang`: no answer until the caller's time limit; `garbage`: the answer is not a frame;
   * `throttle`, `unreachable`, `error`: an error record.
   */
  kind: z.enum(["crash", "killParent", "delay", "hang", "garbage", "throttle", "unreachable", "error"]),
  /** How long a delay is. @default 1000 */
  milliseconds: whole.optional(),
  /** How many calls it strikes. @default 1 */
  times: whole.optional(),
  /** How many calls pass before the first it strikes. @default 0 */
  skip: whole.optional(),
  /** For kind `error`: the record. @default a TaskException of category NotSpecified */
  error: z.strictObject({ reason: text, category: text, message: text }).optional(),
});
/** Something that is to go wrong, kept in the state and counted down there, so that it survives a restart. */
export type Fault = z.infer<typeof FAULT>;

/** A call as faults see it. */
export interface Call {
  cmdlet: string;
  /** The server it is for. */
  server: string;
}

/** The faults that strike a call, and those that are left afterwards. */
export function faultsOf(faults: Fault[], call: Call): { struck: Fault[]; left: Fault[] } {
  return takeFaults(faults, { concerns: (fault) => concerns(fault, call), passing: "skip" });
}

/**
 * Lets the faults of one moment happen.
 * @throws ProcessFault, a CmdletError, or the signal's reason when the time limit passes in a hang or a delay.
 */
export async function strike(strikes: Fault[], when: Fault["when"], call: Call, signal: AbortSignal): Promise<void> {
  for (const fault of strikes.filter((candidate) => candidate.when === when)) {
    switch (fault.kind) {
      case "crash":
      case "killParent":
      case "garbage":
        throw new ProcessFault(fault.kind, call.cmdlet);
      case "delay":
        await pause(fault.milliseconds ?? 1000, signal);
        break;
      case "hang":
        await pause(2 ** 31 - 1, signal);
        break;
      case "throttle":
        // Guess: Exchange's throttling policy refuses a call over budget with this class.
        throw new CmdletError({
          reason: "OverBudgetException",
          category: "LimitsExceeded",
          message: "The account has exceeded its budget for PowerShell cmdlets. Wait before you try again.",
        });
      case "unreachable":
        throw serverUnavailable(call.server);
      case "error":
        throw new CmdletError(
          fault.error ?? {
            reason: "TaskException",
            category: "NotSpecified",
            message: "A fault that the sandbox was asked for.",
          },
        );
    }
  }
}

function concerns(fault: Fault, call: Call): boolean {
  if (fault.cmdlet !== "*" && !sameText(fault.cmdlet, call.cmdlet)) return false;
  return fault.server === undefined || sameText(fault.server, call.server);
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await wait(milliseconds, undefined, { signal });
  } catch (error) {
    throw signal.aborted ? signal.reason : error;
  }
}
