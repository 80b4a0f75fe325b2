import { StateError } from "../errors";
import { type DeploymentDocument, mapValues, readDeployment, VERSION } from "../state/deployment-format";
import { crypterOf } from "../state/passphrase";
import type { ResourceState } from "../state/resource";
import { readStackFile, stackFilePath } from "../state/stack-file";
import { isObject, isSecret, type PropertyValue, rebuildMap, SECRET, SIGNATURE } from "../values/property";
import type { ExportedStack } from "./exported";

/**
 * The stack as `pulumi stack export` gives it, secrets encrypted as in its state; undefined if there is no such stack.
 * Throws a StateError where the state file is damaged.
 */
export async function exportStack(backend: string, project: string, stack: string): Promise<ExportedStack | undefined> {
  const document = await readStackFile(stackFilePath(backend, project, stack));
  return document && { version: VERSION, deployment: document };
}

/**
 * The same, if its secrets are encrypted. Throws a StateError where one is in clear, as only somebody else can have left it
 * in the state: that is shown only where it is asked for.
 */
export function encryptedOnly(exported: ExportedStack): ExportedStack {
  const { resources = [], pending_operations: pending = [] } = exported.deployment;
  const clear = [...resources, ...pending.map(({ resource }) => resource)].find(
    ({ inputs = {}, outputs = {} }) => hasClearSecret(inputs) || hasClearSecret(outputs),
  );
  if (clear === undefined) return exported;
  throw new StateError(
    `${clear.urn} has a secret in plaintext in the stack's state. Run "refresh", which encrypts it, or ask for secrets in plaintext with --show-secrets.`,
  );
}

function hasClearSecret(value: PropertyValue): boolean {
  if (isSecret(value)) return typeof value.ciphertext !== "string";
  if (Array.isArray(value)) return value.some(hasClearSecret);
  return isObject(value) && Object.values(value).some(hasClearSecret);
}

/** The same as `--show-secrets` gives it. Throws a StateError where the passphrase is wrong. */
export async function showSecrets(exported: ExportedStack, passphrase: string): Promise<ExportedStack> {
  const document = exported.deployment;
  const crypter = await crypterOf(passphrase, document.secrets_providers?.state.salt);
  const { resources, pendingOperations } = readDeployment(document, crypter.decrypt);
  const deployment: DeploymentDocument = {
    ...document,
    ...(document.resources && { resources: resources.map(shown) }),
    ...(document.pending_operations && {
      pending_operations: pendingOperations.map(({ type, resource }) => ({ resource: shown(resource), type })),
    }),
  };
  return { ...exported, deployment };
}

const shown = (resource: ResourceState) => mapValues(resource, (map) => rebuildMap(map, plaintext));

function plaintext(value: PropertyValue): PropertyValue | undefined {
  return isSecret(value) ? { [SIGNATURE]: SECRET, plaintext: JSON.stringify(value.value ?? null) } : undefined;
}
