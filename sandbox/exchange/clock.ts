import { runServicelet } from "./rollover";
import { type AuthConfig, clockOf } from "./state";
import { presentState, stateFile } from "./state-file";

/** What time it is in an organisation, and what its AuthConfig names by then. */
export interface OrganisationTime {
  now: Date;
  authConfig: AuthConfig;
  /** Whether the next certificate was made current by this move of the clock. */
  promoted: boolean;
}

/** The organisation's time. @throws DamagedState */
export async function readTime(home: string): Promise<OrganisationTime> {
  const state = await presentState(home);
  return { now: clockOf(state), authConfig: state.authConfig, promoted: false };
}

/**
 * Sets the organisation's clock, and lets happen what the time brings with it.
 * @param timeAfter the new time for the present one; what it throws leaves the clock alone.
 * @throws DamagedState
 */
export function moveClock(home: string, timeAfter: (now: Date) => Date): Promise<OrganisationTime> {
  return stateFile(home).exclusively(async ({ save }) => {
    const state = await presentState(home);
    const { next } = state.authConfig;
    const before = clockOf(state);
    state.clockOffset += timeAfter(before).getTime() - before.getTime();
    runServicelet(state);
    await save(state);
    const { authConfig } = state;
    return { now: clockOf(state), authConfig, promoted: next !== "" && authConfig.next === "" };
  });
}
