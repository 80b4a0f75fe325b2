import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { LEASH } from "../preload";
import { GRACE_MILLISECONDS } from "./grace";

/** What a child has to be told; `onLine` gets each line it prints. */
export interface ProcessOptions {
  arguments: readonly string[];
  workingDirectory: string;
  environment: NodeJS.ProcessEnv;
  onLine(stream: "stdout" | "stderr", line: string): void;
}

/** A child in a process group of its own, so that it and all that it starts can be ended together. */
export class ProcessGroup {
  /** Settles when the process has ended and its output was read: its exit code, or undefined if a signal ended it. */
  readonly ended: Promise<number | undefined>;
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>;
  #isRunning = true;

  constructor(command: string, { arguments: list, workingDirectory, environment, onLine }: ProcessOptions) {
    this.#child = spawn(command, list, {
      cwd: workingDirectory,
      env: environment,
      stdio: ["pipe", "pipe", "pipe"],
      detached: process.platform !== "win32",
      windowsHide: true,
    });
    running.add(this);
    // A write to a child that has ended fails; how it ended is told by `ended`.
    this.#child.stdin.on("error", () => undefined);
    const lines = (["stdout", "stderr"] as const).map((stream) => {
      const reader = createInterface({ input: this.#child[stream], crlfDelay: Number.POSITIVE_INFINITY });
      reader.on("line", (line) => onLine(stream, line));
      return once(reader, "close");
    });
    this.ended = this.#end(lines);
  }

  /** The process's id, which is the group's; undefined if it could not be started. */
  get pid(): number | undefined {
    return this.#child.pid;
  }

  async #end(lines: Promise<unknown>[]): Promise<number | undefined> {
    try {
      const [code] = (await once(this.#child, "exit")) as [number | null];
      // What the process itself started may hold its streams open: it goes, too.
      this.#signal("SIGKILL");
      await Promise.all(lines);
      return code ?? undefined;
    } finally {
      this.#isRunning = false;
      running.delete(this);
    }
  }

  /** Ends the group: SIGINT, and SIGKILL for what is left after five seconds. */
  async end(): Promise<void> {
    if (!this.#isRunning) return;
    this.#signal("SIGINT");
    const timer = setTimeout(() => this.kill(), GRACE_MILLISECONDS);
    await this.ended.catch(() => undefined);
    clearTimeout(timer);
  }

  /** Ends the group at once. */
  kill(): void {
    if (this.#isRunning) this.#signal("SIGKILL");
  }

  #signal(signal: NodeJS.Signals): void {
    const { pid } = this.#child;
    if (pid === undefined) return;
    try {
      if (process.platform === "win32") this.#child.kill(signal);
      else process.kill(-pid, signal);
    } catch (error) {
      // ESRCH: the group has ended in the meantime.
      if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
    }
  }
}

const running = new Set<ProcessGroup>();
process.on("exit", () => {
  for (const group of running) group.kill();
});

/** The arguments with which Node runs a script that ends when we do. */
export function leashedNode(script: string, ...rest: string[]): string[] {
  return ["--require", LEASH, script, ...rest];
}
