import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { ROOT } from "../../docs/reference/sources";

const MAIN = path.join(ROOT, "sandbox/dist/command-line/main.js");

/** The commands that a reader of the guide types, in its order: each line of the blocks that name no language. */
function commandsOf(guide: string): string[] {
  const commands: string[] = [];
  let block: string | undefined;
  for (const line of guide.split("\n")) {
    if (line.startsWith("```")) block = block === undefined ? line.slice(3) : undefined;
    else if (block === "") commands.push(line);
  }
  return commands;
}

/** What the guide says of the commands that do not simply succeed, by their place among the same ones. */
const SAYS: Record<string, (string | RegExp)[]> = {
  "npm run preview -- --stack guide": ["9 to create"],
  "npm run up -- --stack guide": [
    /probeResult +Succeeded/,
    "MBX13 runs 15.0.712.24 (Exchange Server 2013)",
    /probeResult +Succeeded/,
    "1 updated, 8 unchanged",
  ],
  "npm run refresh -- --stack guide": ["1 drifted, 8 unchanged"],
  "npm run destroy -- --stack guide": ["9 deleted"],
};
const FAILS = "MBX13";
const PROBES = [/"ResultType": "Failed",\s+"Error": "The partner application/, /"ResultType": "Succeeded"/];

describe("the guide, typed line by line", () => {
  const commands = commandsOf(readFileSync(path.join(ROOT, "docs/guide.md"), "utf8"));
  const home = mkdtempSync(path.join(tmpdir(), "guide-"));
  after(() => rmSync(home, { recursive: true }));

  it("asks for nothing but this repository's own commands", () => {
    expect(commands.filter((command) => !/^npm run [a-z]+( |$)/.test(command))).to.deep.equal([]);
  });

  const said = structuredClone(SAYS);
  const probes = [...PROBES];
  for (const command of commands) {
    const expected = command.includes("Invoke-MonitoringProbe") ? probes.shift() : said[command]?.shift();
    it(`${command}${expected ? ` says ${expected}` : ""}`, () => {
      // The build is there already, so what npm would do first is left out.
      const line = command
        .replace(/^npm run (sandbox -- )?/, `node "${MAIN}" `)
        .replace(/^(node "[^"]+" \w+) -- /, "$1 ");
      const { status, stdout, stderr } = spawnSync("sh", ["-c", line], {
        cwd: ROOT,
        encoding: "utf8",
        env: { ...process.env, SANDBOX_HOME: home },
      });
      const text = stdout + stderr;
      if (typeof expected === "string") expect(text).to.include(expected);
      else if (expected) expect(text).to.match(expected);
      expect(status, text).to.equal(typeof expected === "string" && expected.includes(FAILS) ? 1 : 0);
    });
  }

  it("has said all that was expected of it", () => {
    expect([...Object.values(said).flat(), ...probes]).to.deep.equal([]);
  });
});
