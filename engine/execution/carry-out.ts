import type { EventEmitter } from "../events";
import { FileNotWritten } from "../files/file-errors";
import { readStack, showOutputs, stackOutputs } from "../outputs";
import { withoutKept } from "../plan/deletions";
import { DYNAMIC, ProviderRegistry } from "../plugins/registry";
import { ProgramSession } from "../program/session";
import { typeStampPath } from "../program/type-stamp";
import type { Configuration, Project } from "../state/configuration";
import type { ResourceState } from "../state/resource";
import type { OperationRequest, OperationResult } from "../types";
import { secret } from "../values/property";
import type { Context } from "./context";
import { destroy } from "./destroy";
import { StepExecutor, Stopped } from "./executor";
import { warnOfInterrupted } from "./interrupted-operations";
import type { OpenedStack } from "./open-stack";
import { refresh, refreshFirst } from "./refresh";
import { update } from "./update";

/** Exit code of an operation that was ended without waiting. */
const TERMINATED = 8;

/** An operation whose stack has been opened. */
export interface Begun {
  request: OperationRequest;
  backend: string;
  opened: OpenedStack;
  events: EventEmitter;
  project: Project;
  /** The folder of the program's own @pulumi/pulumi. */
  sdkDirectory: string;
  isPreview: boolean;
  parallel: number;
  /** Of the program and of the plugins. */
  environment: NodeJS.ProcessEnv;
}

/** Does to an opened stack what was asked for. */
export async function carryOut(begun: Begun): Promise<OperationResult> {
  const { request, backend, opened, events, project, isPreview, parallel, environment } = begun;
  const { stack } = request;
  const providers = new ProviderRegistry({
    programDirectory: project.directory,
    sdkDirectory: begun.sdkDirectory,
    plugins: request.plugins,
    environment: { ...environment, PULUMI_CONFIG: "{}" },
    onLine: printed(events),
  });
  let program: ProgramSession | undefined;
  try {
    const configuration = await opened.configuration;
    for (const key of configuration.secretKeys) events.secrets.learn(secret(configuration.values[key] ?? ""));
    if (runsProgram(request)) program = await startSession(begun, configuration);
    for (const name of packagesToWarm(request, opened)) providers.warm(name);
    const snapshot = await opened.snapshot(providers, isPreview);
    for (const { inputs = {}, outputs = {} } of snapshot.remaining) {
      events.secrets.learn(inputs);
      events.secrets.learn(outputs);
    }
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
    return await perform(request, context, program);
  } finally {
    await Promise.all([program?.end(), providers.end()]);
  }
}

const runsProgram = ({ operation }: OperationRequest) => operation === "up" || operation === "preview";

function startSession(begun: Begun, configuration: Configuration): Promise<ProgramSession> {
  const { request, backend, events, project } = begun;
  const options = { ...begun, stack: request.stack, configuration, onLine: printed(events) };
  return ProgramSession.start({ ...options, typeStamp: typeStampPath(backend, project.name) }, events);
}

/** What a process prints, as Pulumi's engine tells it. */
const printed = (events: EventEmitter) => (stream: "stdout" | "stderr", line: string) =>
  events.diagnose(stream === "stdout" ? "info" : "info#err", line);

/**
 * What most likely is needed: what the state names, and all that there is for a program of which nothing is deployed yet.
 * The preview of a destroy needs no provider, unless it refreshes first.
 */
function packagesToWarm(request: OperationRequest, opened: OpenedStack): string[] {
  const { operation, plugins, refresh: refreshes } = request;
  if (operation === "preview-destroy" && !refreshes) return [];
  const known = [DYNAMIC, ...Object.keys(plugins)];
  return runsProgram(request) && opened.isEmpty ? known : known.filter((name) => opened.packages.includes(name));
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
  } catch (error) {
    // What could not be written is tried once more.
    if (!(error instanceof Stopped || error instanceof FileNotWritten)) throw error;
  } finally {
    await saveRest(context);
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

/** What cannot be saved is told like all else that fails: the summary comes all the same. */
async function saveRest({ snapshot, executor, events }: Context): Promise<void> {
  try {
    await snapshot.save();
  } catch (error) {
    if (!(error instanceof FileNotWritten)) throw error;
    executor.hasFailed = true;
    executor.hasStepFailed = true;
    events.diagnose("error", `${error.message} What was under way is in it as a pending operation.`);
  }
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
    const { continueOnError = false, replace = [] } = request;
    return update(context, program, { refresh: request.refresh ?? false, continueOnError, replace });
  }
  if (request.operation.endsWith("destroy")) {
    if (request.refresh) await refreshFirst(context);
    return destroy(context, destroyable(request, context));
  }
  // What was updated or deleted is about to be read; what was created has no id to be read by.
  snapshot.forgetInterrupted(({ type }) => type !== "creating" || (request.clearPendingCreates ?? false));
  return refresh(context, true);
}

/** What a destroy deletes. */
function destroyable({ excludeProtected }: OperationRequest, { snapshot }: Context): ResourceState[] {
  const all = snapshot.remaining;
  return excludeProtected ? withoutKept(all, ({ protect }) => protect === true) : all;
}
