import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, watch } from "node:fs/promises";
import os from "node:os";
import path from "node:path";

const ROOT = path.join(__dirname, "..", "..", "..");
// The built command line: its stacks' providers run in plain Node, and need the build anyway.
const MAIN = path.join(ROOT, "sandbox", "dist", "command-line", "main.js");

/** What a command left behind. */
export interface Ended {
  exitCode: number | null;
  stdout: string;
  stderr: string;
}

/** The command line over a sandbox of its own, in a temporary folder. */
export class TestSandbox {
  private constructor(readonly home: string) {}

  static async create(): Promise<TestSandbox> {
    return new TestSandbox(await mkdtemp(path.join(os.tmpdir(), "sandbox-command-line-")));
  }

  /** Starts a command in the repository's root. */
  start(...words: string[]): RunningCommand {
    const { PULUMI_CONFIG_PASSPHRASE: _passphrase, SANDBOX_SCENARIO: _scenario, ...environment } = process.env;
    // In each new sandbox a program's types would be checked first, for a second and more.
    const own = { SANDBOX_HOME: this.home, PULUMI_NODEJS_TRANSPILE_ONLY: "true" };
    return new RunningCommand(
      spawn(process.execPath, [MAIN, ...words], { cwd: ROOT, env: { ...environment, ...own } }),
    );
  }

  run(...words: string[]): Promise<Ended> {
    return this.start(...words).ended;
  }

  /** Settles when a tenant writes down its address; to be called before the command starts. */
  async tenantBegins(): Promise<void> {
    const folder = path.join(this.home, "entra");
    await mkdir(folder, { recursive: true });
    for await (const { filename } of watch(folder)) if (filename === "address.json") return;
  }

  remove(): Promise<void> {
    return rm(this.home, { recursive: true, force: true });
  }
}

export class RunningCommand {
  readonly ended: Promise<Ended>;
  #stdout = "";
  #stderr = "";

  constructor(private readonly child: ChildProcessWithoutNullStreams) {
    child.stdout.on("data", (chunk) => {
      this.#stdout += chunk;
    });
    child.stderr.on("data", (chunk) => {
      this.#stderr += chunk;
    });
    this.ended = once(child, "close").then(([exitCode]) => ({ exitCode, stdout: this.#stdout, stderr: this.#stderr }));
  }

  /** Settles once standard output holds the text; fails where the command ends without it. */
  async prints(text: string): Promise<void> {
    while (!this.#stdout.includes(text)) {
      const ended = await Promise.race([once(this.child.stdout, "data").then(() => undefined), this.ended]);
      if (ended && !ended.stdout.includes(text)) throw new Error(`no "${text}" in:\n${ended.stdout}${ended.stderr}`);
    }
  }

  interrupt(): void {
    this.child.kill("SIGINT");
  }
}
