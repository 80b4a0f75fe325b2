import { withoutDangling } from "../plan/undangle";
import { isProviderType, STACK_REFERENCE_TYPE } from "../plan/urn";
import { compact, type ResourceState } from "../state/resource";
import { equal, markSecrets } from "../values/property";
import { type Context, clientOf, subjectOf } from "./context";
import type { Step } from "./executor";
import { readStackReference } from "./read-step";

/**
 * Reads every resource of the state and takes what is found for the former state. A resource that cannot be read stays as
 * it is; the others are read all the same. With `isWhole` the refresh is all there is to do: then its findings are counted.
 */
export async function refresh(context: Context, isWhole: boolean): Promise<void> {
  const { snapshot, executor } = context;
  const steps = snapshot.remaining.map((state) => refreshStep(context, state, isWhole));
  await Promise.allSettled(steps.map((step) => executor.run([step], { continueOnError: true })));
  const gone = new Map<string, ResourceState>();
  const found = steps.flatMap((step) => {
    if (!step.new && step.old) gone.set(step.old.urn, step.old);
    return step.new ?? [];
  });
  snapshot.replaceFormer(withoutDangling(found, gone));
  await snapshot.save();
}

/** A refresh before something else is done, which does not begin once anything has failed. */
export async function refreshFirst(context: Context): Promise<void> {
  await refresh(context, false);
  if (context.executor.hasFailed) context.executor.stop();
}

function refreshStep(context: Context, old: ResourceState, isWhole: boolean): Step & { old: ResourceState } {
  let outcome: "same" | "update" | "delete" = "same";
  const step: Step & { old: ResourceState } = {
    op: "refresh",
    urn: old.urn,
    type: old.type,
    old,
    // Until it is read, and if it cannot be, a resource is as it was.
    new: old,
    counted: () => (isWhole ? outcome : undefined),
    outcome: () => (isWhole ? outcome : "refresh"),
    apply: async () => {
      if (!old.custom || isProviderType(old.type) || old.pendingReplacement) return;
      const found = await readAgain(context, old);
      step.new = found;
      outcome = found === undefined ? "delete" : await compare(context, old, found);
    },
  };
  return step;
}

/** The resource as it is found; undefined if it is gone. */
async function readAgain(context: Context, old: ResourceState): Promise<ResourceState | undefined> {
  const oldInputs = old.inputs ?? {};
  if (old.type === STACK_REFERENCE_TYPE) return { ...old, outputs: await readStackReference(context, oldInputs) };
  const client = await clientOf(context, old);
  if (!client) return old;
  const oldOutputs = old.outputs ?? {};
  const result = await client.read(subjectOf(old), old.id ?? "", oldInputs, oldOutputs);
  if (result.id === "") return undefined;
  const secretNames = old.additionalSecretOutputs ?? [];
  return compact({
    ...old,
    id: result.id,
    inputs: result.inputs ? markSecrets(result.inputs, oldInputs, []) : oldInputs,
    outputs: markSecrets(result.properties, { ...oldOutputs, ...oldInputs }, secretNames),
    initErrors: result.reasons,
  });
}

/** Whether what was found differs from what the state's inputs ask for. */
async function compare(context: Context, old: ResourceState, found: ResourceState): Promise<"same" | "update"> {
  if (old.external) return equal(old.outputs ?? {}, found.outputs ?? {}) ? "same" : "update";
  const client = await clientOf(context, old);
  const diff = await client?.diff(subjectOf(old), found.id ?? "", {
    oldInputs: found.inputs ?? {},
    oldOutputs: found.outputs ?? {},
    newInputs: old.inputs ?? {},
    ignoreChanges: old.ignoreChanges ?? [],
  });
  const changes = diff?.changes ?? !equal(found.inputs ?? {}, old.inputs ?? {});
  return changes ? "update" : "same";
}
