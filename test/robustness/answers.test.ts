import { resetTenant, startTenant, type Tenant } from "../../sandbox/entra";
import type { Case } from "./answers/damages";
import { nameOf, OPERATIONS, type Operation } from "./answers/operations";
import { Rehearsal } from "./answers/rehearsal";
import { type Beginning, cases, type Ending, isDiff, prepare, run } from "./answers/trial";
import { outcomeOf, passesOver, verdict } from "./answers/verdict";
import { Figures } from "./figures";
import { Random } from "./random";
import { chosen, ONLY, SEED } from "./size";

const FILE = "test/robustness/answers.test.ts";

// Cases of one operation: of some a thousand and more could be tried.
const SHORT = 3;
const LONG = 300;

describe("an Exchange that answers wrongly", function () {
  this.timeout(600_000);
  const figures = new Figures("wrong answers");
  let exchange: Rehearsal;
  let tenant: Tenant;

  before(async () => {
    exchange = new Rehearsal();
    await resetTenant(exchange.home);
    tenant = await startTenant({ home: exchange.home });
  });
  after(async () => {
    await tenant.close();
    exchange.remove();
    figures.print();
  });

  for (const operation of OPERATIONS.filter(isChosen)) {
    it(`gets no harm done: ${nameOf(operation)}`, async () => {
      const since = figures.broken;
      const beginning = await prepare(exchange, operation);
      const { undisturbed, all } = await cases(exchange, beginning);
      if (await isDiff(exchange, beginning, undisturbed))
        figures.broke("what was just brought about is no diff", `${nameOf(operation)} | undisturbed`, "it is one");
      const random = new Random(SEED, nameOf(operation));
      for (const damage of chosen(spread(random.shuffled(all)), SHORT, LONG)) {
        await tryOut(beginning, undisturbed, damage);
      }
      figures.requireNone(FILE, since);
    });
  }

  async function tryOut(beginning: Beginning, undisturbed: Ending, damage: Case): Promise<void> {
    const ending = await run(exchange, beginning, damage);
    figures.count(outcomeOf(ending));
    const broken = verdict(beginning, undisturbed, damage, ending);
    if (damage.passedOver && !ending.thrown) {
      const withoutIt = await run(exchange, beginning, { ...damage, answer: damage.passedOver });
      broken.push(...passesOver(ending, undisturbed, withoutIt));
    }
    for (const { rule, what } of broken) figures.broke(rule, damage.id, what);
  }
});

/** One of each group before the second of any: a sample touches every property. */
function spread(shuffled: Case[]): Case[] {
  const seen = new Map<string, number>();
  const rounds = shuffled.map((damage) => {
    const round = seen.get(damage.group) ?? 0;
    seen.set(damage.group, round + 1);
    return { damage, round };
  });
  return rounds.sort((one, other) => one.round - other.round).map(({ damage }) => damage);
}

function isChosen(operation: Operation): boolean {
  return ONLY === undefined || ONLY.startsWith(`${nameOf(operation)} |`);
}
