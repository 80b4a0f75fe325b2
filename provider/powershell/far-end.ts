import type { Launch } from "./launch";
import { type LineHandlers, LineReader } from "./lines";
import { MAXIMUM_LINE_BYTES } from "./protocol";
import type { Started } from "./started";
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

/** A child that speaks the protocol, started at once. */
export class FarEnd {
  /** Resolves once, after the last of its lines, when it has ended or could not be started. Never rejects. */
  readonly ended: Promise<Ending>;
  /** The last of its standard error. */
  readonly standardError = new Tail();
  readonly #reader: LineReader;
  #started: Started | undefined;
  /** Why we killed it, which tells more than the signal by which it then ends. */
  #killedFor: Ending | undefined;
  #settled = false;
  #settle: (ending: Ending) => void = () => undefined;

  constructor(launch: Launch, handlers: LineHandlers) {
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
      this.#started = launch.start();
      this.#listen(this.#started);
      this.write(launch.preamble);
    } catch (error) {
      // spawn throws, and emits nothing, for a name that no program can have.
      this.#settle({ kind: "notStarted", error: error as NodeJS.ErrnoException });
    }
  }

  /** Whether its process has ended, though its last lines may not have been read yet. */
  get exited(): boolean {
    const { exitCode = null, signalCode = null } = this.#started?.process ?? {};
    return exitCode !== null || signalCode !== null;
  }

  /** Sends a line. That it did not arrive shows in `ended`. */
  write(line: string): void {
    this.#started?.input.write(line);
  }

  /** Notes what it has started so far, to be killed with it: a launcher that ends leaves the shell itself behind. */
  look(): void {
    this.#started?.look();
  }

  /** Closes its standard input, on which it should end by itself, and kills it when it has not after `milliseconds`. */
  async end(milliseconds: number): Promise<void> {
    // Whose parent has ended belongs to nobody: what a cmdlet started would be told no more.
    if (!this.#settled) this.look();
    this.#started?.input.end();
    const timer = setTimeout(() => this.kill(), milliseconds);
    await this.ended;
    clearTimeout(timer);
  }

  /** Kills it and whatever it started. */
  kill(): void {
    this.#kill({ kind: "exited", code: null, signal: "SIGKILL" });
  }

  #listen(started: Started): void {
    const { process: child, input, output, error } = started;
    child.on("error", (failure: NodeJS.ErrnoException) => {
      if (child.pid === undefined) this.#settle({ kind: "notStarted", error: failure });
    });
    child.on("exit", (code, signal) => {
      // What it left behind would hold the pipes, and perhaps a session on the server.
      started.kill();
      const ending: Ending = this.#killedFor ?? { kind: "exited", code, signal };
      child.on("close", () => this.#settle(ending));
      setTimeout(() => this.#settle(ending), LAST_BYTES_MILLISECONDS);
    });
    input.on("error", () => this.#killUnlessItExits("input"));
    output.on("close", () => this.#killUnlessItExits("output"));
    output.on("data", (chunk: Buffer | string) => {
      this.#reader.push(typeof chunk === "string" ? Buffer.from(chunk, "latin1") : chunk);
    });
    error.setEncoding("utf8").on("data", (text: string) => this.standardError.add(text));
  }

  #killUnlessItExits(stream: "input" | "output"): void {
    const child = this.#started?.process;
    // A child that lives keeps us alive by itself, so this timer need not.
    setTimeout(() => {
      if (child?.exitCode === null && child.signalCode === null) this.#kill({ kind: "closedStream", stream });
    }, EXIT_MILLISECONDS).unref();
  }

  #kill(ending: Ending): void {
    if (this.#settled || this.#started?.process.pid === undefined) return;
    this.#killedFor ??= ending;
    this.#started.kill();
    setTimeout(() => this.#settle(ending), KILL_MILLISECONDS).unref();
  }

  /** Nothing of it keeps this process alive any more. */
  #letGo(): void {
    this.#started?.process.unref();
    this.#started?.input.destroy();
    this.#started?.output.destroy();
    this.#started?.error.destroy();
  }
}
