import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { PARTS, partDifferences } from "./conformance/agreement";
import { type Recording, replay, type Scenario } from "./golden/replay";

/** Replayed by every `npm test`; the others with GOLDEN=all, as `npm run test:all` says. */
const QUICK = [
  "component",
  "config",
  "create-chain",
  "create-partial",
  "create-throws",
  "drift",
  "interrupt",
  "replace-delete-first",
  "secrets",
  "stack-reference",
];

/** Scenarios that come to what this engine does not offer: in which step, from 0, and how it says so. */
const REFUSED: Record<string, { step: number; message: string }> = {
  "import-option": { step: 0, message: 'The option "import" (of "old")' },
  "replace-flag": { step: 2, message: "The option --target-replace" },
  target: { step: 1, message: "The option --target" },
};

const folder = path.join(__dirname, "golden");
const read = (kind: string, name: string) => JSON.parse(readFileSync(path.join(folder, kind, `${name}.json`), "utf8"));

const all = readdirSync(path.join(folder, "scenarios")).map((file) => path.basename(file, ".json"));
const names = (process.env.GOLDEN === "all" ? all : QUICK).filter((name) => !(name in REFUSED));
const queue = [...names];
const replays = new Map<string, Promise<Recording[]>>();

/** Two scenarios run at a time: the one that is looked at and the next. */
function replayOf(name: string): Promise<Recording[]> {
  for (const next of [name, ...queue.splice(0, queue.indexOf(name) + 2)]) {
    if (replays.has(next)) continue;
    const running = replay(read("scenarios", next) as Scenario);
    running.catch(() => undefined);
    replays.set(next, running);
  }
  return replays.get(name) ?? Promise.reject(new Error(`no replay of ${name}`));
}

describe("The engine does what Pulumi's own does", () => {
  for (const name of names) {
    const golden = read("golden", name) as { steps: Recording[] };
    describe(name, () => {
      let found: Recording[] = [];
      before(async () => {
        found = await replayOf(name);
      });
      golden.steps.forEach((expected, index) => {
        for (const part of PARTS) {
          it(`step ${index + 1}, ${expected.op}: ${part}`, () => {
            expect(partDifferences(part, expected, found[index])).to.deep.equal([]);
          });
        }
      });
    });
  }
});

describe("The engine refuses by name what it does not offer", () => {
  for (const [name, { step, message }] of Object.entries(REFUSED)) {
    it(`${name}: ${message}`, async () => {
      const scenario = read("scenarios", name) as Scenario;
      const golden = read("golden", name) as { steps: Recording[] };
      const recordings = await replay({ ...scenario, steps: scenario.steps.slice(0, step + 1) });
      const before = golden.steps
        .slice(0, step)
        .flatMap((expected, index) => PARTS.flatMap((part) => partDifferences(part, expected, recordings[index])));
      expect(before).to.deep.equal([]);
      const { result, diagnostics, cliErrors } = recordings[step] ?? {};
      expect(result).to.equal("failed");
      const told = JSON.stringify([diagnostics, cliErrors]);
      const sentence = `${message} is not supported by this engine. Use Pulumi's own CLI for it.`;
      expect(told).to.include(JSON.stringify(sentence).slice(1, -1));
    });
  }
});
