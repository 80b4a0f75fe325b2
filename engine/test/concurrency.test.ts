import { writeFile } from "node:fs/promises";
import path from "node:path";
import { expect } from "chai";
import type { EngineEvent } from "..";
import { TYPES_UNCHECKED, Workspace } from "./workspace";

const INDEPENDENT = 12;

// Twelve things, and one more on each of the first four; each takes a while for whatever is done to it.
const PROGRAM = `
  const { Thing } = require("recorded-resource");
  const slow = { kind: "slow", ms: 150 };
  const faults = { create: slow, read: slow, delete: slow };
  for (let number = 0; number < ${INDEPENDENT}; number++) {
    const base = new Thing("base-" + number, { name: "base-" + number, value: "v", faults });
    if (number < 4) new Thing("on-" + number, { name: "on-" + number, value: base.echo, faults });
  }`;

/** What ran from when to when, in events; by the resource's name. */
function runsOf(events: readonly EngineEvent[]): Map<string, { begin: number; end: number }> {
  const runs = new Map<string, { begin: number; end: number }>();
  for (const [index, { resourcePreEvent, resOutputsEvent }] of events.entries()) {
    const { urn = "", type } = (resourcePreEvent ?? resOutputsEvent)?.metadata ?? {};
    if (type !== "pulumi-nodejs:dynamic/recorded:Thing") continue;
    const name = urn.split("::").at(-1) ?? "";
    if (resourcePreEvent) runs.set(name, { begin: index, end: Number.NaN });
    else runs.set(name, { begin: runs.get(name)?.begin ?? Number.NaN, end: index });
  }
  return runs;
}

/** The most that ran at the same time. */
function mostAtOnce(runs: ReturnType<typeof runsOf>): number {
  const all = [...runs.values()];
  return Math.max(...all.map(({ begin }) => all.filter((other) => other.begin <= begin && begin < other.end).length));
}

describe("Resources at the same time", () => {
  let workspace: Workspace;
  beforeEach(async () => {
    workspace = await Workspace.create();
    await workspace.write("index.ts", PROGRAM);
    await writeFile(path.join(workspace.folder, "world.json"), "{}");
  });
  afterEach(() => workspace.remove());

  const run = async (operation: "up" | "refresh" | "destroy", parallel?: number) => {
    const environment = {
      ...TYPES_UNCHECKED,
      RECORDED_WORLD: path.join(workspace.folder, "world.json"),
      RECORDED_LOG: path.join(workspace.folder, "calls.log"),
    };
    const { succeeded } = await workspace.run(operation, { environment, parallel });
    expect(succeeded, workspace.diagnostics.join("\n")).to.equal(true);
    const runs = runsOf(workspace.events);
    expect(runs.size).to.equal(INDEPENDENT + 4);
    return runs;
  };

  it("are as many as may be, and dependents come after what they depend on, in a destroy before", async () => {
    const made = await run("up", 3);
    expect(mostAtOnce(made)).to.equal(3);
    for (const number of [0, 1, 2, 3]) {
      expect(made.get(`on-${number}`)?.begin).to.be.greaterThan(made.get(`base-${number}`)?.end ?? Number.NaN);
    }
    expect(mostAtOnce(await run("refresh", 5))).to.equal(5);
    const deleted = await run("destroy", 3);
    expect(mostAtOnce(deleted)).to.equal(3);
    for (const number of [0, 1, 2, 3]) {
      expect(deleted.get(`base-${number}`)?.begin).to.be.greaterThan(deleted.get(`on-${number}`)?.end ?? Number.NaN);
    }
  });

  it("are one where no more may be", async () => {
    expect(mostAtOnce(await run("up", 1))).to.equal(1);
  });
});
