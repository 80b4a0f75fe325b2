import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

/** The command that starts a fixture of this folder. */
export function fixture(name: string, ...fixtureArguments: string[]): string[] {
  return [process.execPath, join(__dirname, "fixtures", `${name}.js`), ...fixtureArguments];
}

/** Waits until a process that is not our child is gone; throws when it still lives after `milliseconds`. */
export async function gone(pid: number, milliseconds = 5_000): Promise<void> {
  const end = Date.now() + milliseconds;
  while (isAlive(pid)) {
    if (Date.now() > end) throw new Error(`Process ${pid} still lives after ${milliseconds} ms.`);
    await wait(20);
  }
}

/** Waits until Node has been told that our own child has ended: until then the system still knows its id. */
export async function buried(pid: number, milliseconds = 5_000): Promise<void> {
  const end = Date.now() + milliseconds;
  while (isKnown(pid)) {
    if (Date.now() > end) throw new Error(`Process ${pid} is still known after ${milliseconds} ms.`);
    await wait(20);
  }
}

function isKnown(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Whether a process lives; one that nobody has buried does not. */
export function isAlive(pid: number): boolean {
  if (!isKnown(pid)) return false;
  if (process.platform !== "linux") return true;
  try {
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    // It was buried between the two looks.
    return false;
  }
}
