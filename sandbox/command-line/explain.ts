import { EngineError, LockError, WrongPassphrase } from "../engine/errors";
import { TenantStateDamaged } from "../entra/errors";
import { DamagedState, ProcessFault } from "../exchange/errors";
import { InvalidScenario } from "../exchange/scenario";
import { CommandError, UsageError } from "./errors";
import { FAILED, INTERNAL, WRONG_USAGE } from "./exit-codes";
import { passphraseAdvice } from "./passphrase";

const EXPECTED = [CommandError, EngineError, DamagedState, TenantStateDamaged, InvalidScenario, ProcessFault];

/** What to print for an error that ended a command, and the exit code. Only a fault of the sandbox shows its stack. */
export function explain(error: unknown, environment: NodeJS.ProcessEnv): { text: string; exitCode: number } {
  if (error instanceof UsageError) return { text: `error: ${error.message}\n`, exitCode: WRONG_USAGE };
  if (error instanceof LockError) {
    return { text: `error: ${error.message}\nIn the sandbox that is: npm run sandbox -- cancel\n`, exitCode: FAILED };
  }
  if (error instanceof WrongPassphrase) {
    return { text: `error: ${error.message} ${passphraseAdvice(environment)}\n`, exitCode: FAILED };
  }
  const obstacle = obstacleIn(error);
  if (obstacle !== undefined) return { text: `error: ${obstacle}\n`, exitCode: FAILED };
  if (EXPECTED.some((expected) => error instanceof expected)) {
    return { text: `error: ${(error as Error).message}\n`, exitCode: FAILED };
  }
  const stack = error instanceof Error ? error.stack : String(error);
  return { text: `error: this is a fault of the sandbox itself:\n${stack}\n`, exitCode: INTERNAL };
}

/** What the system does not let us do with a file or folder; undefined for any other error. */
function obstacleIn(error: unknown): string | undefined {
  const { code = "", path } = error as NodeJS.ErrnoException;
  const reason = OBSTACLES[code];
  if (!(error instanceof Error) || path === undefined || reason === undefined) return undefined;
  return `${path}: ${reason}. The sandbox's files lie where SANDBOX_HOME says, else in .sandbox at the repository's root.`;
}

const OBSTACLES: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EPERM: "permission denied",
  EROFS: "the file system is read-only",
  ENOSPC: "no space is left on the device",
  EDQUOT: "the disk quota is used up",
  ENOTDIR: "a file is where a folder must be",
  EISDIR: "a folder is where a file must be",
  ELOOP: "too many symbolic links",
};
