import { ALLOWLIST } from "../../../provider/powershell/allowlist";
import { KNOWN_ERRORS } from "./built-provider";
import type { Case } from "./damages";
import { type Call, Stopped } from "./hostile-session";
import { stateOf } from "./rehearsal";
import type { Beginning, Ending } from "./trial";

/** A rule that did not hold, and how. */
export interface Broken {
  rule: string;
  what: string;
}

/** Bytes of any one text that a user is shown, or that travels in the trailers of an answer. */
const LONGEST_TEXT = 8 * 1024;

/** Bytes of an object's outputs; the longest single value that is tried is half as long. */
const LARGEST_STATE = 4.5 * 2 ** 20;

/** Processor seconds that nothing but a text of the far end's can take. */
const LONGEST_WORK = 3;

/** What an operation came to, in a word. */
export function outcomeOf({ isTooLate, thrown }: Ending): string {
  if (isTooLate) return "no end";
  if (!thrown) return "succeeded";
  return thrown.error instanceof Error ? thrown.error.name : `threw ${typeof thrown.error}`;
}

/** Every rule that did not hold, of those that hold whatever the far end says. */
export function verdict(beginning: Beginning, undisturbed: Ending, damage: Case, ending: Ending): Broken[] {
  return [
    ...endsWell(ending),
    ...isBounded(ending),
    ...keepsCertificate(beginning, damage, ending),
    ...makesOne(ending),
    ...writesNothingFor(undisturbed, damage, ending),
    ...tellsWhatItWrote(ending),
  ];
}

/** What is no object is no answer: an operation that goes on as if it were not there has passed it over. */
export function passesOver(ending: Ending, undisturbed: Ending, withoutIt: Ending): Broken[] {
  const same = (one: Ending, other: Ending) => JSON.stringify(resultOf(one)) === JSON.stringify(resultOf(other));
  if (ending.thrown || same(ending, undisturbed) || !same(ending, withoutIt)) return [];
  return [{ rule: "what is no object is not passed over", what: "it went on as with a list that lacks it" }];
}

const resultOf = ({ outputs, calls }: Ending) => [outputs, calls.filter(isWrite).map(inWords)];

function endsWell({ isTooLate, thrown, seconds }: Ending): Broken[] {
  const broken: Broken[] = [];
  if (isTooLate) broken.push({ rule: "every operation ends", what: "it had not after a minute" });
  if (thrown?.error instanceof Stopped) broken.push({ rule: "every operation ends", what: thrown.error.message });
  else if (thrown && !(thrown.error instanceof Error && KNOWN_ERRORS.has(thrown.error.name)))
    broken.push({ rule: "an error is of a class that is documented", what: beginningOf(String(thrown.error)) });
  if ((seconds ?? 0) > LONGEST_WORK)
    broken.push({ rule: "no text takes long", what: `${seconds?.toFixed(1)} seconds of the processor` });
  return broken;
}

function isBounded({ thrown, outputs, lines }: Ending): Broken[] {
  const broken: Broken[] = [];
  const bound = (what: string, text: unknown, limit = LONGEST_TEXT) => {
    const bytes = Buffer.byteLength(String(text ?? ""));
    if (bytes > limit) broken.push({ rule: `${what} has a bound`, what: `${bytes} bytes` });
  };
  const error = thrown?.error as (Error & { reasons?: string[]; properties?: unknown }) | undefined;
  bound("an error's message", error?.message);
  bound("what is wrong with a half-made resource", error?.reasons?.join("; "));
  for (const line of lines) bound("a printed line", line);
  for (const stored of [outputs, error?.properties]) {
    if (stored === undefined) continue;
    bound("a state", JSON.stringify(stored), LARGEST_STATE);
    if (!isPlain(stored)) broken.push({ rule: "a state is plain JSON", what: beginningOf(JSON.stringify(stored)) });
    const { warnings = [], repair = [] } = stored as { warnings?: { text?: unknown }[]; repair?: unknown[] };
    for (const { text } of warnings) bound("a warning", text);
    for (const reason of repair) bound("what is to be repaired", reason);
  }
  return broken;
}

/** A valid certificate that every server holds, and that AuthConfig names, is never swapped for another. */
function keepsCertificate({ moment, operation }: Beginning, damage: Case, ending: Ending): Broken[] {
  const before = stateOf(moment);
  const after = stateOf(ending.moment);
  const present = damage.clock ?? new Date(Date.now() + before.clockOffset);
  const isGood = (state: typeof before, thumbprint: string, by: Date) =>
    state.servers
      .filter(({ role }) => role === "Mailbox")
      .every(({ certificates }) =>
        certificates.some((each) => each.thumbprint === thumbprint && new Date(each.notAfter) > by),
      );
  const { current } = before.authConfig;
  const now = after.authConfig.current;
  if (damage.lie || now === current || !isGood(before, current, new Date(Date.now() + before.clockOffset))) return [];
  // By a clock that is far ahead the current one has expired: one that has not may take its place.
  if (damage.clock && !isGood(before, current, present) && isGood(after, now, present)) return [];
  // A destroy names the former one again, which must serve.
  if (operation.method === "delete" && isGood(after, now, present)) return [];
  // That is what a rollover is for, once the other one is on every server.
  if (operation.kind === "OAuthCertificateRollover" && isGood(after, now, present)) return [];
  return [{ rule: "a valid certificate is never swapped", what: `${current} was replaced by ${now}` }];
}

function makesOne({ calls }: Ending): Broken[] {
  const made = calls.filter(({ cmdlet }) => cmdlet === "New-ExchangeCertificate").length;
  return made > 1 ? [{ rule: "at most one certificate is made", what: `${made} were asked for` }] : [];
}

/** What cannot be read is no reason to write anything. */
function writesNothingFor(undisturbed: Ending, damage: Case, { calls }: Ending): Broken[] {
  const broken: Broken[] = [];
  if (damage.unreadable) {
    const expected = undisturbed.calls.filter(isWrite).map(inWords);
    for (const call of calls.filter(isWrite)) {
      const at = expected.indexOf(inWords(call));
      if (at >= 0) expected.splice(at, 1);
      else broken.push({ rule: "an unreadable answer causes no write", what: inWords(call) });
    }
  }
  const [first] = damage.decides ? calls.slice(damage.call) : [];
  if (first?.damaged) {
    const behind = calls.slice(damage.call + 1);
    const until = behind.findIndex(({ cmdlet, damaged }) => cmdlet === first.cmdlet && !damaged);
    const write = behind.slice(0, until < 0 ? undefined : until).find(isWrite);
    if (write)
      broken.push({ rule: "nothing is written after an unreadable property that decides", what: inWords(write) });
  }
  return broken.slice(0, 1);
}

/** An operation that fails behind a write says so. */
function tellsWhatItWrote({ calls, thrown }: Ending): Broken[] {
  const error = thrown?.error as (Error & { outcomeUnknown?: boolean; reasons?: string[] }) | undefined;
  if (!error || error instanceof Stopped || error.name === "HalfMade" || error.outcomeUnknown) return [];
  // A write that is answered with an error is the one that the error is of.
  const written = calls.filter(({ changed, told }) => changed && !told?.errors.length);
  const untold = written.find(({ cmdlet }) => !error.message?.includes(cmdlet));
  return untold ? [{ rule: "an error says what was written before it", what: beginningOf(error.message) }] : [];
}

function isWrite({ cmdlet }: Call): boolean {
  // An export takes a key out, and changes nothing.
  return ALLOWLIST[cmdlet]?.access === "writes" && cmdlet !== "Export-ExchangeCertificate";
}

function inWords({ cmdlet, parameters }: Call): string {
  return `${cmdlet} ${parameters.Server ?? ""}`.trim();
}

function beginningOf(text: string): string {
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}

function isPlain(value: unknown): boolean {
  if (value === null || typeof value === "string" || typeof value === "boolean" || value === undefined) return true;
  if (typeof value === "number") return Number.isFinite(value);
  if (Array.isArray(value)) return value.every(isPlain);
  if (typeof value !== "object") return false;
  const prototype = Object.getPrototypeOf(value);
  return (prototype === Object.prototype || prototype === null) && Object.values(value).every(isPlain);
}
