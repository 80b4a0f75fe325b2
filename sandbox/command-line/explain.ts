import { EngineError, LockError, WrongPassphrase } from "pulumi-local-engine";
import { FileError, wayOut } from "pulumi-local-engine/files";
import { ProcessFault } from "../exchange/errors";
import { InvalidScenario } from "../exchange/scenario";
import { DamagedState } from "../shared/state-file";
import { CommandError, UsageError } from "./errors";
import { FAILED, INTERNAL, WRONG_USAGE } from "./exit-codes";
import { passphraseAdvice } from "./passphrase";

const EXPECTED = [CommandError, EngineError, FileError, DamagedState, InvalidScenario, ProcessFault];

/** What to print for an error that ended a command, and the exit code. Only an internal error shows its stack. */
export function explain(error: unknown, environment: NodeJS.ProcessEnv): { text: string; exitCode: number } {
  if (error instanceof UsageError) return { text: `error: ${error.message}\n`, exitCode: WRONG_USAGE };
  if (error instanceof LockError) {
    const command = "npm run sandbox -- cancel, with this command's --cwd and --stack";
    return { text: `error: ${error.message}\nIn the sandbox that is: ${command}\n`, exitCode: FAILED };
  }
  if (error instanceof WrongPassphrase) {
    return { text: `error: ${error.message} ${passphraseAdvice(environment)}\n`, exitCode: FAILED };
  }
  if (EXPECTED.some((expected) => error instanceof expected)) {
    return { text: `error: ${(error as Error).message}\n`, exitCode: FAILED };
  }
  const { code, path, syscall, file } = (error ?? {}) as NodeJS.ErrnoException & { file?: string };
  // proper-lockfile's, where the lock was waited for in vain.
  if (code === "ELOCKED" && file) {
    const wayOn = `Wait until it has ended; if no such process runs, remove ${file}.lock. Then run the command again.`;
    return { text: `error: ${file} is locked by another process. ${wayOn}\n`, exitCode: FAILED };
  }
  if (error instanceof Error && code && path && syscall) {
    return { text: `error: ${error.message}. ${wayOut(path, code)}\n`, exitCode: FAILED };
  }
  const stack = error instanceof Error ? error.stack : String(error);
  return { text: `error: this is an internal error of the sandbox:\n${stack}\n`, exitCode: INTERNAL };
}
