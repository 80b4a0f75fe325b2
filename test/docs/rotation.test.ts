import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { ROOT } from "../../docs/reference/sources";

const MAIN = path.join(ROOT, "sandbox/dist/command-line/main.js");
const EXAMPLE = "examples/rotation";
const SETTING = "exchange-rotation:certificateGenerations";

/** What a reader does: a command to type, with the lines that it prints, or the generations to write down. */
type Action = { command: string; prints: string[] } | { generations: string };

/** The walk, in its order: each line of the blocks that name no language, with the block of text after it. */
function actionsOf(page: string): Action[] {
  const [, walk = ""] = /## The walk in the sandbox\n([\s\S]*?)\nIf you run step 4/.exec(page) ?? [];
  const change = new RegExp(`change the line to \`${SETTING}: (\\[.*?\\])\``, "i");
  const actions: Action[] = [];
  let block: string | undefined;
  for (const line of walk.split("\n")) {
    const [, generations] = change.exec(line) ?? [];
    const last = actions.at(-1);
    if (line.startsWith("```")) block = block === undefined ? line.slice(3) : undefined;
    else if (block === "") actions.push({ command: line, prints: [] });
    else if (block === "text" && line !== "" && last && "prints" in last) last.prints.push(line);
    else if (generations) actions.push({ generations });
  }
  return actions;
}

/** Without what differs from run to run: thumbprints, dates, durations. */
function constant(text: string): string {
  return text
    .replaceAll(/\b[0-9A-F]{40}\b/g, "<thumbprint>")
    .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, "<date>")
    .replaceAll(/\d+\.\d s\b/g, "<seconds>");
}

/** Whether a line that may be shortened by … is among those that were printed. */
function isAmong(printed: string[], line: string): boolean {
  const parts = constant(line)
    .split("…")
    .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const pattern = new RegExp(`^${parts.join(".*")}$`);
  return printed.some((one) => pattern.test(constant(one)));
}

describe("the renewal of the auth certificate, walked through by its page alone", () => {
  const actions = actionsOf(readFileSync(path.join(ROOT, "docs/rotation.md"), "utf8"));
  // As deep below the root as the example, so that the program and its configuration find what they name.
  mkdirSync(path.join(ROOT, ".work"), { recursive: true });
  const folder = mkdtempSync(path.join(ROOT, ".work/rotation-"));
  const home = path.join(folder, "home");
  const configuration = path.join(folder, "Pulumi.dev.yaml");
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

  it("takes the same steps as the example's README", () => {
    const readme = readFileSync(path.join(ROOT, EXAMPLE, "README.md"), "utf8");
    const [, deploy = ""] = /## Deploy\n([\s\S]*?)\n## /.exec(readme) ?? [];
    const steps = deploy.split("\n").map((line) => line.trim());
    const walked = actions.flatMap((action) => ("command" in action ? [action.command] : []));
    expect(steps.filter((line) => line.startsWith("npm run"))).to.deep.equal(
      walked.filter((command) => !/ sandbox -- (exchange|entra)/.test(command)),
    );
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
    const { command, prints } = action;
    it(`${command}${prints.length > 0 ? " prints what the page shows" : ""}`, () => {
      const { status, text } = run(command);
      expect(status, text).to.equal(0);
      const printed = text.split("\n");
      expect(
        prints.filter((line) => !isAmong(printed, line)),
        text,
      ).to.deep.equal([]);
    });
  }

  it("ends with the key credential of generation 2 alone", () => {
    expect(added()).to.equal(1);
  });
});
