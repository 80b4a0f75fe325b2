import { randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import { hostname, userInfo } from "node:os";
import path from "node:path";
import { LockError } from "../errors";
import { writeWhole } from "../files/whole-file";
import { mismatch, type Shape } from "./shape";

/** A stack's lock, as Pulumi's file backend keeps it: one file for each process that holds or wants it. */
export class StackLock {
  readonly #folder: string;
  readonly #file: string;

  private constructor(backend: string, project: string, stack: string) {
    this.#folder = lockFolder(backend, project, stack);
    this.#file = path.join(this.#folder, `${randomUUID()}.json`);
  }

  /** Throws a LockError that names the holders where there are any. */
  static async acquire(backend: string, project: string, stack: string): Promise<StackLock> {
    const lock = new StackLock(backend, project, stack);
    await lock.#refuseOthers();
    await mkdir(lock.#folder, { recursive: true });
    const holder = {
      pid: process.pid,
      username: userName(),
      hostname: hostname(),
      timestamp: new Date().toISOString(),
    };
    await writeWhole(lock.#file, JSON.stringify(holder));
    try {
      // Two that found no lock both wrote one: then both give way, as with Pulumi.
      await lock.#refuseOthers();
    } catch (error) {
      await lock.release();
      throw error;
    }
    return lock;
  }

  async release(): Promise<void> {
    await rm(this.#file, { force: true });
  }

  async #refuseOthers(): Promise<void> {
    const others = (await lockFiles(this.#folder)).filter((file) => file !== this.#file);
    if (others.length === 0) return;
    const lines = await Promise.all(others.map(async (file) => `  file://${file}: ${await holderOf(file)}`));
    throw new LockError(
      [
        `the stack is currently locked by ${others.length} lock(s). Either wait for the other process(es) to end or delete the lock file with \`pulumi cancel\`.`,
        ...lines,
      ].join("\n"),
    );
  }
}

/** Removes all locks of a stack, for example that of a process that was killed. */
export async function cancelLocks(backend: string, project: string, stack: string): Promise<void> {
  for (const file of await lockFiles(lockFolder(backend, project, stack))) await rm(file, { force: true });
}

const lockFolder = (backend: string, project: string, stack: string) =>
  path.join(backend, ".pulumi", "locks", "organization", project, stack);

async function lockFiles(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => name.endsWith(".json")).map((name) => path.join(folder, name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

/** A user without an entry in the system's list, as in some containers, has no name. */
function userName(): string {
  try {
    return userInfo().username;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? "unknown";
  }
}

const HOLDER: Shape = { pid: "number", username: "string", hostname: "string", timestamp: "string" };

async function holderOf(file: string): Promise<string> {
  try {
    const holder = JSON.parse(await readFile(file, "utf8"));
    const wrong = mismatch(holder, HOLDER);
    if (wrong !== undefined) return `does not say who holds it: ${wrong}`;
    const { pid, username, hostname: host, timestamp } = holder;
    return `created by ${username}@${host} (pid ${pid}) at ${timestamp}`;
  } catch (error) {
    return `cannot be read: ${(error as Error).message}`;
  }
}
