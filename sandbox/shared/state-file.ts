import { mkdir, readFile, rename } from "node:fs/promises";
import path from "node:path";
import { lock } from "proper-lockfile";
import { writeWhole } from "pulumi-local-engine/files";

/** A state file cannot be read as one. It is not changed: only a reset renames it. */
export class DamagedState extends Error {
  override readonly name = "DamagedState";

  constructor(subject: string, file: string, reason: string) {
    super(
      `The sandbox's ${subject} in ${file} cannot be read: ${reason}. The file was not changed. Repair it, ` +
        "or run `npm run reset`, which renames it and starts over.",
    );
  }
}

/** What a state file holds. */
export interface StateForm<State> {
  /** What it is the state of, for messages: "tenant". */
  subject: string;
  /** The version of the form that is read and written. */
  version: number;
  /** Why a value of this version is not a state; undefined where it is one. */
  problem(value: object): string | undefined;
  /** An example for the compiler alone: the type of the state. */
  readonly type?: State;
}

/** What a holder of the lock may do. */
export interface Locked<State> {
  save(state: State): Promise<void>;
  /** Saves another state in place of one that may be damaged, which is then renamed, with the time in its name. */
  replace(state: State): Promise<void>;
}

/** The last work of this process for each file, so that its own do not wait for one another at the lock. */
const queues = new Map<string, Promise<unknown>>();

/** The state of a part of the sandbox: read and changed by several processes, written whole or not at all. */
export class StateFile<State extends { version: number }> {
  readonly file: string;

  constructor(
    file: string,
    private readonly form: StateForm<State>,
  ) {
    this.file = path.resolve(file);
  }

  /**
   * The state as last saved; undefined where there is none yet.
   * @throws DamagedState for a file that is not a state of this form.
   */
  async read(): Promise<State | undefined> {
    let text: string;
    try {
      text = await readFile(this.file, "utf8");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
      throw this.damaged((error as Error).message);
    }
    return this.#parse(text);
  }

  /** The error for a state that cannot be used for this reason. */
  damaged(reason: string): DamagedState {
    return new DamagedState(this.form.subject, this.file, reason);
  }

  /**
   * Runs `work` while no other process and no other work of this one holds the file. A lock whose holder was killed is
   * taken over after ten seconds.
   */
  exclusively<Result>(work: (locked: Locked<State>) => Promise<Result>): Promise<Result> {
    const former = queues.get(this.file) ?? Promise.resolve();
    const result = former.then(() => this.#locked(work));
    const done = result.then(
      () => undefined,
      () => undefined,
    );
    queues.set(this.file, done);
    void done.then(() => {
      if (queues.get(this.file) === done) queues.delete(this.file);
    });
    return result;
  }

  async #locked<Result>(work: (locked: Locked<State>) => Promise<Result>): Promise<Result> {
    await mkdir(path.dirname(this.file), { recursive: true });
    let lost: Error | undefined;
    const release = await lock(this.file, {
      realpath: false,
      stale: 10_000,
      update: 2000,
      // About a minute: long enough for a first start on a slow machine in another process.
      retries: { retries: 1200, factor: 1.2, minTimeout: 5, maxTimeout: 50, randomize: true },
      // Without this, a process that was suspended for too long would die of an error that nobody can catch.
      onCompromised: (error) => {
        lost = error;
      },
    });
    const save = async (state: State) => {
      // Another process may hold the lock by now, and may have saved what this one has not seen.
      if (lost) throw lost;
      // Private keys and secrets are in it: nobody else's to read.
      await writeWhole(this.file, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });
    };
    const replace = async (state: State) => {
      await this.#putAsideDamaged();
      await save(state);
    };
    try {
      return await work({ save, replace });
    } finally {
      if (!lost) await release();
    }
  }

  async #putAsideDamaged(): Promise<void> {
    try {
      await this.read();
    } catch (error) {
      if (!(error instanceof DamagedState)) throw error;
      await rename(this.file, `${this.file}.damaged-${Date.now()}`);
    }
  }

  #parse(text: string): State {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (error) {
      throw this.damaged(`it is not JSON (${(error as Error).message})`);
    }
    if (typeof value !== "object" || value === null || Array.isArray(value)) throw this.damaged("it is not an object");
    const version = "version" in value ? value.version : undefined;
    if (version !== this.form.version) {
      throw this.damaged(`its version is ${JSON.stringify(version)}, not ${this.form.version}`);
    }
    const problem = this.form.problem(value);
    if (problem !== undefined) throw this.damaged(problem);
    return value as State;
  }
}
