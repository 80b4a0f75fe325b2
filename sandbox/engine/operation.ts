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
import { StackSaver } from "./state/saver";
import { Snapshot } from "./state/snapshot";
import { prepareBackend, readStackFile, stackFilePath } from "./state/stack-file";
import type { OperationRequest, OperationResult } from "./types";

const CORE_SHARE = 4;

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
  const { operation, stack, interrupted } = request;
  const { executor, events, snapshot, isPreview } = context;
  let isCancelled = false;
  const cancel = () => {
    isCancelled = true;
    executor.stop();
  };
  if (interrupted?.aborted) cancel();
  interrupted?.addEventListener("abort", cancel);
  try {
    if (operation === "up" || operation === "preview") {
      await update(context, {
        refreshFirst: request.refresh ?? false,
        start: async (address) => startProgram({ ...program, stack, isPreview, address }),
      });
    } else if (operation === "destroy" || operation === "preview-destroy") {
      await destroy(context);
    } else {
      if (request.clearPendingCreates) snapshot.forgetInterruptedCreates();
      await refresh(context, true);
    }
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
  } finally {
    interrupted?.removeEventListener("abort", cancel);
  }
  await executor.idle();
  if (!isPreview) await snapshot.save();
  const kind = isPreview ? "preview" : "update";
  if (isCancelled) events.diagnose("error", `${kind} canceled`);
  else if (executor.hasStepFailed) events.diagnose("error", `${kind} failed`);
  const succeeded = !isCancelled && !executor.hasFailed && !events.hasErrors;
  events.summary(succeeded ? "succeeded" : "failed");
  const outputs = stackOutputs(snapshot.deployment);
  return { succeeded, exitCode: succeeded ? 0 : 1, outputs: showOutputs(outputs ?? {}) };
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
