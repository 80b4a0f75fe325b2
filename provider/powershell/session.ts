import type { Connection } from "./connections";
import type { ErrorRecord, Properties, Secret, Value } from "./protocol";

/** What a cmdlet gave. Error records are data here: the caller turns them into errors (exchange/classify.ts). */
export interface Result {
  output: Value[];
  warnings: string[];
  errors: ErrorRecord[];
  /** The far end's clock as it answered. */
  now: Date;
}

/** One far end: started by the first call, asked strictly in order and one at a time. */
export interface Session {
  /**
   * Runs a cmdlet.
   * @throws TimedOut, ConnectionLost or ProtocolError, whose `outcomeUnknown` says whether a change may have been made;
   * Unreachable, Unauthorised, UnsupportedVersion, CommandNotAvailable or InvalidInput, after which nothing was changed.
   */
  invoke(cmdlet: string, parameters: Properties, options: { timeoutSeconds: number }): Promise<Result>;
  /** Ends the far end; a call under way and those queued reject. Safe to call twice. */
  close(): Promise<void>;
}

/** Who the far end is to be at Exchange. Travels in the connect frame alone. */
export interface Credential {
  userName: string;
  password: Secret;
}

export declare function createSession(connection: Connection, credential?: Credential): Session;
