import { appendFile, readFile } from "node:fs/promises";

/**
 * Adds a line of JSON to a journal; several processes may write the same file. A journal tells of what was done and is no
 * part of it: one that cannot be written is told of on standard error, and the answer to the caller stays what it is.
 */
export async function appendEntry(file: string, entry: object): Promise<void> {
  try {
    await appendFile(file, `${JSON.stringify(entry)}\n`);
  } catch (error) {
    process.stderr.write(`${file} cannot be written: ${(error as Error).message}. A line of this journal is lost.\n`);
  }
}

/** All entries, oldest first, without lines that a full disk has cut off; none where there is no journal. */
export async function readEntries<Entry>(file: string): Promise<Entry[]> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
  return text.split("\n").flatMap((line) => {
    try {
      return [JSON.parse(line) as Entry];
    } catch {
      return [];
    }
  });
}
