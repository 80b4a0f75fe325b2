// What the whole command of `up` with nothing to do takes, in one run with its baselines:
//
//   npm run bench:up [-- <rounds>]
//
// Figures are medians, and in brackets the least and the most.
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { cpus, tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { figuresOf, figuresText, printTable } from "../../engine/bench/figures";

const ROOT = path.join(__dirname, "..", "..");
const COMMAND = path.join(ROOT, "sandbox", "dist", "command-line", "main.js");
const IDLE = path.join(__dirname, "idle.js");
const ROUNDS = Number(process.argv[2] ?? 9);
/** How many times as long as its baseline `up` may take. */
const GOALS = { processes: 1.5, checked: 2 / 3 };

// The modules of the root stack's program, loaded and not used.
const IDLE_PROGRAM = `import * as azuread from "@pulumi/azuread";
import * as exchange from "pulumi-exchange-server";
export const loaded = [azuread.getServicePrincipalOutput, exchange.PushNotificationProxying].length;
`;

const run = promisify(execFile);

interface Round {
  /** Seconds of `up`. */
  up: number;
  /** Of the processes that it cannot avoid, side by side. */
  processes: number;
  /** Of `up` that checks the program's types, although nothing has changed. */
  checked: number;
}

async function main(): Promise<void> {
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), "bench-up-")));
  try {
    const home = path.join(folder, "home");
    const idle = await idleProgram(folder);
    const environment = { ...process.env, SANDBOX_HOME: home };
    const command = (variables: NodeJS.ProcessEnv = {}) =>
      run(process.execPath, [COMMAND, "up"], { cwd: ROOT, env: { ...environment, ...variables } });
    await command();
    const rounds: Round[] = [];
    // In turn, so that whatever else the machine does slows all.
    for (let round = 0; round < ROUNDS; round++) {
      rounds.push({
        up: await seconds(() => command()),
        processes: await seconds(() => run(process.execPath, [IDLE, home, idle], { cwd: ROOT, env: environment })),
        // As to Pulumi's CLI: check types always.
        checked: await seconds(() => command({ PULUMI_NODEJS_TRANSPILE_ONLY: "false" })),
      });
    }
    print(rounds);
  } finally {
    await rm(folder, { recursive: true });
  }
}

function print(rounds: readonly Round[]): void {
  const of = (pick: (round: Round) => number) => figuresText(figuresOf(rounds.map(pick)));
  console.log(`Node ${process.version}, ${cpus().length} cores ${cpus()[0]?.model}. Median (least–most) of ${ROUNDS}.`);
  console.log("\nup with nothing to do of the root stack, the whole command");
  printTable([
    ["", "seconds"],
    ["up", of(({ up }) => up)],
    ["the processes that it cannot avoid", of(({ processes }) => processes)],
    ["up that checks types", of(({ checked }) => checked)],
  ]);
  console.log(
    "The processes: one with the tenant starts the program's host (with a program that loads the same modules and\n" +
      "declares nothing), the process of dynamic providers and the azuread provider side by side, and ends them when ready.",
  );
  verdict("the processes", rounds, GOALS.processes, ({ up, processes }) => up / processes);
  verdict("an up that checks types", rounds, GOALS.checked, ({ up, checked }) => up / checked);
}

/** Of each round by itself, since all of a round had the machine as busy as it was just then. */
function verdict(baseline: string, rounds: readonly Round[], goal: number, ratio: (round: Round) => number): void {
  const figures = figuresOf(rounds.map(ratio));
  const holds = figures.median <= goal ? "holds" : "FAILS";
  console.log(`${holds}  at most ${goal.toFixed(2)} times ${baseline}: ${figuresText(figures)}`);
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

// A failure ends the process with its stack trace.
void main();
