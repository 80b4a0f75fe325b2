import { isObject, isSecret, type PropertyValue } from "../values/property";
import type { DeploymentDocument } from "./deployment-format";
import { isCiphertext, isSalt } from "./passphrase";
import { dependenciesOf, type ResourceState } from "./resource";
import { mismatch, type Shape } from "./shape";

const RESOURCE: Shape = {
  urn: "string",
  type: "string",
  "custom?": "boolean",
  "id?": "string",
  "inputs?": {},
  "outputs?": {},
  "parent?": "string",
  "provider?": "string",
  "dependencies?": ["string"],
  "propertyDependencies?": { "*?": ["string"] },
  "initErrors?": ["string"],
  "aliases?": ["string"],
  "deletedWith?": "string",
};

const STACK_FILE: Shape = {
  checkpoint: {
    "latest?": {
      "secrets_providers?": { type: "string", state: { "salt?": "string" } },
      "resources?": [RESOURCE],
      "pending_operations?": [{ type: "string", resource: RESOURCE }],
    },
  },
};

/**
 * Why a parsed stack file of version 3 cannot be taken for a stack's state; undefined if it can. What depends on something
 * that is not there is taken: an operation that failed in part may leave that behind.
 */
export function stackFileProblem(document: unknown): string | undefined {
  const wrong = mismatch(document, STACK_FILE);
  if (wrong !== undefined) return wrong;
  const { latest } = (document as { checkpoint: { latest?: Partial<DeploymentDocument> | null } }).checkpoint;
  const resources = latest?.resources ?? [];
  const pending = (latest?.pending_operations ?? []).map(({ resource }) => resource);
  return saltProblem(latest?.secrets_providers) ?? secretProblem([...resources, ...pending]) ?? orderProblem(resources);
}

function saltProblem(provider: DeploymentDocument["secrets_providers"]): string | undefined {
  const { type, state } = provider ?? {};
  if (type !== "passphrase" || state?.salt === undefined || isSalt(state.salt)) return undefined;
  return '"checkpoint.latest.secrets_providers.state.salt" is not of the form v1:<salt>:<check value>';
}

function secretProblem(resources: readonly ResourceState[]): string | undefined {
  const odd = resources.find(({ inputs = {}, outputs = {} }) => hasOddSecret(inputs) || hasOddSecret(outputs));
  return odd && `${odd.urn} has a secret that is neither of the form v1:<nonce>:<ciphertext> nor JSON in plaintext`;
}

function hasOddSecret(value: PropertyValue): boolean {
  if (isSecret(value)) return !isCiphertext(value.ciphertext) && !isJson(value.plaintext);
  if (Array.isArray(value)) return value.some(hasOddSecret);
  return isObject(value) && Object.values(value).some(hasOddSecret);
}

function isJson(text: PropertyValue | undefined): boolean {
  if (typeof text !== "string") return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function orderProblem(resources: readonly ResourceState[]): string | undefined {
  const all = new Set(resources.map(({ urn }) => urn));
  const before = new Set<string>();
  const living = new Set<string>();
  for (const state of resources) {
    if (!state.delete && living.has(state.urn)) return `${state.urn} appears twice`;
    for (const urn of dependenciesOf(state)) {
      if (urn !== state.urn && all.has(urn) && !before.has(urn))
        return `${state.urn} comes before ${urn}, on which it depends`;
    }
    before.add(state.urn);
    if (!state.delete) living.add(state.urn);
  }
  return undefined;
}
