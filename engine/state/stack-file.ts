import { mkdir, readFile } from "node:fs/promises";
import path from "node:path";
import { StateError } from "../errors";
import { FileNotWritten, wayOut } from "../files/file-errors";
import { writeWhole } from "../files/whole-file";
import { type DeploymentDocument, VERSION } from "./deployment-format";
import { stackFileProblem } from "./soundness";

/** Where Pulumi's file backend keeps a stack. */
export function stackFilePath(backend: string, project: string, stack: string): string {
  return path.join(backend, ".pulumi", "stacks", project, `${stack}.json`);
}

/**
 * Reads a stack's file; undefined if the stack has none. Throws a StateError for a file that is not a state file of
 * version 3; the file stays as it is.
 */
export async function readStackFile(file: string): Promise<DeploymentDocument | undefined> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw unreadable(file, error);
  }
  const damaged = (why: string, cause?: unknown) =>
    new StateError(
      `The state file ${file} is damaged: ${why}. Nothing was changed. Restore a backup of it, or move the file away to begin with an empty stack (the resources in it are then no longer managed).`,
      { cause },
    );
  let document: { version?: unknown; checkpoint?: { latest?: DeploymentDocument } };
  try {
    document = JSON.parse(text);
  } catch (error) {
    throw damaged((error as Error).message, error);
  }
  if (document?.version !== VERSION) throw damaged(`it is not a deployment of version ${VERSION}`);
  const problem = stackFileProblem(document);
  if (problem !== undefined) throw damaged(problem);
  return document.checkpoint?.latest ?? undefined;
}

/** A state file that the system does not let be read. */
export function unreadable(file: string, cause: unknown): StateError {
  const { message, code } = cause as NodeJS.ErrnoException;
  return new StateError(`The state file ${file} cannot be read: ${message}. ${wayOut(file, code)}`, { cause });
}

/** Makes the stack's folder, and marks the backend as one whose stacks are kept by project. */
export async function prepareBackend(backend: string, file: string): Promise<void> {
  const mark = path.join(backend, ".pulumi", "meta.yaml");
  try {
    await mkdir(path.dirname(file), { recursive: true });
    if ((await readFile(mark, "utf8")) === MARK) return;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "ENOENT") throw new FileNotWritten(mark, error);
  }
  await writeWhole(mark, MARK);
}

const MARK = "version: 1\n";

export const writeStackFile = (file: string, contents: string): Promise<void> => writeWhole(file, contents);
