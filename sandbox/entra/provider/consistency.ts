import { ProviderFailure } from "./diagnostics";
import { pause } from "./pauses";

const SIGHTINGS = 5;
const TIME_LIMIT_SECONDS = 300;

/**
 * The real provider's wait for Graph to agree with itself: five sightings in a row, 5 s apart, 10 s once one has failed.
 * Any error ends it, and so do five minutes. Source: measured with azuread 6.9.1.
 * @throws ProviderFailure that says what was being done.
 */
export async function waitFor(target: string, doing: string, seen: () => Promise<boolean>): Promise<void> {
  let sightings = 0;
  let apart = 5;
  for (let waited = 0; waited < TIME_LIMIT_SECONDS; waited += apart) {
    let isSeen: boolean;
    try {
      isSeen = await seen();
    } catch (error) {
      throw new ProviderFailure(doing, `retrieving resource: ${(error as Error).message}`);
    }
    sightings = isSeen ? sightings + 1 : 0;
    apart = isSeen ? apart : 10;
    if (sightings === SIGHTINGS) return;
    await pause(apart);
  }
  throw new ProviderFailure(
    doing,
    `timeout while waiting for state to become '${target}' (last state: 'Waiting', timeout: 5m0s)`,
  );
}
