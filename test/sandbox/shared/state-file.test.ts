import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { expect } from "chai";
import { DamagedState, StateFile } from "../../../sandbox/shared/state-file";

interface Counter {
  version: number;
  count: number;
}

describe("a state file", () => {
  let folder: string;
  let file: StateFile<Counter>;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "state-file-"));
    file = new StateFile<Counter>(path.join(folder, "counter.json"), {
      subject: "counter",
      version: 1,
      problem: (value) => ("count" in value ? undefined : '"count" is missing'),
    });
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it("is not there at first", async () => {
    expect(await file.read()).to.equal(undefined);
  });

  it("is read as it was saved", async () => {
    await file.exclusively(({ save }) => save({ version: 1, count: 7 }));
    expect(await file.read()).to.deep.equal({ version: 1, count: 7 });
  });

  it("loses nothing when several works of one process change it at once, and one that fails stops no other", async () => {
    const works = Array.from({ length: 10 }, (_none, at) =>
      file.exclusively(async ({ save }) => {
        if (at === 3) throw new Error("this one fails");
        await save({ version: 1, count: ((await file.read())?.count ?? 0) + 1 });
      }),
    );
    const ends = await Promise.allSettled(works);
    expect(ends.filter(({ status }) => status === "rejected")).to.have.length(1);
    expect(await file.read()).to.deep.equal({ version: 1, count: 9 });
  });

  it("is not saved by a holder that has lost its lock: another one may have saved since", async () => {
    await file.exclusively(({ save }) => save({ version: 1, count: 7 }));
    const late = file.exclusively(async ({ save }) => {
      await rm(`${file.file}.lock`, { recursive: true });
      // The lock is looked at every two seconds, and nothing tells when.
      for (let tries = 0; tries < 100; tries += 1) {
        await wait(100);
        await save({ version: 1, count: 8 });
      }
    });
    const error = (await late.catch((thrown: unknown) => thrown)) as NodeJS.ErrnoException;
    expect(error.code).to.equal("ECOMPROMISED");
  });

  for (const { what, text, reason } of [
    { what: "is no JSON", text: "{", reason: "it is not JSON (" },
    { what: "is no object", text: "[]", reason: "it is not an object." },
    { what: "is of another version", text: '{"version":2,"count":1}', reason: "its version is 2, not 1." },
    { what: "lacks a key", text: '{"version":1}', reason: '"count" is missing.' },
  ] as const) {
    it(`that ${what} is refused, left alone, and kept aside by what takes its place`, async () => {
      await writeFile(file.file, text);
      const error = await file.read().catch((thrown: unknown) => thrown);
      expect(error).to.be.instanceOf(DamagedState);
      expect((error as Error).message).to.contain(`The sandbox's counter in ${file.file} cannot be read: ${reason}`);
      expect(await readFile(file.file, "utf8")).to.equal(text);

      await file.exclusively(({ replace }) => replace({ version: 1, count: 0 }));

      expect(await file.read()).to.deep.equal({ version: 1, count: 0 });
      const [aside = ""] = (await readdir(folder)).filter((name) => /^counter\.json\.damaged-\d+$/.test(name));
      expect(await readFile(path.join(folder, aside), "utf8")).to.equal(text);
    });
  }
});
