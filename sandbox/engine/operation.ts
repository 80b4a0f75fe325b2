import { createRequire } from "node:module";
import { cpus } from "node:os";
import path from "node:path";
import { ConfigurationError } from "./errors";
import { EventEmitter } from "./events";
import type { Context } from "./execution/context";
import { destroy } from "./execution/destroy";
import { StepExecutor, Stopped } from "./execution/executor";
import { warnOfInterrupted } from "./execution/interrupted-operations";
import { OpenedStack } from "./execution/open-stack";
import { refresh } from "./execution/refresh";
import { update } from "./execution/update";
import { readStack, showOutputs, stackOutputs } from "./outputs";
import { withoutKept } from "./plan/deletions";
import { DYNAMIC, ProviderRegistry } from "./plugins/registry";
import { ProgramSession } from "./program/session";
import { typeStampPath } from "./program/type-stamp";
import { type Project, readProject } from "./state/configuration";
import { StackLock } from "./state/lock";
import type { ResourceState } from "./state/resource";
import { prepareBackend, stackFilePath } from "./state/stack-file";
import type { OperationRequest, OperationResult } from "./types";

/** Pulumi's own default. */
const STEPS_PER_CORE = 4;
/** Exit code of an operation that was ended without waiting. */
const TERMINATED = 8;

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
  const { operation, stack, passphrase } = request;
  const isPreview = operation.startsWith("preview");
  const sdkDirectory = findSdk(project);
  const opened = await OpenedStack.open(backend, project, stack, passphrase);
  const events = new EventEmitter(request.onEvent, isPreview);
  const onLine = (stream: "stdout" | "stderr", line: string) =>
    events.diagnose(stream === "stdout" ? "info" : "info#err", line);
  const environment = environmentOf(request, project);
  const parallel = request.parallel ?? STEPS_PER_CORE * cpus().length;
  const providers = new ProviderRegistry({
    programDirectory: project.directory,
    sdkDirectory,
    plugins: request.plugins,
    environment: { ...environment, PULUMI_CONFIG: "{}" },
    onLine,
  });
  const program = operation === "up" || operation === "preview" ? new ProgramSession(events) : undefined;
  try {
    // All processes start side by side, while the key of the stack's secrets is derived. The program takes longest and goes
    // first, unless its configuration has to wait for that key.
    const warm = () => {
      for (const name of packagesToWarm(request, opened)) providers.warm(name);
    };
    if (opened.hasSecretConfiguration) warm();
    const configuration = await opened.configuration;
    const typeStamp = typeStampPath(backend, project.name);
    await program?.start({
      project,
      stack,
      sdkDirectory,
      configuration,
      isPreview,
      parallel,
      typeStamp,
      environment,
      onLine,
    });
    warm();
    const context: Context = {
      name: { project: project.name, stack },
      isPreview,
      configuration,
      snapshot: await opened.snapshot(providers, isPreview),
      providers,
      events,
      executor: new StepExecutor(parallel, events, isPreview),
      readOutputs: async (otherProject, otherStack) => {
        const other = await readStack(backend, otherProject, otherStack, passphrase);
        return other && (stackOutputs(other.deployment) ?? {});
      },
    };
    return await perform(request, context, program);
  } finally {
    await Promise.all([program?.end(), providers.end()]);
  }
}

/** Without the passphrase: neither the program nor a provider has any use for it. */
function environmentOf(request: OperationRequest, project: Project): NodeJS.ProcessEnv {
  const { PULUMI_CONFIG_PASSPHRASE, PULUMI_CONFIG_PASSPHRASE_FILE, ...environment } = request.environment;
  return { ...environment, PULUMI_PROJECT: project.name, PULUMI_NODEJS_PROJECT: project.name };
}

/**
 * What most likely is needed: what the state names, and all that there is for a program of which nothing is deployed yet.
 * The preview of a destroy needs no provider.
 */
function packagesToWarm({ operation, plugins }: OperationRequest, opened: OpenedStack): string[] {
  if (operation === "preview-destroy") return [];
  const known = [DYNAMIC, ...Object.keys(plugins)];
  const hasProgram = operation === "up" || operation === "preview";
  return hasProgram && opened.isEmpty ? known : known.filter((name) => opened.packages.includes(name));
}

async function perform(
  request: OperationRequest,
  context: Context,
  program: ProgramSession | undefined,
): Promise<OperationResult> {
  const { interrupted, terminated } = request;
  const { executor, events, snapshot, isPreview } = context;
  // Pulumi's CLI does not even begin then (recorded: golden/protect.json).
  if (request.excludeProtected && destroyable(request, context).length === 0) {
    return { succeeded: true, exitCode: 0, outputs: showOutputs(stackOutputs(snapshot.deployment) ?? {}) };
  }
  const forgetInterrupt = listen(interrupted, () => executor.stop());
  const forgetTermination = listen(terminated, () => {
    snapshot.freeze();
    executor.abandon();
  });
  try {
    await work(request, context, program);
    await executor.idle();
    await snapshot.save();
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
    await snapshot.save();
  } finally {
    forgetInterrupt();
    forgetTermination();
  }
  const isCancelled = interrupted?.aborted ?? false;
  const kind = isPreview ? "preview" : "update";
  if (isCancelled && !executor.isAbandoned) events.diagnose("error", `${kind} canceled`);
  else if (executor.hasStepFailed || executor.isAbandoned) events.diagnose("error", `${kind} failed`);
  const succeeded = !isCancelled && !executor.hasFailed && !executor.isAbandoned;
  events.summary(executor.isAbandoned ? "canceled" : succeeded ? "succeeded" : "failed");
  const outputs = showOutputs(stackOutputs(snapshot.deployment) ?? {});
  return { succeeded, exitCode: succeeded ? 0 : executor.isAbandoned ? TERMINATED : 1, outputs };
}

/** Calls `action` once the signal is aborted, or at once if it is; answers how to forget it. */
function listen(signal: AbortSignal | undefined, action: () => void): () => void {
  if (signal?.aborted) action();
  signal?.addEventListener("abort", action);
  return () => signal?.removeEventListener("abort", action);
}

async function work(request: OperationRequest, context: Context, program: ProgramSession | undefined): Promise<void> {
  const { snapshot, isPreview } = context;
  if (program) {
    if (!isPreview) warnOfInterrupted(context);
    const { refresh: refreshFirst = false, continueOnError = false, replace = [] } = request;
    return update(context, program, { refreshFirst, continueOnError, replace });
  }
  if (request.operation.endsWith("destroy")) return destroy(context, destroyable(request, context));
  // What was updated or deleted is about to be read; what was created has no id to be read by.
  snapshot.forgetInterrupted(({ type }) => type !== "creating" || (request.clearPendingCreates ?? false));
  return refresh(context, true);
}

/** What a destroy deletes. */
function destroyable({ excludeProtected }: OperationRequest, { snapshot }: Context): ResourceState[] {
  const all = snapshot.remaining;
  return excludeProtected ? withoutKept(all, ({ protect }) => protect === true) : all;
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
