import { ProviderError } from "../errors";
import { STACK_REFERENCE_TYPE } from "../plan/urn";
import { compact, type ResourceState } from "../state/resource";
import { containsUnknown, equal, isSecret, markSecrets, type PropertyMap, reveal, UNKNOWN } from "../values/property";
import { type Context, clientOf, subjectOf } from "./context";
import type { Step } from "./executor";

/** Which object outside the stack is read. */
export interface ReadRequest {
  id: string;
  name: string;
  type: string;
  parent: string | undefined;
  inputs: PropertyMap;
  dependencies: string[];
  provider: string | undefined;
  additionalSecretOutputs: string[];
}

/** Reads an object that the stack does not manage: it is in the state as external, and never changed or deleted. */
export function readStep(
  context: Context,
  request: ReadRequest & { urn: string },
  old: ResourceState | undefined,
): Step {
  const { snapshot } = context;
  const declared = compact({
    urn: request.urn,
    custom: true,
    type: request.type,
    id: request.id,
    inputs: request.inputs,
    parent: request.parent,
    external: true,
    dependencies: request.dependencies,
    provider: request.provider,
    additionalSecretOutputs: request.additionalSecretOutputs,
  });
  const step: Step = {
    op: "read",
    urn: request.urn,
    type: request.type,
    old,
    new: declared,
    // Only news counts (recorded: golden/stack-reference.json, golden/get-existing.json).
    counted: () => (old && !equal(old.outputs ?? {}, step.new?.outputs ?? {}) ? "read" : undefined),
    apply: async () => {
      step.new = compact({ ...declared, ...(await readObject(context, declared)) });
      if (old) snapshot.finish(old);
      snapshot.add(step.new);
      await snapshot.save();
    },
  };
  return step;
}

async function readObject(context: Context, declared: ResourceState): Promise<Partial<ResourceState>> {
  const id = declared.id ?? "";
  if (id === UNKNOWN) return { outputs: {} };
  if (declared.type === STACK_REFERENCE_TYPE)
    return { outputs: await readStackReference(context, declared.inputs ?? {}) };
  const client = await clientOf(context, declared);
  if (!client) return { outputs: {} };
  const found = await client.read(subjectOf(declared), id, {}, declared.inputs ?? {});
  const outputs = markSecrets(found.properties, {}, declared.additionalSecretOutputs ?? []);
  return { outputs, initErrors: found.reasons };
}

/** What the built-in provider answers for a reference to another stack. */
export async function readStackReference(context: Context, inputs: PropertyMap): Promise<PropertyMap> {
  const name = reveal(inputs.name ?? null);
  if (typeof name !== "string" || containsUnknown(name)) return inputs;
  const { project, stack } = parseStackName(name, context.name.project);
  const outputs = await context.readOutputs(project, stack);
  if (!outputs) throw new ProviderError(`unknown stack "${name}"`);
  const secretOutputNames = Object.keys(outputs).filter((key) => isSecret(outputs[key]));
  return { name, outputs, secretOutputNames };
}

function parseStackName(name: string, project: string): { project: string; stack: string } {
  const parts = name.split("/");
  const stack = parts.at(-1) ?? "";
  return { project: parts.length === 3 ? (parts[1] ?? project) : project, stack };
}
