import { StateError } from "../errors";
import {
  isObject,
  isSecret,
  type PropertyMap,
  type PropertyValue,
  rebuildMap,
  SECRET,
  SIGNATURE,
  secret,
} from "../values/property";
import type { Crypter } from "./passphrase";
import { compact, type Deployment, type PendingOperation, type ResourceState } from "./resource";

/** A deployment as Pulumi's state files and `pulumi stack export` have it (version 3). */
export interface DeploymentDocument {
  manifest: { time: string; magic: string; version: string };
  secrets_providers?: { type: "passphrase"; state: { salt: string } };
  resources?: ResourceState[];
  pending_operations?: PendingOperation[];
  metadata: Record<string, never>;
}

/** The deployment with its secrets in clear text; `decrypt` is asked for only where there are secrets. */
export function readDeployment(document: DeploymentDocument, decrypt: (ciphertext: string) => string): Deployment {
  return {
    resources: (document.resources ?? []).map((resource) => mapValues(resource, (map) => decryptMap(map, decrypt))),
    pendingOperations: (document.pending_operations ?? []).map(({ type, resource }) => ({
      type,
      resource: mapValues(resource, (map) => decryptMap(map, decrypt)),
    })),
  };
}

function decryptMap(map: PropertyMap, decrypt: (ciphertext: string) => string): PropertyMap {
  return rebuildMap(map, (inner) => {
    if (!isSecret(inner)) return undefined;
    if (typeof inner.plaintext === "string") return secret(JSON.parse(inner.plaintext));
    if (typeof inner.ciphertext !== "string")
      throw new StateError("A secret in the state has neither a ciphertext nor a plaintext.");
    return secret(JSON.parse(decrypt(inner.ciphertext)));
  });
}

/** The resource with its inputs and outputs changed. */
export function mapValues(resource: ResourceState, change: (map: PropertyMap) => PropertyMap): ResourceState {
  return {
    ...resource,
    ...(resource.inputs && { inputs: change(resource.inputs) }),
    ...(resource.outputs && { outputs: change(resource.outputs) }),
  };
}

/**
 * Writes deployments with one crypter. A secret that was written before keeps its ciphertext, and a resource that has not
 * changed keeps its text, so that a write costs little more than what has changed.
 */
export class DeploymentWriter {
  readonly #ciphertexts = new WeakMap<PropertyMap, PropertyMap>();
  readonly #texts = new WeakMap<ResourceState, string>();

  constructor(readonly crypter: Crypter) {}

  /** The text of a state file of the stack `name` (`organization/<project>/<stack>`). */
  stackFile(name: string, deployment: Deployment, now: Date): string {
    const document = this.#head(now);
    const parts = Object.entries(document).map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`);
    const list = (texts: string[]) => `[\n${texts.join(",\n")}\n]`;
    if (deployment.resources.length > 0)
      parts.push(`"resources":${list(deployment.resources.map((one) => this.#text(one)))}`);
    if (deployment.pendingOperations.length > 0) {
      const operations = deployment.pendingOperations.map(
        ({ type, resource }) => `{"resource":${this.#text(resource)},"type":${JSON.stringify(type)}}`,
      );
      parts.push(`"pending_operations":${list(operations)}`);
    }
    parts.push('"metadata":{}');
    return `{"version":3,"checkpoint":{"stack":${JSON.stringify(name)},"latest":{\n${parts.join(",\n")}\n}}}\n`;
  }

  #head(now: Date) {
    return {
      // Pulumi compares the magic with the version's hash; of an empty version it is empty.
      manifest: { time: now.toISOString(), magic: "", version: "" },
      secrets_providers: { type: "passphrase", state: { salt: this.crypter.salt } },
    };
  }

  #text(resource: ResourceState): string {
    let text = this.#texts.get(resource);
    if (text === undefined) {
      text = JSON.stringify(mapValues(compact(resource), (map) => rebuildMap(map, (inner) => this.#encrypted(inner))));
      this.#texts.set(resource, text);
    }
    return text;
  }

  #encrypted(value: PropertyValue): PropertyValue | undefined {
    if (!isObject(value) || !isSecret(value)) return undefined;
    let encrypted = this.#ciphertexts.get(value);
    if (!encrypted) {
      encrypted = { [SIGNATURE]: SECRET, ciphertext: this.crypter.encrypt(JSON.stringify(value.value ?? null)) };
      this.#ciphertexts.set(value, encrypted);
    }
    return encrypted;
  }
}
