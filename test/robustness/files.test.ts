import { copyFileSync, existsSync, lstatSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Command, Ended } from "./command-line";
import { Figures } from "./figures";
import { allFileCases, type FileCase } from "./files/cases";
import { Stack } from "./kills/stack";
import { Random } from "./random";
import { chosen, SEED } from "./size";

const FILE = "test/robustness/files.test.ts";
const ORGANISATION = path.join(__dirname, "kills", "organisation.json");
const SHORT = 6;
const LONG = 60;

const LONGEST_MILLISECONDS = 120_000;
/** Characters of everything that a refusal prints. */
const LONGEST_REFUSAL = 4_000;

describe("a command that meets a damaged file", function () {
  this.timeout(3_600_000);
  const figures = new Figures("damaged files");
  let beginning: Stack;

  before(async () => {
    beginning = Stack.create();
    await beginning.reset("ordinary");
    await beginning.mustRun("up");
    const exported = await beginning.mustRun("stack", "export");
    writeFileSync(path.join(beginning.project, "export.json"), exported.stdout);
  });
  after(() => {
    beginning.remove();
    figures.print();
  });

  const cases = chosen(allFileCases(new Random(SEED, "files")), SHORT, LONG);
  for (const command of new Set(cases.map(commandOf))) {
    it(`says in a line which file it is and what to do, and overwrites nothing: ${command}`, async () => {
      const since = figures.broken;
      for (const each of cases.filter((one) => commandOf(one) === command)) await tryOut(each);
      figures.requireNone(FILE, since);
    });
  }

  async function tryOut(each: FileCase): Promise<void> {
    const stack = beginning.copy();
    try {
      copyFileSync(path.join(beginning.project, "export.json"), path.join(stack.project, "export.json"));
      copyFileSync(ORGANISATION, path.join(stack.project, "scenario.json"));
      const file = each.fileOf(stack);
      each.damage.strike(file);
      const before = contentsOf(file);
      const command = stack.start(...each.words(stack));
      const ended = await Promise.race([command.ended, tooLate(command)]);
      figures.count(ended === "late" ? "no end" : `exit code ${ended.exitCode}`);
      for (const [rule, what] of ended === "late"
        ? [["it ends", "not within two minutes"]]
        : broken(each, stack, file, before, ended))
        figures.broke(rule as string, each.id, what as string);
    } finally {
      stack.remove();
    }
  }
});

/** The command, and which file is damaged, without how. */
function commandOf({ id }: FileCase): string {
  return id.replace(/ damaged: .*/s, " damaged");
}

/** Every rule that did not hold. */
function broken(each: FileCase, stack: Stack, file: string, before: string, ended: Ended): [string, string][] {
  const { exitCode, stdout, stderr } = ended;
  const found: [string, string][] = [];
  const text = `${stderr}${stdout}`;
  const shown = text.slice(0, 400).replaceAll("\n", "⏎");
  if (/^\s+at .+:\d+:\d+\)?$/m.test(text) || text.includes("internal error of the sandbox"))
    found.push(["no stack trace is shown", shown]);
  const isKept = contentsOf(file) === before;
  if (exitCode === 0) {
    if (each.putsAside && !each.damage.mayBeHarmless && !isKept && !existsAside(stack, file, before))
      found.push(["what a reset cannot read is kept aside", shown]);
    if (!each.putsAside && !each.damage.mayBeHarmless) found.push(["what cannot be read is refused", shown]);
    if (/ created(?! )|created {2}/.test(stdout)) found.push(["a damaged state is not taken for an empty one", shown]);
    return found;
  }
  // One wrong value among thousands may be told by the resource that it is of, while what went well is saved.
  if (each.damage.mayBeHarmless && /\b(reading|creating|updating|deleting)\b/.test(stdout)) return found;
  if (!isKept) found.push(["a file that was refused stays as it is", shown]);
  // Of what a user has written, the key tells as much.
  if (!text.includes(path.basename(file)) && (each.isOurs || !/"?\w+:\w+/.test(text)))
    found.push(["a refusal names the file", shown]);
  if (each.isOurs && !/\b(run|repair|put|restore|correct|move|remove|reset|cancel|use|set|delete)\b/i.test(text))
    found.push(["a refusal says what to do", shown]);
  if (text.length > LONGEST_REFUSAL) found.push(["a refusal is short", `${text.length} characters: ${shown}`]);
  return found;
}

/** What lies there, or what kind of thing it is. */
function contentsOf(file: string): string {
  if (!lstatSync(file, { throwIfNoEntry: false })) return "nothing";
  try {
    return readFileSync(file, "base64");
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? "unknown";
  }
}

function existsAside(stack: Stack, file: string, before: string): boolean {
  const folder = path.dirname(file);
  const others = readdirSync(folder).filter((name) => name !== path.basename(file));
  return existsSync(stack.home) && others.some((name) => contentsOf(path.join(folder, name)) === before);
}

async function tooLate(command: Command): Promise<"late"> {
  await wait(LONGEST_MILLISECONDS, undefined, { ref: false });
  command.kill();
  return "late";
}
