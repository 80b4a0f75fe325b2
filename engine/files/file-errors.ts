import path from "node:path";

/** A file of the sandbox cannot be read, taken for what it should be, or written; the message names it and the way out. */
export class FileError extends Error {
  override readonly name: string = "FileError";
}

/** A file could not be written; what was there before is still there. */
export class FileNotWritten extends FileError {
  override readonly name = "FileNotWritten";

  constructor(file: string, cause: unknown) {
    const { code, message } = cause as NodeJS.ErrnoException;
    super(`${file} cannot be written: ${message}. It is as it was before. ${wayOut(file, code)}`, { cause });
  }
}

/** What to do about a file that the system refuses, in a sentence or two. */
export function wayOut(file: string, code: string | undefined): string {
  const folder = path.dirname(file);
  switch (code) {
    case "ENOSPC":
    case "EDQUOT":
    case "EFBIG":
      return `Make room where ${folder} is, then run the command again.`;
    case "EACCES":
    case "EPERM":
      return `Give the user who runs this the right to read and write ${folder} and what is in it (chmod, chown), then run the command again.`;
    case "EROFS":
      return `${folder} is on a file system that is mounted read-only: mount it for writing, or use another folder.`;
    case "EISDIR":
    case "ENOTDIR":
    case "EEXIST":
    case "ENOTEMPTY":
    case "ELOOP":
      return `Something else lies in its place, or in that of a folder above it: move that away, then run the command again.`;
    default:
      return "Correct what the system reports, then run the command again.";
  }
}
