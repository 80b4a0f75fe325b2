import { readFileSync } from "node:fs";
import path from "node:path";
import { SmallDisk } from "./disk/small-disk";
import { Figures } from "./figures";
import { expectConverged } from "./kills/converged";
import { Stack } from "./kills/stack";
import { Random } from "./random";
import { chosen, SEED } from "./size";

const FILE = "test/robustness/disk.test.ts";
const ORGANISATION = path.join(__dirname, "kills", "organisation.json");
const SHORT = 1;
const LONG = 5;

/** Pages of 4 KB that all of a first up writes, each file beside its former one. */
const PAGES = 24;

describe("a disk that becomes full in the course of up", function () {
  this.timeout(600_000);
  const figures = new Figures("full disks");
  let isPossible = true;

  before(function () {
    const disk = process.platform === "linux" ? SmallDisk.mount(1) : undefined;
    disk?.unmount();
    if (disk) return;
    isPossible = false;
    console.log("\nSKIPPED: a disk is filled on Linux alone, by a user who may mount a file system.\n");
    this.skip();
  });
  after(() => {
    if (isPossible) figures.print();
  });

  const random = new Random(SEED, "disk");
  const pages = random.shuffled(Array.from({ length: PAGES }, (_none, page) => page));
  for (const { id, left } of chosen(
    pages.map((left) => ({ id: `${left} pages left`, left })),
    SHORT,
    LONG,
  )) {
    it(`leaves each state as it was or as it is: ${id}`, async () => {
      const since = figures.broken;
      const disk = SmallDisk.mount(16);
      if (!disk) throw new Error("no disk could be mounted");
      const stack = Stack.create(path.join(disk.folder, "home"));
      try {
        await stack.reset(ORGANISATION);
        const before = stack.organisation;
        // The tenant and the folders are there, as with any but the first operation.
        await stack.mustRun("preview");
        disk.leave(left);
        const ended = await stack.run("up");
        disk.free();
        figures.count(`exit code ${ended.exitCode}`);
        for (const file of ["exchange.json", "entra.json"]) requireWhole(path.join(stack.home, file));
        if (ended.exitCode === 0) await expectConverged(stack, before, { next: [["up"]], beginning: "first up" });
        if (/^\s+at .+:\d+:\d+\)?$/m.test(`${ended.stdout}${ended.stderr}`))
          figures.broke("no stack trace is shown", id, `${ended.stdout}${ended.stderr}`.slice(-600));
        requireWhole(stack.stackFile, true);
        await stack.mustRun("cancel");
        await stack.mustRun("up");
        await expectConverged(stack, before, { next: [["up"]], beginning: "first up" });
      } catch (error) {
        figures.broke("each state is whole, and the next up converges", id, (error as Error).message.slice(0, 1_500));
      } finally {
        stack.remove();
        disk.unmount();
      }
      figures.requireNone(FILE, since);
    });
  }
});

/** @throws Error where the file is there and no JSON, or is not there and must be. */
function requireWhole(file: string, mayBeAbsent = false): void {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if (mayBeAbsent && (error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw error;
  }
  try {
    JSON.parse(text);
  } catch (error) {
    throw new Error(
      `${path.basename(file)} holds ${text.length} characters that are no JSON: ${(error as Error).message}`,
    );
  }
}
