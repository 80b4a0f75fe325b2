import { type ChildProcess, spawnSync } from "node:child_process";

type Child = Pick<ChildProcess, "pid" | "exitCode" | "signalCode">;

/**
 * Kills a child and the process group that it leads, also what is left of the group once the child has ended; on Windows
 * the child and its descendants while it lives. What is gone already is not an error.
 */
export function killGroup(child: Child): void {
  if (process.platform === "win32") {
    killTreeOnWindows(child);
    return;
  }
  const { pid } = child;
  // To kill, 0 is our own group, and the group of 1 is every process there is.
  if (pid === undefined || pid < 2) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // EPERM: macOS says so of a group of zombies, and every system of what runs as another user; that one ends, as all
    // far ends should, when its standard input closes.
    if (code !== "ESRCH" && code !== "EPERM") throw error;
  }
}

/** Kills a child and its descendants. Of one that has ended nothing: its id may be somebody else's by now. */
export function killTreeOnWindows(child: Child): void {
  if (child.pid === undefined || hasEnded(child)) return;
  spawnSync("taskkill", ["/pid", String(child.pid), "/t", "/f"], { stdio: "ignore", windowsHide: true });
}

/** Whether the system may have given a child's id to another process. */
export function hasEnded({ exitCode, signalCode }: Child): boolean {
  return exitCode !== null || signalCode !== null;
}
