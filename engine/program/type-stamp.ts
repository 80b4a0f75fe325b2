import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { isAsSeen, type Seen } from "./seen-files";

/** A check of types that found no error. */
export interface TypeStamp {
  /** The tsconfig.json that it went by, which need not be there. */
  configuration: string;
  /** What was checked: absolute paths. */
  checked: string[];
  /** Everything on which the check's result depends. */
  seen: Seen;
}

/** Where the last check of a project's types is kept: beside its stacks, of which none has a different program. */
export function typeStampPath(backend: string, project: string): string {
  return path.join(backend, "types", `${project}.json`);
}

/** The last check, if it went by the same tsconfig.json and nothing has changed since; undefined too if it cannot be read. */
export function readTypeStamp(file: string, configuration: string): TypeStamp | undefined {
  const stamp = readJson(file);
  return isStamp(stamp) && stamp.configuration === configuration && isAsSeen(stamp.seen) ? stamp : undefined;
}

/** A file that is written only in part is damaged, and means no more than that types are checked again. */
export function writeTypeStamp(file: string, stamp: TypeStamp): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(stamp));
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

function isStamp(value: unknown): value is TypeStamp {
  const { checked, seen } = (value ?? {}) as Partial<TypeStamp>;
  return Array.isArray(checked) && typeof seen === "object" && seen !== null;
}
