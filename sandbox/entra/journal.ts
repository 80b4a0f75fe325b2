/** One line of `entra.log`. It holds neither headers nor bodies, so no token and no secret. */
export interface JournalEntry {
  /** When the request came, ISO 8601. */
  time: string;
  method: string;
  /** The path with its query. */
  path: string;
  /** The answer's status; `null` where the connection was dropped without one. */
  status: number | null;
  /** How long it took. */
  milliseconds: number;
  /** The fault that struck it, if any. */
  fault?: string;
}
