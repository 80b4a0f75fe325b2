import { EngineError } from "../errors";
import { type Project, readStackSettings } from "./configuration";
import { crypterOf } from "./passphrase";
import { readStackFile, stackFilePath } from "./stack-file";

/**
 * Begins to derive the key of a stack's secrets, half a second's work of one core, off the main thread: whoever opens the
 * stack later in this process finds it begun or done. Settles once it has begun, and never fails: what is wrong with the
 * stack or its passphrase is told when it is opened.
 */
export async function beginKey(
  backend: string,
  project: Pick<Project, "name" | "directory">,
  stack: string,
  passphrase: string,
): Promise<void> {
  try {
    const document = await readStackFile(stackFilePath(backend, project.name, stack));
    const salt = document?.secrets_providers?.state.salt ?? (await readStackSettings(project, stack)).salt;
    // A stack without a salt gets one when it is opened.
    if (salt !== undefined) crypterOf(passphrase, salt).catch(() => undefined);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
  }
}
