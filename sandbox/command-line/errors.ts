/** The command line is wrong; the message says what is right. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** What was asked for cannot be done in the present state; the message says what to do first. */
export class CommandError extends Error {
  override readonly name = "CommandError";
}
