import { appendFile, readFile, rm } from "node:fs/promises";

/**
 * A file with a line of JSON for each thing that was done; several processes may write it. A journal tells of what was
 * done and is no part of it: one that cannot be written is told of on standard error, and the answer to the caller stays
 * what it is.
 */
export class Journal<Entry extends object> {
  constructor(private readonly file: string) {}

  async add(entry: Entry): Promise<void> {
    try {
      await appendFile(this.file, `${JSON.stringify(entry)}\n`);
    } catch (error) {
      process.stderr.write(
        `${this.file} cannot be written: ${(error as Error).message}. A line of this journal is lost.\n`,
      );
    }
  }

  /** All entries, oldest first, without lines that a full disk has cut off; none where there is no journal. */
  async read(): Promise<Entry[]> {
    let text: string;
    try {
      text = await readFile(this.file, "utf8");
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

  /** Removes all entries. */
  async clear(): Promise<void> {
    await rm(this.file, { force: true });
  }
}
