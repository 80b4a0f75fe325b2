import { type ChildProcess, spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { hasEnded, killTreeOnWindows } from "./process-group";

/**
 * The processes that descend from a child of ours that leads no process group: those that were seen below it, or below
 * one of them, while it lived; on Linux also those that have its mark in their environment. What anybody says of a
 * process id is no proof, since another machine or container counts its own.
 */
export class ProcessTree {
  readonly #child: ChildProcess;
  readonly #mark: string;
  /** Each one's start by its id: an id that is in use again began at another time. */
  readonly #seen = new Map<number, string>();

  /** @param mark what only the child's environment holds, and that of whatever it starts: `NAME=value`. */
  constructor(child: ChildProcess, mark: string) {
    this.#child = child;
    this.#mark = mark;
  }

  /**
   * Notes what descends from the child now: once a parent has ended, its children are nobody's. On Windows nothing is
   * noted: there the system tells the start of a process only by a program that takes a second.
   */
  look(): void {
    if (process.platform !== "win32") this.#note(processes());
  }

  /**
   * Kills the child and its descendants, those of them that still live; on Windows all of them while the child lives, and
   * none once it has ended. What is gone already is not an error.
   */
  kill(): void {
    if (process.platform === "win32") {
      killTreeOnWindows(this.#child);
      return;
    }
    const now = processes();
    if (process.platform === "linux")
      for (const [pid, { began }] of now) if (hasInEnvironment(pid, this.#mark)) this.#seen.set(pid, began);
    this.#note(now);
    for (const pid of this.#living(now)) kill(pid);
  }

  #note(now: Map<number, Listed>): void {
    const { pid } = this.#child;
    const roots = this.#living(now);
    if (pid !== undefined && !hasEnded(this.#child)) roots.push(pid);
    const parents = new Map(Array.from(now, ([id, { parent }]) => [id, parent]));
    for (const id of descendantsOf(roots, parents)) {
      const listed = now.get(id);
      if (listed !== undefined) this.#seen.set(id, listed.began);
    }
  }

  #living(now: Map<number, Listed>): number[] {
    return [...this.#seen].filter(([pid, began]) => now.get(pid)?.began === began).map(([pid]) => pid);
  }
}

/** `roots` and everything below them, parents first. */
export function descendantsOf(roots: number[], parents: Map<number, number>): number[] {
  const found = new Set(roots);
  for (const root of found) {
    for (const [pid, parent] of parents) if (parent === root) found.add(pid);
  }
  return [...found];
}

/** What is gone already, and what runs as another user, is not an error. */
function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if (!["ESRCH", "EPERM"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
  }
}

/** A process as the system lists it. */
interface Listed {
  parent: number;
  /** When it began, in the system's own form. */
  began: string;
}

/** Every process. Read at once: whoever is about to exit has no time to wait. */
function processes(): Map<number, Listed> {
  return process.platform === "linux" ? processesFromProc() : processesFromPs();
}

function processesFromProc(): Map<number, Listed> {
  const found = new Map<number, Listed>();
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const listed = listedIn(`/proc/${name}/stat`);
    if (listed !== undefined) found.set(Number(name), listed);
  }
  return found;
}

function listedIn(file: string): Listed | undefined {
  try {
    // The name in parentheses may hold anything, even a parenthesis. Behind it are state, parent and, as the 20th, the
    // clock ticks from the system's start to its own.
    const fields = readFileSync(file, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
    return { parent: Number(fields[1]), began: fields[19] ?? "" };
  } catch {
    // It ended since the folder was read.
    return undefined;
  }
}

/** Whether an environment, as it was when the process began, holds this entry. Others' cannot be read. */
function hasInEnvironment(pid: number, entry: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/environ`, "latin1").split("\0").includes(entry);
  } catch {
    return false;
  }
}

function processesFromPs(): Map<number, Listed> {
  const { stdout } = spawnSync("ps", ["-A", "-o", "pid=,ppid=,lstart="], { encoding: "utf8" });
  const lines = stdout.matchAll(/^\s*(\d+)\s+(\d+)\s+(.*\S)\s*$/gm);
  return new Map(Array.from(lines, ([, pid, parent, began = ""]) => [Number(pid), { parent: Number(parent), began }]));
}
