import { openOrganisation } from "../../exchange";
import { moveClock, type OrganisationTime, readTime } from "../../exchange/clock";
import { type AddCommand, type Surroundings, withExamples } from "../command";
import { placesOf } from "../places";
import { secondsOf, timeAfter } from "../time";

interface ClockOptions {
  json?: boolean;
}

export const addClock: AddCommand = (parent, surroundings) => {
  const command = parent
    .command("clock")
    .description("Show the time of the sandbox's Exchange, or move it forward")
    .argument("[time]", "Hours, days or years from now (+12h, +31d, +2y), or a date (2031-01-31T12:00:00Z)")
    .option("-j, --json", "Print the time and what AuthConfig names as one JSON object")
    // -31d is not an option but a time in the past, which is refused as such.
    .allowUnknownOption()
    .action((time: string | undefined, options: ClockOptions) => run(time, options, surroundings))
    .addHelpText("after", DETAILS);
  return withExamples(command, "npm run sandbox -- clock", "npm run sandbox -- clock +31d");
};

const DETAILS = [
  "",
  "Exchange makes a next certificate current half a day after its date, by this clock. The tenant does not check",
  "dates, and this machine's clock is not changed.",
].join("\n");

async function run(
  time: string | undefined,
  options: ClockOptions,
  { environment, stdout }: Surroundings,
): Promise<void> {
  const { home } = placesOf(environment);
  await openOrganisation(home);
  const present = time === undefined ? await readTime(home) : await moveClock(home, (now) => timeAfter(now, time));
  const text = options.json ? JSON.stringify(asJson(present), null, 2) : linesOf(present).join("\n");
  stdout.write(`${text}\n`);
}

function asJson({ now, authConfig: { current, previous, next, nextEffectiveDate } }: OrganisationTime) {
  return {
    now: secondsOf(now),
    currentCertificateThumbprint: current,
    previousCertificateThumbprint: previous,
    nextCertificateThumbprint: next,
    nextCertificateEffectiveDate: nextEffectiveDate === null ? "" : secondsOf(new Date(nextEffectiveDate)),
  };
}

function linesOf({ now, authConfig, promoted }: OrganisationTime): string[] {
  const { current, previous, next, nextEffectiveDate } = authConfig;
  const time = `It is ${secondsOf(now)} in the sandbox's Exchange.`;
  if (promoted) {
    const former = previous === "" ? "" : `; the previous one is ${previous}`;
    return [time, `Exchange has made the next certificate current: ${current}${former}.`];
  }
  const named = `AuthConfig names ${current || "no certificate"}`;
  if (next === "") return [time, `${named}, and no next one.`];
  const date = nextEffectiveDate === null ? "" : `, to take effect at ${secondsOf(new Date(nextEffectiveDate))}`;
  return [time, `${named}, and as the next one ${next}${date}.`];
}
