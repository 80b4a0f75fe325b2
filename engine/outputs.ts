import { STACK_TYPE } from "./plan/urn";
import { readDeployment } from "./state/deployment-format";
import { crypterOf } from "./state/passphrase";
import type { Deployment, ResourceState } from "./state/resource";
import { readStackFile, stackFilePath } from "./state/stack-file";
import {
  containsSecret,
  containsUnknown,
  isSecret,
  type PropertyMap,
  rebuildMap,
  UNKNOWN,
  withoutSecrets,
} from "./values/property";

/** A stack as it is kept, secrets decrypted. */
export interface StackContents {
  /** The stack's outputs in clear. */
  outputs: PropertyMap;
  /** Which of them are or hold secrets. */
  secretOutputs: string[];
  /** All resources; secrets as `{ signature, value }`. */
  resources: ResourceState[];
  deployment: Deployment;
}

/**
 * Reads a stack; undefined if there is none. Throws a StateError where the file is damaged or the passphrase wrong.
 */
export async function readStack(
  backend: string,
  project: string,
  stack: string,
  passphrase: string,
): Promise<StackContents | undefined> {
  const document = await readStackFile(stackFilePath(backend, project, stack));
  if (!document) return undefined;
  const crypter = await crypterOf(passphrase, document.secrets_providers?.state.salt);
  const deployment = readDeployment(document, crypter.decrypt);
  const outputs = stackOutputs(deployment) ?? {};
  return {
    outputs: withoutSecrets(outputs),
    secretOutputs: Object.keys(outputs).filter((key) => containsSecret(outputs[key] ?? null)),
    resources: deployment.resources,
    deployment,
  };
}

/** The outputs of the stack's own resource; undefined if the stack is empty. */
export function stackOutputs({ resources }: Deployment): PropertyMap | undefined {
  const stack = resources.find(({ type }) => type === STACK_TYPE);
  return stack && (stack.outputs ?? {});
}

/** Outputs as they may be shown. */
export function showOutputs(outputs: PropertyMap): Record<string, unknown> {
  return rebuildMap(outputs, (inner) => {
    if (inner === UNKNOWN) return "[unknown]";
    if (!isSecret(inner)) return undefined;
    return containsUnknown(inner.value ?? null) ? "[unknown]" : "[secret]";
  });
}
