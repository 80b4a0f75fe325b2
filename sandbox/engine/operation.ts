import { createRequire } from "node:module";
import { cpus } from "node:os";
import path from "node:path";
import { ConfigurationError } from "./errors";
import { EventEmitter } from "./events";
import type { Context } from "./execution/context";
import { destroy } from "./execution/destroy";
import { StepExecutor, Stopped } from "./execution/executor";
import { refresh } from "./execution/refresh";
import { update } from "./execution/update";
import { readStack, showOutputs, stackOutputs } from "./outputs";
import { withoutKept } from "./plan/deletions";
import { isProviderType } from "./plan/urn";
import { DYNAMIC, ProviderRegistry } from "./plugins/registry";
import { startProgram } from "./program/program";
import {
  type Configuration,
  decryptSettings,
  type Project,
  readProject,
  readStackSettings,
} from "./state/configuration";
import { DeploymentWriter, readDeployment } from "./state/deployment-format";
import { StackLock } from "./state/lock";
import { crypterOf } from "./state/passphrase";
import type { ResourceState } from "./state/resource";
import { StackSaver } from "./state/saver";
import { Snapshot } from "./state/snapshot";
import { prepareBackend, readStackFile, stackFilePath } from "./state/stack-file";
import type { OperationRequest, OperationResult } from "./types";

const CORE_SHARE = 4;
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
  const { operation, stack } = request;
  const isPreview = operation.startsWith("preview");
  const runsProgram = operation === "up" || operation === "preview";
  const file = stackFilePath(backend, project.name, stack);
  const [document, settings] = await Promise.all([readStackFile(file), readStackSettings(project, stack)]);
  const sdkDirectory = findSdk(project);
  const events = new EventEmitter(request.onEvent, isPreview);
  const onLine = (stream: "stdout" | "stderr", line: string) =>
    events.diagnose(stream === "stdout" ? "info" : "info#err", line);
  const environment = { ...request.environment, PULUMI_PROJECT: project.name, PULUMI_NODEJS_PROJECT: project.name };
  const providers = new ProviderRegistry({
    programDirectory: project.directory,
    sdkDirectory,
    plugins: request.plugins,
    environment: { ...environment, PULUMI_CONFIG: "{}" },
    onLine,
  });
  try {
    // The processes start while the key is derived.
    if (runsProgram) for (const name of [DYNAMIC, ...Object.keys(request.plugins)]) providers.warm(name);
    const stateSalt = document?.secrets_providers?.state.salt;
    const crypter = await crypterOf(request.passphrase, stateSalt ?? settings.salt);
    const configCrypter = settings.salt === undefined ? undefined : await crypterOf(request.passphrase, settings.salt);
    const configuration = decryptSettings(settings, project, configCrypter);
    const former = document ? readDeployment(document, crypter.decrypt) : { resources: [], pendingOperations: [] };
    const writer = new DeploymentWriter(crypter);
    const saver = new StackSaver(file, `organization/${project.name}/${stack}`, async () => writer);
    const snapshot = new Snapshot(former, isPreview ? async () => undefined : (deployment) => saver.save(deployment));
    for (const state of former.resources) if (isProviderType(state.type)) providers.declare(state);
    const parallel = request.parallel ?? CORE_SHARE * cpus().length;
    const context: Context = {
      name: { project: project.name, stack },
      isPreview,
      configuration,
      snapshot,
      providers,
      events,
      executor: new StepExecutor(parallel, events, isPreview),
      readOutputs: async (otherProject, otherStack) => {
        const other = await readStack(backend, otherProject, otherStack, request.passphrase);
        return other && (stackOutputs(other.deployment) ?? {});
      },
    };
    return await perform(request, context, { project, sdkDirectory, configuration, parallel, environment, onLine });
  } finally {
    await providers.end();
  }
}

interface ProgramSetting {
  project: Project;
  sdkDirectory: string;
  configuration: Configuration;
  parallel: number;
  environment: NodeJS.ProcessEnv;
  onLine(stream: "stdout" | "stderr", line: string): void;
}

async function perform(request: OperationRequest, context: Context, program: ProgramSetting): Promise<OperationResult> {
  const { interrupted, terminated } = request;
  const { executor, events, snapshot, isPreview } = context;
  const end = () => {
    snapshot.freeze();
    executor.abandon();
  };
  if (request.excludeProtected && destroyable(request, context).length === 0)
    return { succeeded: true, exitCode: 0, outputs: {} };
  const forgetInterrupt = listen(interrupted, () => executor.stop());
  const forgetTermination = listen(terminated, end);
  try {
    await work(request, context, program);
    await executor.idle();
    if (!isPreview) await snapshot.save();
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
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

async function work(request: OperationRequest, context: Context, program: ProgramSetting): Promise<void> {
  const { operation, stack } = request;
  const { snapshot, isPreview } = context;
  switch (operation) {
    case "up":
    case "preview":
      if (!isPreview) warnOfInterrupted(context);
      return update(context, {
        refreshFirst: request.refresh ?? false,
        continueOnError: request.continueOnError ?? false,
        start: async (address) => startProgram({ ...program, stack, isPreview, address }),
      });
    case "destroy":
    case "preview-destroy":
      return destroy(context, destroyable(request, context));
    case "refresh":
    case "preview-refresh":
      // What was updated or deleted is about to be read; what was created has no id to be read by.
      snapshot.forgetInterrupted(({ type }) => type !== "creating" || (request.clearPendingCreates ?? false));
      return refresh(context, true);
  }
}

/** What a destroy deletes. */
function destroyable({ excludeProtected }: OperationRequest, { snapshot }: Context): ResourceState[] {
  const all = snapshot.remaining;
  return excludeProtected ? withoutKept(all, ({ protect }) => protect === true) : all;
}

/** The words of Pulumi's engine (recorded: golden/kill.json). */
function warnOfInterrupted({ snapshot, events }: Context): void {
  const { interrupted } = snapshot;
  if (interrupted.length === 0) return;
  const lines = interrupted.map(({ type, resource }) => `  * ${resource.urn}, interrupted while ${type}`);
  const message = [
    `Attempting to deploy or update resources with ${interrupted.length} pending operations from previous deployment.`,
    ...lines,
    "These resources are in an unknown state because the Pulumi CLI was interrupted while waiting for changes to these resources to complete. You should confirm whether or not the operations listed completed successfully by checking the state of the appropriate provider. For example, if you are using AWS, you can confirm using the AWS Console.",
    "",
    "Once you have confirmed the status of the interrupted operations, you can repair your stack using `pulumi refresh` which will refresh the state from the provider you are using and clear the pending operations if there are any.",
    "",
    "Note that `pulumi refresh` will need to be run interactively to clear pending CREATE operations.",
  ];
  events.diagnose("warning", message.join("\n"));
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
