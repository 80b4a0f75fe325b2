import { randomUUID } from "node:crypto";
import { EngineError } from "../errors";
import { isProviderType } from "../plan/urn";
import type { Diff } from "../plugins/answers";
import { InitializationError } from "../plugins/answers";
import type { ResourceState } from "../state/resource";
import { markSecrets, type PropertyMap, UNKNOWN } from "../values/property";
import { type Context, clientOf, subjectOf } from "./context";
import type { Step } from "./executor";

/** Why an existing resource is changed. */
export interface Change {
  diffs?: string[];
  detailedDiff?: Diff["detailedDiff"];
  keys?: string[];
}

const timestamp = () => new Date().toISOString();

/** The resource stays as it is; the state takes its new inputs and options. */
export function sameStep({ snapshot, providers }: Context, old: ResourceState, declared: ResourceState): Step {
  const current: ResourceState = {
    ...declared,
    id: old.id,
    outputs: old.outputs,
    initErrors: old.initErrors,
    created: old.created,
    modified: old.modified,
  };
  return {
    op: "same",
    urn: declared.urn,
    type: declared.type,
    old,
    new: current,
    counted: () => "same",
    apply: async () => {
      if (isProviderType(declared.type)) providers.declare(current);
      snapshot.finish(old);
      snapshot.add(current);
    },
  };
}

/** The resource is made; with `replaced` it takes the place of another, which goes later or is gone already. */
export function createStep(
  context: Context,
  declared: ResourceState,
  replaced?: { old: ResourceState; change: Change; isGone: boolean },
): Step {
  const { snapshot } = context;
  const step: Step = {
    op: replaced ? "create-replacement" : "create",
    urn: declared.urn,
    type: declared.type,
    old: replaced?.old,
    new: declared,
    ...replaced?.change,
    counted: () => (replaced ? undefined : "create"),
    apply: async () => {
      const keep = (made: Pick<ResourceState, "id" | "outputs" | "initErrors">) => {
        const now = timestamp();
        step.new = { ...declared, ...made, created: now, modified: now };
        if (replaced?.isGone) snapshot.finish(replaced.old);
        else if (replaced) snapshot.flag(replaced.old, { delete: true });
        snapshot.add(step.new);
      };
      await make(context, declared, keep);
      await snapshot.save();
    },
  };
  return step;
}

async function make(
  context: Context,
  declared: ResourceState,
  keep: (made: Pick<ResourceState, "id" | "outputs" | "initErrors">) => void,
): Promise<void> {
  const { snapshot, providers, isPreview } = context;
  const inputs = declared.inputs ?? {};
  if (!declared.custom) return keep({});
  if (isProviderType(declared.type)) {
    const id = isPreview ? UNKNOWN : randomUUID();
    providers.declare({ ...declared, id });
    return keep({ id, outputs: inputs });
  }
  const mark = (outputs: PropertyMap) => markSecrets(outputs, inputs, declared.additionalSecretOutputs ?? []);
  const client = await clientOf(context, declared);
  if (isPreview) {
    if (!client) return keep({ outputs: {} });
    if (!client.supportsPreview) return keep({ outputs: inputs });
    const { properties } = await client.create(subjectOf(declared), inputs, 0, true);
    return keep({ outputs: mark(properties) });
  }
  if (!client) throw new EngineError(`the provider of ${declared.urn} has an unknown configuration`);
  await snapshot.begin("creating", declared);
  try {
    const { id, properties } = await client.create(
      subjectOf(declared),
      inputs,
      declared.customTimeouts?.create ?? 0,
      false,
    );
    keep({ id, outputs: mark(properties) });
  } catch (error) {
    if (error instanceof InitializationError)
      keep({ id: error.id, outputs: mark(error.properties), initErrors: error.reasons });
    throw error;
  } finally {
    snapshot.end(declared);
    await snapshot.save();
  }
}

/** The resource is changed in place. */
export function updateStep(
  context: Context,
  old: ResourceState,
  declared: ResourceState,
  change: Change,
  ignoreChanges: string[],
): Step {
  const { snapshot, providers, isPreview } = context;
  const inputs = declared.inputs ?? {};
  const target = { ...declared, id: old.id, outputs: old.outputs, created: old.created };
  const keep = (fields: Partial<ResourceState>) => {
    step.new = { ...target, ...fields, modified: timestamp() };
    snapshot.finish(old);
    snapshot.add(step.new);
  };
  const step: Step = {
    op: "update",
    urn: declared.urn,
    type: declared.type,
    old,
    new: target,
    ...change,
    counted: () => "update",
    apply: async () => {
      if (!declared.custom) {
        keep({});
        return snapshot.save();
      }
      if (isProviderType(declared.type)) {
        keep({ outputs: inputs });
        providers.declare(target);
        return snapshot.save();
      }
      const mark = (outputs: PropertyMap) => markSecrets(outputs, inputs, declared.additionalSecretOutputs ?? []);
      const client = await clientOf(context, declared);
      const values = { oldInputs: old.inputs ?? {}, oldOutputs: old.outputs ?? {}, newInputs: inputs, ignoreChanges };
      const update = (timeout: number) => client?.update(subjectOf(declared), old.id ?? "", values, timeout, isPreview);
      if (isPreview) {
        if (!client) return keep({ outputs: {} });
        return keep({ outputs: client.supportsPreview ? mark((await update(0)) ?? {}) : inputs });
      }
      await snapshot.begin("updating", declared);
      try {
        keep({ outputs: mark((await update(declared.customTimeouts?.update ?? 0)) ?? {}) });
      } catch (error) {
        // The old inputs stay, so that the next update sees the change again (recorded: golden/update-partial.json).
        if (error instanceof InitializationError)
          keep({ inputs: old.inputs, outputs: mark(error.properties), initErrors: error.reasons });
        throw error;
      } finally {
        snapshot.end(declared);
        await snapshot.save();
      }
    },
  };
  return step;
}

/** Tells that a resource is replaced; what is done are the other steps of the chain. */
export function replaceStep(old: ResourceState, created: Step, change: Change): Step {
  return {
    op: "replace",
    urn: old.urn,
    type: old.type,
    old,
    get new() {
      return created.new;
    },
    ...change,
    counted: () => "replace",
    apply: async () => undefined,
  };
}
