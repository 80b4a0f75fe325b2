import { UsageError } from "./errors";

const HOUR = 60 * 60 * 1000;
const SPAN = /^([+-])(\d{1,7})([hdy])$/;
// Without a zone, a time would be this machine's own.
const DATE = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d))?$/;
const FORMS = "use +12h, +31d or +2y, or a date such as 2031-01-31 or 2031-01-31T12:00:00Z";

/** Beyond every certificate that Exchange makes; the provider takes no clock past it for a present one. */
const LAST_YEAR = 2100;

/**
 * The time that a user means: hours, days or calendar years from `now`, or a date.
 * @throws UsageError for what is no time, lies before `now`, or after the year 2100.
 */
export function timeAfter(now: Date, text: string): Date {
  const time = spanFrom(now, text) ?? dateOf(text);
  if (time === undefined) throw new UsageError(`"${text}" is not a time: ${FORMS}`);
  if (time < now) {
    throw new UsageError(
      `The clock does not go back: it is ${secondsOf(now)}, and "${text}" is earlier. \`npm run reset\` starts over`,
    );
  }
  if (!(time.getUTCFullYear() <= LAST_YEAR)) {
    throw new UsageError(`The clock goes no further than the year ${LAST_YEAR}: "${text}" is later`);
  }
  return time;
}

/** ISO 8601 to the second: `2026-11-28T12:00:00Z`. */
export function secondsOf(time: Date): string {
  return `${time.toISOString().slice(0, 19)}Z`;
}

function spanFrom(now: Date, text: string): Date | undefined {
  const [, sign, digits, unit] = SPAN.exec(text) ?? [];
  if (digits === undefined) return undefined;
  const count = Number(`${sign}${digits}`);
  const time = new Date(now);
  if (unit === "y") time.setUTCFullYear(now.getUTCFullYear() + count);
  else time.setTime(now.getTime() + count * (unit === "d" ? 24 : 1) * HOUR);
  return time;
}

function dateOf(text: string): Date | undefined {
  const time = new Date(text);
  return DATE.test(text) && !Number.isNaN(time.getTime()) ? time : undefined;
}
