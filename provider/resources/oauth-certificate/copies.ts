import { InvalidInput } from "../../errors";
import type { Copies } from "../../exchange/certificates";

/**
 * Whether every server that was asked refused to give the key out, as Exchange does where it may not leave. Its
 * certificate service answers in the same class where it merely failed.
 */
export function mayNotLeave({ refusals }: Copies): boolean {
  return refusals.length > 0 && refusals.every(({ error }) => error instanceof InvalidInput);
}

/** Why a server was not given a certificate, without a final full stop. */
export function whyNotCopied({ refusals, failures }: Copies, server: string): string {
  if (refusals.length > 0) {
    return refusals.map(({ server: holder, error }) => `${holder} does not export its key: ${error.answer}`).join("; ");
  }
  const failure = failures.find((other) => other.server === server);
  return failure ? failure.error.answer : "no server that counts holds its key as exportable";
}
