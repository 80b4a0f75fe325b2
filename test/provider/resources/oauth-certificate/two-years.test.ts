import { expect } from "chai";
import { DAY, Died, numbers, SimulatedOrganisation } from "./simulated-organisation";
import { Refused, SimulatedStack } from "./simulated-stack";

// All of them take half a minute.
const SEEDS = Number(process.env.SEEDS ?? (process.env.TESTS === "all" ? 1000 : 100));
const HOURS = 2 * 365 * 24;

/** How often a year each hand is at work: the difference to the one before. */
const HANDS = [
  { hand: "away", upTo: 3 },
  { hand: "administrator", upTo: 4 },
  { hand: "script", upTo: 8 },
  { hand: "wizard", upTo: 14 },
  { hand: "back", upTo: 16 },
  { hand: "publishes", upTo: 18 },
  { hand: "clears", upTo: 24 },
] as const;

/** What happened in two years of an organisation, up to the first hour at which sign-in did not work. */
function twoYears(seed: number): { fault: string; renewals: number; refusals: number; deaths: number } {
  const random = numbers(seed);
  const organisation = new SimulatedOrganisation(random, 200 + 300 * random());
  const stack = new SimulatedStack(organisation);
  const counts = { renewals: 0, refusals: 0, deaths: 0 };
  let declared = [1];
  let previous: string[] = [];

  const up = (wanted: number[], isRefreshed: boolean, mayDie: boolean): boolean => {
    organisation.writesLeft = mayDie ? random() * 6 : Number.POSITIVE_INFINITY;
    try {
      stack.up(wanted, isRefreshed);
      return true;
    } catch (error) {
      if (error instanceof Refused) counts.refusals += 1;
      else if (error instanceof Died) counts.deaths += 1;
      else throw error;
      return false;
    } finally {
      organisation.writesLeft = Number.POSITIVE_INFINITY;
    }
  };

  up(declared, false, false);
  for (let hour = 1; hour <= HOURS; hour++) {
    const dice = random() * 24 * 365;
    const hand = HANDS.find(({ upTo }) => dice < upTo)?.hand ?? "none";
    const event = organisation.pass(hand);
    if (event) previous = [...previous.slice(-5), `${hour} h: ${event}`];
    // The pipeline's night; one in five is skipped, and one in ten refreshes nothing. It may die in every second one.
    if (hour % 24 === 3 && random() > 0.2) {
      const [first, latest] = [declared[0], declared.at(-1)] as [number, number];
      const ends = organisation.certificateOf(organisation.current)?.notAfter.getTime() ?? 0;
      let wanted = declared;
      // What the warnings say: the end is near, or another hand has staged one.
      const isAsked = ends - organisation.now < 60 * DAY || organisation.next !== "";
      if (first === latest && isAsked) wanted = [latest, latest + 1];
      else if (first !== latest && (stack.isCurrent(latest) ? random() < 0.2 : random() < 0.02)) wanted = [latest];
      else if (first !== latest && random() < 0.01) wanted = [first];
      const isDone = up(wanted, random() > 0.1, random() < 1 / 2);
      if (isDone && wanted.length === 1 && wanted[0] === latest && first !== latest) counts.renewals += 1;
      // Whoever reads an error puts the program back, unless what was cut short goes on the next night.
      if (isDone || wanted.length > declared.length) declared = wanted;
      previous = [...previous.slice(-5), `${hour} h: up [${wanted}] ${isDone ? "done" : "not done"}`];
    }
    const fault = organisation.trouble();
    if (fault !== "") return { fault: `seed ${seed}, hour ${hour}: ${fault} (${previous.join("; ")})`, ...counts };
  }
  return { fault: "", ...counts };
}

describe("two years of an organisation whose certificates live less than that", function () {
  this.timeout(600_000);

  it(`have a valid current certificate at each of ${HOURS} hours, on every server that is up, and known to the tenant, with ${SEEDS} seeds`, () => {
    const faults: string[] = [];
    const total = { renewals: 0, refusals: 0, deaths: 0 };
    for (let seed = 1; seed <= SEEDS; seed++) {
      const { fault, renewals, refusals, deaths } = twoYears(seed);
      if (fault) faults.push(fault);
      total.renewals += renewals;
      total.refusals += refusals;
      total.deaths += deaths;
    }
    expect(faults.slice(0, 10), `${faults.length} of ${SEEDS} seeds`).to.deep.equal([]);
    expect(total.renewals, "renewals").to.be.greaterThan(SEEDS);
    expect(total.refusals, "refusals").to.be.greaterThan(SEEDS / 10);
    expect(total.deaths, "deaths").to.be.greaterThan(SEEDS);
  });
});
