import { type ChildProcessByStdio, spawn } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import { childEnvironment } from "./environment";
import { type LineHandlers, LineReader } from "./lines";
import { killGroup } from "./process-group";
import { MAXIMUM_LINE_BYTES } from "./protocol";
import { Tail } from "./tail";

/** How a far end came to its end. */
export type Ending =
  | { kind: "notStarted"; error: NodeJS.ErrnoException }
  | { kind: "exited"; code: number | null; signal: NodeJS.Signals | null }
  /** It closed its standard input or output and lived on, until we killed it. */
  | { kind: "closedStream"; stream: "input" | "output" };

/** After exit, how long the last bytes may take: whatever inherited the pipe must not keep us. */
const LAST_BYTES_MILLISECONDS = 200;

/** After a stream has closed, how long we wait for the exit that usually follows. */
const EXIT_MILLISECONDS = 500;

/** After a kill, how long we wait for its exit: what runs as another user cannot be killed. */
const KILL_MILLISECONDS = 1_000;

const running = new Set<FarEnd>();

// A group of its own outlives us otherwise. At this point only what is synchronous still runs.
process.on("exit", () => {
  for (const farEnd of running) farEnd.kill();
});

/** A child that speaks the protocol: started at once, in a process group of its own, by no shell. */
export class FarEnd {
  /** Resolves once, after the last of its lines, when it has ended or could not be started. Never rejects. */
  readonly ended: Promise<Ending>;
  /** The last of its standard error. */
  readonly standardError = new Tail();
  readonly #reader: LineReader;
  #child: ChildProcessByStdio<Writable, Readable, Readable> | undefined;
  #settled = false;
  #settle: (ending: Ending) => void = () => undefined;

  /** @param command the program and its arguments. */
  constructor(command: string[], handlers: LineHandlers) {
    this.#reader = new LineReader(MAXIMUM_LINE_BYTES, handlers);
    this.ended = new Promise((resolve) => {
      this.#settle = (ending) => {
        if (this.#settled) return;
        this.#reader.end();
        this.#settled = true;
        running.delete(this);
        this.#letGo();
        resolve(ending);
      };
    });
    running.add(this);
    try {
      this.#listen(this.#spawn(command));
    } catch (error) {
      // spawn throws, and emits nothing, for a name that no program can have.
      this.#settle({ kind: "notStarted", error: error as NodeJS.ErrnoException });
    }
  }

  /** Sends a line. That it did not arrive shows in `ended`. */
  write(line: string): void {
    this.#child?.stdin.write(line);
  }

  /** Closes its standard input, on which it should end by itself, and kills it when it has not after `milliseconds`. */
  async end(milliseconds: number): Promise<void> {
    this.#child?.stdin.end();
    const timer = setTimeout(() => this.kill(), milliseconds);
    await this.ended;
    clearTimeout(timer);
  }

  /** Kills it and whatever it started. */
  kill(): void {
    this.#kill({ kind: "exited", code: null, signal: "SIGKILL" });
  }

  #spawn([program = "", ...programArguments]: string[]): ChildProcessByStdio<Writable, Readable, Readable> {
    this.#child = spawn(program, programArguments, {
      stdio: ["pipe", "pipe", "pipe"],
      env: childEnvironment(process.env),
      // On Windows this would open a console window, and taskkill finds the descendants without it.
      detached: process.platform !== "win32",
      windowsHide: true,
    });
    return this.#child;
  }

  #listen(child: ChildProcessByStdio<Writable, Readable, Readable>): void {
    child.on("error", (error: NodeJS.ErrnoException) => {
      if (child.pid === undefined) this.#settle({ kind: "notStarted", error });
    });
    child.on("exit", (code, signal) => {
      // What it left behind in its group would hold the pipes, and perhaps a session on the server.
      if (child.pid !== undefined) killGroup(child.pid);
      const ending: Ending = { kind: "exited", code, signal };
      child.on("close", () => this.#settle(ending));
      setTimeout(() => this.#settle(ending), LAST_BYTES_MILLISECONDS);
    });
    child.stdin.on("error", () => this.#killUnlessItExits("input"));
    child.stdout.on("close", () => this.#killUnlessItExits("output"));
    child.stdout.on("data", (chunk: Buffer) => this.#reader.push(chunk));
    child.stderr.setEncoding("utf8").on("data", (text: string) => this.standardError.add(text));
  }

  #killUnlessItExits(stream: "input" | "output"): void {
    const child = this.#child;
    // A child that lives keeps us alive by itself, so this timer need not.
    setTimeout(() => {
      if (child?.exitCode === null && child.signalCode === null) this.#kill({ kind: "closedStream", stream }, 0);
    }, EXIT_MILLISECONDS).unref();
  }

  #kill(ending: Ending, milliseconds = KILL_MILLISECONDS): void {
    if (this.#settled || this.#child?.pid === undefined) return;
    killGroup(this.#child.pid);
    setTimeout(() => this.#settle(ending), milliseconds).unref();
  }

  /** Nothing of it keeps this process alive any more. */
  #letGo(): void {
    this.#child?.unref();
    this.#child?.stdin.destroy();
    this.#child?.stdout.destroy();
    this.#child?.stderr.destroy();
  }
}
