import { type FileHandle, open, readdir, realpath, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { FileNotWritten } from "./file-errors";
import { isRunning } from "./processes";

/** How a file is written. */
export interface WholeFileOptions {
  /** Its permissions. @default those of the file that is there, else 0o666 less the umask */
  mode?: number;
}

let count = 0;

/**
 * Puts a file with these contents in place of what is there, whole or not at all: whoever reads it, after a killed process,
 * a full disk or a lost machine too, finds either.
 * @throws FileNotWritten, with the former file untouched.
 */
export async function writeWhole(
  file: string,
  contents: string | Uint8Array,
  options: WholeFileOptions = {},
): Promise<void> {
  try {
    const target = await targetOf(file);
    await sweep(target);
    const temporary = `${target}.${process.pid}-${count++}${SUFFIX}`;
    try {
      await writeSynced(temporary, typeof contents === "string" ? Buffer.from(contents) : contents, target, options);
      await rename(temporary, target);
    } catch (error) {
      await rm(temporary, { force: true }).catch(() => undefined);
      throw error;
    }
    await syncFolder(path.dirname(target));
  } catch (error) {
    throw new FileNotWritten(file, error);
  }
}

/** A link stays a link: what it leads to is written. */
async function targetOf(file: string): Promise<string> {
  try {
    return await realpath(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    return path.resolve(file);
  }
}

async function writeSynced(
  temporary: string,
  contents: Uint8Array,
  target: string,
  { mode }: WholeFileOptions,
): Promise<void> {
  const former = await stat(target).catch(() => undefined);
  const handle = await open(temporary, "wx", mode ?? (former ? former.mode & 0o777 : 0o666));
  try {
    // Goes on after a write that took a part; the comparison is for file systems that tell less than they know.
    await handle.writeFile(contents);
    if (former) await takeOver(handle, former);
    await handle.sync();
    const { size } = await handle.stat();
    if (size !== contents.length) throw new Error(`only ${size} of ${contents.length} bytes were written`);
  } finally {
    await handle.close();
  }
}

/** Whoever owned the file goes on owning it, where this user may say so. */
async function takeOver(handle: FileHandle, former: { uid: number; gid: number }): Promise<void> {
  const { uid, gid } = await handle.stat();
  if (uid !== former.uid || gid !== former.gid) await handle.chown(former.uid, former.gid).catch(() => undefined);
}

/** Else a rename may be lost with the machine, though the file's contents are safe. */
async function syncFolder(folder: string): Promise<void> {
  // Windows opens no folders, and has no need to.
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } catch (error) {
    // Some network file systems do not know it for folders; the file itself is safe there.
    if (!["EINVAL", "ENOTSUP", "EBADF", "EPERM"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
  } finally {
    await handle.close();
  }
}

const SUFFIX = ".new";
const swept = new Set<string>();

/** Removes what processes that were killed have left beside a file, once a process. */
async function sweep(target: string): Promise<void> {
  if (swept.has(target)) return;
  swept.add(target);
  const [folder, prefix] = [path.dirname(target), `${path.basename(target)}.`];
  for (const name of await readdir(folder)) {
    if (!name.startsWith(prefix) || !name.endsWith(SUFFIX)) continue;
    const [, writer] = /^(\d+)-\d+$/.exec(name.slice(prefix.length, -SUFFIX.length)) ?? [];
    if (writer !== undefined && !isRunning(Number(writer))) await rm(path.join(folder, name), { force: true });
  }
}
