/** Thrown when the tenant's state file cannot be read as such; the file is left as it is. */
export class TenantStateDamaged extends Error {
  override readonly name = "TenantStateDamaged";

  constructor(
    /** The file's absolute path. */
    readonly file: string,
    /** What is wrong with it. */
    readonly reason: string,
  ) {
    super(
      `The sandbox's tenant could not be read from ${file}: ${reason}. The file was left as it is. ` +
        "Mend it, or run `npm run reset`, which begins with a new tenant and keeps the file under another name.",
    );
  }
}

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
