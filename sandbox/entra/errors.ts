/** An answer in Graph's form for errors: a status, a code and a message. */
export class GraphError extends Error {
  override readonly name = "GraphError";

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly headers: Record<string, string> = {},
  ) {
    super(message);
  }

  /** The body, in the form of the error resource type of the Microsoft Graph reference. */
  body(): { error: { code: string; message: string; innerError: Record<string, never> } } {
    return { error: { code: this.code, message: this.message, innerError: {} } };
  }
}
