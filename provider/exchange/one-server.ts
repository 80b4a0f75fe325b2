import {
  AlreadyExists,
  CmdletFailed,
  type ExchangeError,
  InvalidInput,
  NotFound,
  ServerUnreachable,
  TimedOut,
} from "../errors";

/** What a call for one server did not give, and why. */
export interface ServerFailure {
  server: string;
  error: ExchangeError;
}

// The certificate service wraps nearly everything in one class, so any plain refusal may come of the server's own state.
const OF_ONE_SERVER = [ServerUnreachable, TimedOut, CmdletFailed, InvalidInput, NotFound, AlreadyExists];

/**
 * Whether what was answered to a call for one server says something of that server alone. What concerns the session or
 * the organisation does not: a lost connection, a cmdlet or parameter that a role hides, a directory that is down.
 */
export function isOfOneServer(error: unknown): error is ExchangeError {
  return OF_ONE_SERVER.some((kind) => error instanceof kind);
}
