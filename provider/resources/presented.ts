import { HalfMade } from "./half-made";
import { asOurs } from "./sendable-errors";
import { storable } from "./storable";

/**
 * Turns what went wrong into the form in which Pulumi keeps or shows it.
 * @param method what the engine asked for.
 * @param written the cmdlets that had been carried out by then, each with what it was for.
 */
export async function presented<T>(
  method: string,
  properties: object,
  written: readonly string[],
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof HalfMade) throw stored(error, properties, written);
    const known = asOurs(error, method);
    known.message += told(written);
    throw known;
  }
}

/** Pulumi loads the provider of a half-made object from `__provider` among its properties. */
function stored(error: HalfMade, properties: object, written: readonly string[]): Error {
  const { __provider } = properties as { __provider?: string };
  const reasons = error.reasons.map((reason, index) => (index === 0 ? reason + told(written) : reason));
  return Object.assign(error, { reasons, properties: { ...storable(error.outputs), __provider } });
}

/** What had been carried out before something went wrong: whoever reads of it knows what is there now. */
function told(written: readonly string[]): string {
  if (written.length === 0) return "";
  // One entry a server may be hundreds.
  const more = written.length - 2 * MOST_TOLD;
  const shown = more > 0 ? [...written.slice(0, MOST_TOLD), `${more} more`, ...written.slice(-MOST_TOLD)] : written;
  return ` Carried out before that: ${shown.join(", ")}.`;
}

const MOST_TOLD = 5;
