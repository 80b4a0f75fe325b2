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
 * changed keeps its line: a write costs what has changed, and a copy of the rest.
 */
export class DeploymentWriter {
  readonly #ciphertexts = new WeakMap<PropertyMap, PropertyMap>();
  readonly #lines = new WeakMap<ResourceState, Buffer>();

  constructor(readonly crypter: Crypter) {}

  /** The contents of a state file of the stack `name` (`organization/<project>/<stack>`). */
  stackFile(name: string, { resources, pendingOperations }: Deployment, now: Date): Buffer {
    const head = Object.entries(this.#head(now)).map(
      ([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)},\n`,
    );
    return Buffer.concat([
      Buffer.from(`{"version":3,"checkpoint":{"stack":${JSON.stringify(name)},"latest":{\n${head.join("")}`),
      ...list(
        "resources",
        resources.map((one) => this.#line(one)),
      ),
      ...list(
        "pending_operations",
        pendingOperations.map((one) => this.#operationLine(one)),
      ),
      Buffer.from('"metadata":{}\n}}}\n'),
    ]);
  }

  #head(now: Date) {
    return {
      // Pulumi compares the magic with the version's hash; of an empty version it is empty.
      manifest: { time: now.toISOString(), magic: "", version: "" },
      secrets_providers: { type: "passphrase", state: { salt: this.crypter.salt } },
    };
  }

  #line(resource: ResourceState): Buffer {
    let line = this.#lines.get(resource);
    if (line === undefined) {
      const encrypted = mapValues(compact(resource), (map) => rebuildMap(map, (inner) => this.#encrypted(inner)));
      line = Buffer.from(JSON.stringify(encrypted) + SEPARATOR);
      this.#lines.set(resource, line);
    }
    return line;
  }

  #operationLine({ type, resource }: PendingOperation): Buffer {
    const end = Buffer.from(`,"type":${JSON.stringify(type)}}${SEPARATOR}`);
    return Buffer.concat([Buffer.from('{"resource":'), withoutSeparator(this.#line(resource)), end]);
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

const SEPARATOR = ",\n";

const withoutSeparator = (line: Buffer) => line.subarray(0, -SEPARATOR.length);

/** `"<key>":[…],` of lines that end with a separator; nothing of no lines. */
function list(key: string, lines: Buffer[]): Buffer[] {
  const last = lines.at(-1);
  if (last === undefined) return [];
  return [Buffer.from(`"${key}":[\n`), ...lines.slice(0, -1), withoutSeparator(last), Buffer.from(`\n]${SEPARATOR}`)];
}
