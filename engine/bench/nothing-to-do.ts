import { execFile } from "node:child_process";
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { figuresOf, figuresText, printTable } from "./figures";

const ROOT = path.join(__dirname, "..", "..");
const COMMAND = path.join(ROOT, "sandbox", "dist", "command-line", "main.js");
const IDLE = path.join(__dirname, "idle.js");
const ROUNDS = 9;
const GOAL = 1.3;
/** Where the sandbox keeps that a program's types are right: without it they are checked. */
const TYPES = "types";

// The modules of the root stack's program, loaded and not used.
const IDLE_PROGRAM = `import * as azuread from "@pulumi/azuread";
import * as exchange from "pulumi-exchange-server";
export const loaded = [azuread.getServicePrincipalOutput, exchange.PushNotificationProxying].length;
`;

const run = promisify(execFile);

/** `up` with nothing to do of the root stack, against the processes that it cannot avoid. */
export async function benchNothingToDo(): Promise<void> {
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), "bench-up-")));
  try {
    const home = path.join(folder, "home");
    const idle = await idleProgram(folder);
    const environment = { ...process.env, SANDBOX_HOME: home };
    const command = () => run(process.execPath, [COMMAND, "up"], { cwd: ROOT, env: environment });
    await command();
    const [ups, idles, firsts]: [number[], number[], number[]] = [[], [], []];
    // In turn, so that whatever else the machine does slows both.
    for (let round = 0; round < ROUNDS; round++) {
      ups.push(await seconds(command));
      idles.push(await seconds(() => run(process.execPath, [IDLE, home, idle], { cwd: ROOT, env: environment })));
      await rm(path.join(home, TYPES), { recursive: true });
      firsts.push(await seconds(command));
    }
    print(ups, idles, firsts);
  } finally {
    await rm(folder, { recursive: true });
  }
}

function print(ups: number[], idles: number[], firsts: number[]): void {
  const [measured, baseline] = [figuresOf(ups), figuresOf(idles)];
  // Of each pair, since both of a pair had the machine as busy as it was just then.
  const ratio = figuresOf(ups.map((up, round) => up / (idles[round] ?? Number.NaN)));
  console.log("\nup with nothing to do of the root stack, the whole command");
  printTable([
    ["", "seconds"],
    ["up", figuresText(measured)],
    ["baseline", figuresText(baseline)],
    ["up that checks types", figuresText(figuresOf(firsts))],
  ]);
  console.log(
    "The baseline: a process with the tenant starts the program's host (with a program that loads the same modules and\n" +
      "declares nothing), the process of dynamic providers and the azuread provider side by side, and ends them when ready.",
  );
  const verdict = ratio.median <= GOAL ? "met" : "missed";
  console.log(`${figuresText(ratio)} times the baseline of the same round: the goal of ${GOAL} is ${verdict}.`);
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await work();
  return (performance.now() - begin) / 1_000;
}

async function idleProgram(folder: string): Promise<string> {
  const idle = path.join(folder, "idle");
  await mkdir(idle);
  await symlink(path.join(ROOT, "node_modules"), path.join(folder, "node_modules"), "junction");
  await writeFile(path.join(idle, "package.json"), '{ "name": "idle", "main": "index.ts" }');
  await writeFile(
    path.join(idle, "tsconfig.json"),
    '{ "compilerOptions": { "target": "es2022", "module": "node20" } }',
  );
  await writeFile(path.join(idle, "index.ts"), IDLE_PROGRAM);
  return idle;
}
