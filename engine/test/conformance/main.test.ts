import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";

const GOLDEN = path.join(__dirname, "..", "golden");
const QUICKEST = "duplicate-names";

/** Runs the command as npm does; standard output without its table. */
function golden(...words: string[]): Promise<{ exitCode: number | undefined; stdout: string; stderr: string }> {
  const main = path.join(__dirname, "main.ts");
  return new Promise((resolve) => {
    const child = execFile(process.execPath, ["--require", "tsx/cjs", main, ...words], (_error, stdout, stderr) =>
      resolve({ exitCode: child.exitCode ?? undefined, stdout, stderr }),
    );
  });
}

describe("the command that holds the engine against recordings", () => {
  let folder: string;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "conformance-"));
    for (const kind of ["scenarios", "golden"]) {
      await mkdir(path.join(folder, kind));
      await cp(path.join(GOLDEN, kind, `${QUICKEST}.json`), path.join(folder, kind, `${QUICKEST}.json`));
    }
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it("ends with 0 where all that was recorded elsewhere agrees", async () => {
    const { exitCode, stdout } = await golden("--in", folder);
    expect(stdout.trimEnd().split("\n").at(-1)).to.equal("1 of 1 scenarios agree with the recordings");
    expect(exitCode).to.equal(0);
  });

  it("ends with 1 and shows what differs", async () => {
    const file = path.join(folder, "golden", `${QUICKEST}.json`);
    const text = await readFile(file, "utf8");
    const recording = JSON.parse(text);
    recording.steps[0].exitCode = 7;
    await writeFile(file, JSON.stringify(recording));
    const { exitCode, stdout } = await golden("--in", folder, QUICKEST);
    await writeFile(file, text);
    expect(stdout.trimEnd().split("\n").slice(-4)).to.deep.equal([
      `${QUICKEST}: 1 difference`,
      `  step 1, ${recording.steps[0].op}: exitCode: expected 7, found 1`,
      "",
      "0 of 1 scenarios agree with the recordings; 1 differ",
    ]);
    expect(exitCode).to.equal(1);
  });

  const WRONG: { title: string; words: string[]; message: string }[] = [
    {
      title: "a scenario that there is not",
      words: ["nope"],
      message: `There is no scenario nope in <folder>/scenarios. There are ${QUICKEST}.`,
    },
    {
      title: "a folder without scenarios",
      words: ["--in", "nowhere"],
      message: `There is no folder ${path.resolve("nowhere", "scenarios")}: --in DIR names one that holds scenarios/ and golden/.`,
    },
    { title: "an option that there is not", words: ["--only", "calls"], message: "Unknown option '--only'" },
  ];
  for (const { title, words, message } of WRONG) {
    it(`ends with 2 for ${title}`, async () => {
      const { exitCode, stderr } = await golden("--in", folder, ...words);
      expect(stderr.replaceAll(folder, "<folder>")).to.match(
        new RegExp(`^error: ${message.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}`),
      );
      expect(exitCode).to.equal(2);
    });
  }

  it("ends with 2 for a scenario that was never recorded", async () => {
    await writeFile(path.join(folder, "scenarios", "new.json"), JSON.stringify({ name: "new", steps: [] }));
    const { exitCode, stderr } = await golden("--in", folder);
    await rm(path.join(folder, "scenarios", "new.json"));
    expect(stderr).to.equal(
      `error: The scenario new is not recorded: there is no ${path.join(folder, "golden", "new.json")}. Record it with record.js first.\n`,
    );
    expect(exitCode).to.equal(2);
  });
});
