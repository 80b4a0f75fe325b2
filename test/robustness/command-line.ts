import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";

const MAIN = path.resolve(__dirname, "../../sandbox/dist/command-line/main.js");

/** What a command left behind. */
export interface Ended {
  exitCode: number | null;
  stdout: string;
  stderr: string;
}

/** A command of the sandbox's command line, in a process group of its own, so that it can be killed with all in it. */
export class Command {
  readonly ended: Promise<Ended>;
  readonly #child: ChildProcess;

  constructor(words: string[], { cwd, home, declared = "{}" }: { cwd: string; home: string; declared?: string }) {
    const { PULUMI_CONFIG_PASSPHRASE: _passphrase, SANDBOX_SCENARIO: _scenario, ...environment } = process.env;
    const own = { SANDBOX_HOME: home, DECLARED: declared, PULUMI_NODEJS_TRANSPILE_ONLY: "true" };
    this.#child = spawn(process.execPath, [MAIN, ...words], {
      cwd,
      env: { ...environment, ...own },
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const texts = { stdout: "", stderr: "" };
    this.#child.stdout?.on("data", (chunk) => {
      texts.stdout += chunk;
    });
    this.#child.stderr?.on("data", (chunk) => {
      texts.stderr += chunk;
    });
    // What inherited its pipes may live on: the end of the process is what counts here.
    this.ended = once(this.#child, "exit").then(async ([exitCode]) => {
      await Promise.race([once(this.#child, "close"), wait(5_000, undefined, { ref: false })]);
      return { exitCode, ...texts };
    });
  }

  /** Kills the process and its group, as a machine that goes down does, at once. */
  kill(): void {
    if (this.#child.pid === undefined || this.#child.exitCode !== null) return;
    try {
      process.kill(-this.#child.pid, "SIGKILL");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
    }
  }
}

/**
 * The processes that still work for a sandbox: each of them has its folder in the environment. Nobody tells when what is
 * not our child has ended, so it is looked for, half a minute at the most. Linux alone shows it; elsewhere none is found.
 */
export async function processesLeft(home: string): Promise<string[]> {
  let left = processesOf(home);
  for (let tries = 0; left.length > 0 && tries < 300; tries++) {
    await wait(100);
    left = processesOf(home);
  }
  return left;
}

function processesOf(home: string): string[] {
  if (process.platform !== "linux") return [];
  return readdirSync("/proc").flatMap((id) => {
    if (!/^\d+$/.test(id) || id === String(process.pid)) return [];
    try {
      const environment = readFileSync(`/proc/${id}/environ`, "utf8").split("\0");
      if (!environment.includes(`SANDBOX_HOME=${home}`)) return [];
      const words = readFileSync(`/proc/${id}/cmdline`, "utf8").split("\0");
      // One that has ended and was not waited for yet has no words any more.
      return words[0] === "" ? [] : [words.map((word) => path.basename(word)).join(" ")];
    } catch {
      // It has ended since, or is another user's.
      return [];
    }
  });
}
