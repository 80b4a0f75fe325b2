import { createRequire } from "node:module";
import { cpus } from "node:os";
import path from "node:path";
import { ConfigurationError } from "./errors";
import { EventEmitter } from "./events";
import { carryOut } from "./execution/carry-out";
import { OpenedStack } from "./execution/open-stack";
import { withLoopbackFree } from "./loopback";
import { type Project, readProject } from "./state/configuration";
import { StackLock } from "./state/lock";
import { prepareBackend, stackFilePath } from "./state/stack-file";
import type { OperationRequest, OperationResult } from "./types";

/** Pulumi's own default. */
const STEPS_PER_CORE = 4;

/**
 * Runs one operation on a stack, as the CLI's command of the same name does without asking. What fails in its course is
 * told by events; it rejects with an EngineError only where it could not begin: wrong configuration, damaged state, a lock.
 */
export async function runOperation(request: OperationRequest): Promise<OperationResult> {
  const project = await readProject(path.resolve(request.projectDirectory));
  const backend = path.resolve(request.backend);
  const isPreview = request.operation.startsWith("preview");
  if (isPreview) return operate(request, project, backend);
  const file = stackFilePath(backend, project.name, request.stack);
  await prepareBackend(backend, file);
  const lock = await StackLock.acquire(backend, project.name, request.stack);
  try {
    return await operate(request, project, backend);
  } finally {
    await lock.release();
  }
}

async function operate(request: OperationRequest, project: Project, backend: string): Promise<OperationResult> {
  const isPreview = request.operation.startsWith("preview");
  const sdkDirectory = findSdk(project);
  const opened = await OpenedStack.open(backend, project, request.stack, request.passphrase);
  const given = typeof request.environment === "function" ? await request.environment() : request.environment;
  const events = new EventEmitter(request.onEvent, isPreview);
  return carryOut({
    request,
    backend,
    opened,
    events,
    project,
    sdkDirectory,
    isPreview,
    parallel: request.parallel ?? STEPS_PER_CORE * cpus().length,
    environment: environmentOf(given, project),
  });
}

/** Without the passphrase: neither the program nor a provider has any use for it. */
function environmentOf(given: NodeJS.ProcessEnv, project: Project): NodeJS.ProcessEnv {
  const { PULUMI_CONFIG_PASSPHRASE, PULUMI_CONFIG_PASSPHRASE_FILE, ...environment } = withLoopbackFree(given);
  return { ...environment, PULUMI_PROJECT: project.name, PULUMI_NODEJS_PROJECT: project.name };
}

/** The folder of the @pulumi/pulumi that the program uses. */
function findSdk({ directory }: Project): string {
  try {
    return path.dirname(createRequire(path.join(directory, "index.js")).resolve("@pulumi/pulumi/package.json"));
  } catch (error) {
    throw new ConfigurationError(`@pulumi/pulumi cannot be found from ${directory}: run "npm install" there.`, {
      cause: error,
    });
  }
}
