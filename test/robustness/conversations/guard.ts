import { readdirSync, readFileSync } from "node:fs";

/** A word of every far end of this process, which those that it starts have, too. */
export const MARK = `robustness-${process.pid}-`;

const refused: number[] = [];
const { kill } = process;

/**
 * Stands before every kill of this process from now on, to its end: only what it has started is killed, and whatever else
 * was to be killed is written down. Without it a trial of such a mistake would end the machine that it runs on; and a
 * timer may kill long after the test.
 */
export function guardKills(): void {
  process.kill = (id: number, signal?: string | number) => {
    // Signal 0 asks, and does nothing.
    if (signal === 0 || isOurs(id)) return kill.call(process, id, signal as NodeJS.Signals);
    if (isAlive(id)) refused.push(id);
    throw Object.assign(new Error("kill ESRCH"), { code: "ESRCH" });
  };
}

/** The ids that were to be killed since the last look. */
export function refusedKills(): number[] {
  return refused.splice(0);
}

/** Whether there is anybody whom it would have met: an id that nobody has, or that none can have, harms none. */
function isAlive(id: number): boolean {
  try {
    return kill.call(process, id, 0);
  } catch {
    return false;
  }
}

/** Whether a process descends from this one. Only Linux tells without another process; elsewhere nothing is let through. */
function isOurs(id: number): boolean {
  if (Math.abs(id) < 2) return false;
  const all = process.platform === "linux" ? processes() : new Map<number, Listed>();
  if (id > 0) return descends(id, all);
  const members = [...all].filter(([, { group }]) => group === -id);
  return members.length > 0 && members.every(([member]) => descends(member, all));
}

/** What has outlived its parent has nothing but its words to tell whose it was. */
function descends(id: number, all: Map<number, Listed>): boolean {
  for (let at = all.get(id); at !== undefined; at = all.get(at.parent)) {
    if (at.parent === process.pid || at.words.includes(MARK)) return true;
  }
  return false;
}

interface Listed {
  parent: number;
  group: number;
  words: string;
}

function processes(): Map<number, Listed> {
  const found = new Map<number, Listed>();
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const [, parent, group] = readFileSync(`/proc/${name}/stat`, "utf8")
        .replace(/^.*\) /s, "")
        .split(" ");
      const words = readFileSync(`/proc/${name}/cmdline`, "utf8");
      found.set(Number(name), { parent: Number(parent), group: Number(group), words });
    } catch {
      // It has ended since.
    }
  }
  return found;
}
