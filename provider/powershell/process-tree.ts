import { type ChildProcess, spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { killGroup } from "./process-group";

/**
 * Kills a child that leads no process group: it, its descendants, and the far end, which a launcher in between (pwsh as
 * a .NET tool is one) may have left behind.
 * @param farEnd the process id in its hello frame; undefined before that.
 */
export function killTree(child: ChildProcess, farEnd: number | undefined): void {
  const { pid } = child;
  if (pid === undefined) return;
  if (process.platform === "win32") {
    for (const root of new Set([pid, farEnd ?? pid])) killGroup(root);
    return;
  }
  const parents = new Map(Array.from(processes(), ([victim, { parent }]) => [victim, parent]));
  for (const victim of descendantsOf(rootsOf(child, farEnd), parents)) kill(victim);
}

/**
 * Notes the descendants that a child has now: once it has ended, nothing tells whose they were.
 * @returns what kills those of them that still live. On Windows nothing: there the system tells only of the living.
 */
export function rememberTree(child: ChildProcess, farEnd: number | undefined): () => void {
  if (process.platform === "win32") return () => undefined;
  const before = processes();
  const parents = new Map(Array.from(before, ([pid, { parent }]) => [pid, parent]));
  const roots = rootsOf(child, farEnd);
  const descendants = descendantsOf(roots, parents).filter((pid) => !roots.includes(pid));
  return () => {
    if (descendants.length === 0) return;
    const now = processes();
    // An id that is in use again began at another time.
    for (const pid of descendants) if (now.get(pid)?.began === before.get(pid)?.began) kill(pid);
  };
}

/** `roots` and everything below them, parents first. */
export function descendantsOf(roots: number[], parents: Map<number, number>): number[] {
  const found = new Set(roots);
  for (const root of found) {
    for (const [pid, parent] of parents) if (parent === root) found.add(pid);
  }
  return [...found];
}

/** The child and its far end, as far as they can be anybody's but another's. */
function rootsOf({ pid, exitCode, signalCode }: ChildProcess, farEnd: number | undefined): number[] {
  const hasEnded = exitCode !== null || signalCode !== null;
  // A process id that has ended may be somebody else's by now.
  return [hasEnded ? undefined : pid, farEnd === pid ? undefined : farEnd].filter((root) => root !== undefined);
}

/** What is gone already, and what runs as another user, is no error. */
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

function processesFromPs(): Map<number, Listed> {
  const { stdout } = spawnSync("ps", ["-A", "-o", "pid=,ppid=,lstart="], { encoding: "utf8" });
  const lines = stdout.matchAll(/^\s*(\d+)\s+(\d+)\s+(.*\S)\s*$/gm);
  return new Map(Array.from(lines, ([, pid, parent, began = ""]) => [Number(pid), { parent: Number(parent), began }]));
}
