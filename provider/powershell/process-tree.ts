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
  const hasEnded = child.exitCode !== null || child.signalCode !== null;
  // A process id that has ended may be somebody else's by now.
  const roots = [hasEnded ? undefined : pid, farEnd === pid ? undefined : farEnd].filter((root) => root !== undefined);
  for (const victim of descendantsOf(roots, parents())) {
    try {
      process.kill(victim, "SIGKILL");
    } catch (error) {
      if (!["ESRCH", "EPERM"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
    }
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

/** The parent of every process. Read at once: whoever is about to exit has no time to wait. */
function parents(): Map<number, number> {
  return process.platform === "linux" ? parentsFromProc() : parentsFromPs();
}

function parentsFromProc(): Map<number, number> {
  const found = new Map<number, number>();
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const parent = parentIn(`/proc/${name}/stat`);
    if (parent !== undefined) found.set(Number(name), parent);
  }
  return found;
}

function parentIn(file: string): number | undefined {
  try {
    // The name in parentheses may hold anything, even a parenthesis.
    return Number(/^.*\) \S (\d+)/s.exec(readFileSync(file, "utf8"))?.[1]);
  } catch {
    // It ended since the folder was read.
    return undefined;
  }
}

function parentsFromPs(): Map<number, number> {
  const { stdout } = spawnSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" });
  const lines = stdout.matchAll(/^\s*(\d+)\s+(\d+)\s*$/gm);
  return new Map(Array.from(lines, ([, pid, parent]) => [Number(pid), Number(parent)]));
}
