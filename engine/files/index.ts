// Files that a killed process, a full disk or a lost machine leaves as they were or as they are to be, and what to say of
// those that cannot be had. An entry of its own, for processes that have no use for the engine.

export { FileError, FileNotWritten, wayOut } from "./file-errors";
export { isRunning } from "./processes";
export { type WholeFileOptions, writeWhole } from "./whole-file";
