import { statSync } from "node:fs";

/** What a compiler asks of a disk. */
export interface Disk {
  readFile(file: string): string | undefined;
  fileExists(file: string): boolean;
  directoryExists(folder: string): boolean;
  getDirectories(folder: string): string[];
}

/** How paths were found, by path: `<size> <time of the last change, ms>`, or the code of the error. */
export type Seen = Record<string, string>;

/** How a path is found now. */
export function lookAt(file: string): string {
  try {
    const found = statSync(file, { throwIfNoEntry: false });
    return found ? `${found.size} ${found.mtimeMs}` : "ENOENT";
  } catch (error) {
    return String((error as NodeJS.ErrnoException).code);
  }
}

/**
 * Notes in `seen` how each path is that is asked for, those too where nothing is: whatever comes to be there may be
 * found first the next time. It is looked at before it is read, so that a change in between is noticed later.
 */
export function watched(disk: Disk, seen: Seen): Disk {
  const look = (file: string) => {
    seen[file] ??= lookAt(file);
  };
  return {
    readFile(file) {
      look(file);
      return disk.readFile(file);
    },
    fileExists(file) {
      look(file);
      return disk.fileExists(file);
    },
    directoryExists(folder) {
      const exists = disk.directoryExists(folder);
      // Of one that exists what is in it matters, which is asked for by itself. Its own time changes with any file in it.
      if (!exists) look(folder);
      return exists;
    },
    getDirectories(folder) {
      look(folder);
      return disk.getDirectories(folder);
    },
  };
}

/** Whether all is as it was. */
export const isAsSeen = (seen: Seen): boolean => Object.entries(seen).every(([file, found]) => lookAt(file) === found);
