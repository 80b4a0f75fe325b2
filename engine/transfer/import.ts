import { mkdir, readFile } from "node:fs/promises";
import path from "node:path";
import { StateError } from "../errors";
import { writeWhole } from "../files/whole-file";
import { type Project, readProject, readStackSettings } from "../state/configuration";
import { DeploymentWriter, readDeployment } from "../state/deployment-format";
import { StackLock } from "../state/lock";
import { crypterOf } from "../state/passphrase";
import type { PendingOperation } from "../state/resource";
import { prepareBackend, stackFilePath, unreadable, writeStackFile } from "../state/stack-file";
import type { ExportedStack } from "./exported";
import { importProblems } from "./validate";

/** What shall become the state of which stack. */
export interface ImportRequest {
  /** The folder that holds Pulumi.yaml and Pulumi.<stack>.yaml. */
  projectDirectory: string;
  stack: string;
  backend: string;
  passphrase: string;
  /** What `pulumi stack export` gave, parsed. */
  exported: unknown;
  /** The file that it was read from, for a refusal. @default none is named */
  file?: string;
}

export interface ImportResult {
  resources: number;
  /** Operations under way when it was exported: they are left out, as `pulumi stack import` does. */
  forgotten: PendingOperation[];
  /** The file with the state that the stack had before; undefined if it had none. */
  keptFile: string | undefined;
}

const PROBLEMS_SHOWN = 10;

/**
 * Makes an exported deployment the state of a stack; what was there is kept aside, readable or not. Throws a StateError
 * where it is not fit for that stack or the passphrase is wrong, a LockError where an operation is under way; nothing has
 * changed then.
 */
export async function importStack(request: ImportRequest): Promise<ImportResult> {
  const project = await readProject(path.resolve(request.projectDirectory));
  const name = { project: project.name, stack: request.stack };
  const problems = importProblems(request.exported, name);
  if (problems.length > 0) throw new StateError(refusal(request, name.project, problems));
  const { deployment } = request.exported as ExportedStack;
  const crypter = await crypterOf(
    request.passphrase,
    deployment.secrets_providers?.state?.salt ?? (await saltOf(project, request.stack)),
  );
  const { resources, pendingOperations } = readDeployment(deployment, crypter.decrypt);
  const writer = new DeploymentWriter(crypter);
  const contents = writer.stackFile(
    `organization/${name.project}/${name.stack}`,
    { resources, pendingOperations: [] },
    new Date(),
  );
  const backend = path.resolve(request.backend);
  const keptFile = await replaceFile(backend, name.project, name.stack, contents);
  return { resources: resources.length, forgotten: pendingOperations, keptFile };
}

async function saltOf(project: Project, stack: string): Promise<string | undefined> {
  return (await readStackSettings(project, stack)).salt;
}

async function replaceFile(
  backend: string,
  project: string,
  stack: string,
  contents: string,
): Promise<string | undefined> {
  const file = stackFilePath(backend, project, stack);
  await prepareBackend(backend, file);
  const lock = await StackLock.acquire(backend, project, stack);
  try {
    const keptFile = await keepAside(backend, project, stack, file);
    await writeStackFile(file, contents);
    return keptFile;
  } finally {
    await lock.release();
  }
}

/** Copies the state to where Pulumi's file backend keeps former ones. */
async function keepAside(backend: string, project: string, stack: string, file: string): Promise<string | undefined> {
  const folder = path.join(backend, ".pulumi", "backups", project, stack);
  const nanoseconds = BigInt(Date.now()) * 1_000_000n;
  const kept = path.join(folder, `${stack}.${nanoseconds}.json`);
  let former: Buffer;
  try {
    former = await readFile(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw unreadable(file, error);
  }
  await mkdir(folder, { recursive: true });
  await writeWhole(kept, former);
  return kept;
}

function refusal({ file, stack }: ImportRequest, project: string, problems: readonly string[]): string {
  const more = problems.length - PROBLEMS_SHOWN;
  return [
    `The deployment${file === undefined ? "" : ` in ${file}`} cannot be imported into the stack "${stack}" of ${project}, and nothing was changed:`,
    ...problems.slice(0, PROBLEMS_SHOWN).map((problem) => `  * ${problem}`),
    ...(more > 0 ? [`  * … and ${more} more`] : []),
  ].join("\n");
}
