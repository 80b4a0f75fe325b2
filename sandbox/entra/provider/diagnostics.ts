/**
 * A failure as the real provider words one: a summary of what was being done and to which object, then what Graph
 * answered. Source: the azuread provider's and its bridge's source.
 */
export class ProviderFailure extends Error {
  override readonly name = "ProviderFailure";

  constructor(
    readonly summary: string,
    cause?: unknown,
  ) {
    const detail = cause === undefined ? "" : `: ${cause instanceof Error ? cause.message : String(cause)}`;
    super(`1 error occurred:\n\t* ${summary}${detail}\n\n`, { cause });
  }
}

/** A service principal's name in the real provider's messages. */
export function principalText(objectId: string): string {
  return `Service Principal (Service Principal: "${objectId}")`;
}
