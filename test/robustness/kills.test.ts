import path from "node:path";
import type { State } from "../../sandbox/exchange";
import { Figures } from "./figures";
import { expectConverged } from "./kills/converged";
import { allKills, BEGINNINGS, type BeginningName, carryOut, type Kill } from "./kills/kills";
import { CHANGED, Stack } from "./kills/stack";
import { Random } from "./random";
import { chosen, SEED } from "./size";

const FILE = "test/robustness/kills.test.ts";
const ORGANISATION = path.join(__dirname, "kills", "organisation.json");
const SHORT = 1;
const LONG = 14;
const MOMENTS = 60;

const YEARS = 365.25 * 24 * 60 * 60 * 1000;

/** What each operation begins with. */
const PREPARE: Record<BeginningName, (stack: Stack) => Promise<void>> = {
  "first up": (stack) => stack.reset(ORGANISATION),
  "changed program": async (stack) => {
    await PREPARE["first up"](stack);
    await stack.mustRun("up");
    stack.declared = CHANGED;
  },
  "expired since": async (stack) => {
    await stack.reset("ordinary");
    await stack.mustRun("up");
    stack.edit((state) => {
      state.clockOffset += 5 * YEARS;
    });
    await stack.mustRun("refresh");
  },
  destroy: async (stack) => {
    await PREPARE["first up"](stack);
    await stack.mustRun("up");
  },
  "destroy of an unused one": async (stack) => {
    await PREPARE.destroy(stack);
    // Somebody has named another certificate since, and forgotten the former one.
    stack.edit((state) => {
      state.authConfig.current = state.servers[0]?.smtpCertificate ?? "";
      state.authConfig.previous = "";
    });
  },
};

describe("an operation in the middle of which something dies", function () {
  this.timeout(600_000);
  const figures = new Figures("kills");
  const prepared = new Map<BeginningName, { stack: Stack; undisturbed: number }>();
  after(() => {
    for (const { stack } of prepared.values()) stack.remove();
    figures.print();
  });

  for (const kill of chosen(allKills(new Random(SEED, "kills"), MOMENTS), SHORT, LONG)) {
    it(`loses nothing: ${kill.id}`, async () => {
      const since = figures.broken;
      const { stack: beginning, undisturbed } = await begin(kill);
      const stack = beginning.copy();
      const before = stack.organisation;
      try {
        const ended = await carryOut(stack, kill, undisturbed);
        await stack.mustRun("cancel");
        // An engine that dies has no exit code; one that has lived must tell of what it lost.
        const struck = (await stack.journal()).some(({ outcome }) => ["crash", "killParent"].includes(outcome));
        if (struck && ended.exitCode === 0) await mustBeWhole(stack, before, kill);
        for (const words of kill.next) await stack.mustRun(...words);
        await expectConverged(stack, before, kill);
        figures.count(`converged by ${kill.next.join(" and ")}`);
      } catch (error) {
        figures.count("did not converge");
        figures.broke("what the program says comes about", kill.id, (error as Error).message);
      } finally {
        stack.remove();
      }
      figures.requireNone(FILE, since);
    });
  }

  /** What only advice is read for may be lost without a word, where all else was done. Never a write. */
  async function mustBeWhole(stack: Stack, before: State, { at, beginning }: Kill): Promise<void> {
    if (!("cmdlet" in at && at.cmdlet.startsWith("Get-"))) throw new Error("the operation ended with exit code 0");
    await expectConverged(stack, before, { next: [[BEGINNINGS[beginning].verb]], beginning });
  }

  /** The same beginning serves all its kills, each on a copy. */
  async function begin({ beginning, at }: Kill): Promise<{ stack: Stack; undisturbed: number }> {
    const known = prepared.get(beginning);
    if (known && (known.undisturbed > 0 || "cmdlet" in at)) return known;
    const stack = known?.stack ?? Stack.create();
    if (!known) await PREPARE[beginning](stack);
    let undisturbed = 0;
    if ("thousandths" in at) {
      const rehearsal = stack.copy();
      const began = performance.now();
      await rehearsal.mustRun(BEGINNINGS[beginning].verb);
      undisturbed = performance.now() - began;
      rehearsal.remove();
    }
    prepared.set(beginning, { stack, undisturbed });
    return { stack, undisturbed };
  }
});
