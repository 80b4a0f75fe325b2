import { spawnSync } from "node:child_process";

/** Kills the process group that `pid` leads, on Windows `pid` and its descendants; what is gone already is no error. */
export function killGroup(pid: number): void {
  if (process.platform === "win32") {
    spawnSync("taskkill", ["/pid", String(pid), "/t", "/f"], { stdio: "ignore", windowsHide: true });
    return;
  }
  try {
    process.kill(-pid, "SIGKILL");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // EPERM: macOS says so of a group of zombies, and every system of what runs as another user; that one ends, as all
    // far ends should, when its standard input closes.
    if (code !== "ESRCH" && code !== "EPERM") throw error;
  }
}
