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

/** The version of the deployment format that this engine reads and writes. */
export const VERSION = 3;
/** That of Pulumi's file backend. */
const INDENT = 4;

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
 * Writes deployments with one crypter. What was encrypted before keeps its ciphertext: a resource that has not changed reads
 * as it did.
 */
export class DeploymentWriter {
  readonly #ciphertexts = new WeakMap<PropertyMap, PropertyMap>();

  constructor(readonly crypter: Crypter) {}

  /** The contents of a state file of the stack `name` (`organization/<project>/<stack>`). */
  stackFile(name: string, deployment: Deployment, now: Date): string {
    const latest = this.#document(deployment, now);
    return `${JSON.stringify({ version: VERSION, checkpoint: { stack: name, latest } }, undefined, INDENT)}\n`;
  }

  #document({ resources, pendingOperations }: Deployment, now: Date): DeploymentDocument {
    return {
      // Pulumi compares the magic with the version's hash; of an empty version it is empty.
      manifest: { time: now.toISOString(), magic: "", version: "" },
      secrets_providers: { type: "passphrase", state: { salt: this.crypter.salt } },
      ...(resources.length > 0 && { resources: resources.map((one) => this.#encrypt(one)) }),
      ...(pendingOperations.length > 0 && {
        pending_operations: pendingOperations.map(({ type, resource }) => ({
          resource: this.#encrypt(resource),
          type,
        })),
      }),
      metadata: {},
    };
  }

  #encrypt(resource: ResourceState): ResourceState {
    return mapValues(compact(resource), (map) => rebuildMap(map, (inner) => this.#ciphertext(inner)));
  }

  #ciphertext(value: PropertyValue): PropertyValue | undefined {
    if (!isObject(value) || !isSecret(value)) return undefined;
    let encrypted = this.#ciphertexts.get(value);
    if (!encrypted) {
      encrypted = { [SIGNATURE]: SECRET, ciphertext: this.crypter.encrypt(JSON.stringify(value.value ?? null)) };
      this.#ciphertexts.set(value, encrypted);
    }
    return encrypted;
  }
}
