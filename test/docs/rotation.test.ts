import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { ROOT } from "../../docs/reference/sources";

const MAIN = path.join(ROOT, "sandbox/dist/command-line/main.js");
const EXAMPLE = "examples/rotation";
const SETTING = "exchange-rotation:certificateGenerations";

/** What a reader does: a command to type, or the generations to write into the configuration. */
type Action = { command: string } | { generations: string };

/** The walk, in its order: each line of the blocks that name no language, and each change of the configuration. */
function actionsOf(page: string): Action[] {
  const [, walk = ""] = /## The walk in the sandbox\n([\s\S]*?)\nIf you run step 4/.exec(page) ?? [];
  const change = new RegExp(`change the line to \`${SETTING}: (\\[.*?\\])\``, "i");
  const actions: Action[] = [];
  let block: string | undefined;
  for (const line of walk.split("\n")) {
    const [, generations] = change.exec(line) ?? [];
    if (line.startsWith("```")) block = block === undefined ? line.slice(3) : undefined;
    else if (block === "") actions.push({ command: line });
    else if (generations) actions.push({ generations });
  }
  return actions;
}

/** What the page shows of the commands, by their place among the same ones. */
const SAYS: Record<string, RegExp[]> = {
  [`npm run preview -- --cwd ${EXAMPLE}`]: [/3 to create, 8 unchanged/, /1 to update, 2 to delete, 8 unchanged/],
  [`npm run up -- --cwd ${EXAMPLE}`]: [
    /"generation":1,"notAfter":"[^"]+","state":"Current"[^}]*}\]/,
    /"generation":1,"notAfter":"[^"]+","state":"Current".*"generation":2,"notAfter":"[^"]+","state":"Next"/,
    /stays on the servers: it was not made by this stack\.[\s\S]*1 updated, 2 deleted, 8 unchanged/,
  ],
  [`npm run up -- --cwd ${EXAMPLE} --refresh`]: [/"state":"Previous".*"state":"Current"[\s\S]*11 unchanged/],
  "npm run sandbox -- entra": [/(customKeyIdentifier[\s\S]*){4}/],
  "npm run sandbox -- clock +31d": [/It has made the next certificate current/],
};

describe("the renewal of the auth certificate, walked through by its page alone", () => {
  const actions = actionsOf(readFileSync(path.join(ROOT, "docs/rotation.md"), "utf8"));
  // As deep below the root as the example, so that the program and its configuration find what they name.
  mkdirSync(path.join(ROOT, ".work"), { recursive: true });
  const folder = mkdtempSync(path.join(ROOT, ".work/rotation-"));
  const home = path.join(folder, "home");
  const configuration = path.join(folder, "Pulumi.dev.yaml");
  const said = structuredClone(SAYS);
  before(() => {
    cpSync(path.join(ROOT, EXAMPLE), folder, { recursive: true });
    mkdirSync(home);
  });
  after(() => rmSync(folder, { recursive: true }));

  function run(line: string): { status: number | null; text: string } {
    const command = line
      .replace(EXAMPLE, `"${folder}"`)
      .replace(/^npm run (sandbox -- )?/, `node "${MAIN}" `)
      .replace(/^(node "[^"]+" \w+) -- /, "$1 ");
    const environment = { ...process.env, SANDBOX_HOME: home };
    const { status, stdout, stderr } = spawnSync("sh", ["-c", command], {
      cwd: ROOT,
      encoding: "utf8",
      env: environment,
    });
    return { status, text: stdout + stderr };
  }

  /** The key credentials that the tenant has beside those that were there before. */
  function added(): number {
    return run("npm run sandbox -- entra").text.split("customKeyIdentifier").length - 1 - 2;
  }

  it("has nothing but this repository's own commands, and two changes of the configuration", () => {
    const commands = actions.flatMap((action) => ("command" in action ? [action.command] : []));
    expect(commands.filter((command) => !/^npm run [a-z]+( |$)/.test(command))).to.deep.equal([]);
    expect(actions.filter((action) => "generations" in action)).to.deep.equal([
      { generations: "[1, 2]" },
      { generations: "[2]" },
    ]);
  });

  for (const action of actions) {
    if ("generations" in action) {
      it(`${SETTING}: ${action.generations}`, () => {
        const text = readFileSync(configuration, "utf8");
        const changed = text.replace(new RegExp(`${SETTING}: .*`), `${SETTING}: ${action.generations}`);
        expect(changed).to.not.equal(text);
        writeFileSync(configuration, changed);
      });
      continue;
    }
    const expected = said[action.command]?.shift();
    it(`${action.command}${expected ? ` says ${expected}` : ""}`, () => {
      const { status, text } = run(action.command);
      if (expected) expect(text).to.match(expected);
      expect(status, text).to.equal(0);
    });
  }

  it("has shown all that was expected of it, and ends with the key credential of generation 2 alone", () => {
    expect(Object.values(said).flat()).to.deep.equal([]);
    expect(added()).to.equal(1);
  });
});
