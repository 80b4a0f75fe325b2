import { concealed, formatCertificateId, parseCertificateId, principalOf } from "./certificate-rules";
import { waitFor } from "./consistency";
import { ProviderFailure, principalText } from "./diagnostics";
import { type GraphClient, type KeyCredential, type ServicePrincipal, UnexpectedStatus } from "./graph-client";
import { findKey, isKey, newKeyCredential } from "./key-credential";
import { type Properties, UNKNOWN } from "./wire";

// The bridge under the real provider keeps the resource's time limits in state: five minutes, in nanoseconds.
const TIME_LIMITS =
  '"e2bfb730-ecaa-11e6-8f88-34363bc7c4c0":{"create":300000000000,"delete":300000000000,"read":300000000000}';

/** A read that found the resource. */
export interface CertificateRead {
  id: string;
  properties: Properties;
  inputs: Properties;
}

/**
 * ServicePrincipalCertificate's create, read and delete, in the steps of the real provider, with its known defects: a
 * failure after the PATCH leaves the key on the principal and nothing in state, and a delete writes back whatever
 * collection it has read, however old.
 *
 * Source: engine/test/golden/azuread for the answers, measurements of azuread 6.9.1 for the order of calls, its source for
 * messages.
 */
export class CertificateLifecycle {
  /** The last change of each principal: the real provider changes one at a time, within its process only. */
  readonly #changes = new Map<string, Promise<unknown>>();

  constructor(
    private readonly graph: GraphClient,
    /** Whether the engine takes secrets; the value is one in every answer then. */
    private readonly acceptSecrets: boolean,
  ) {}

  /** What a preview shows: everything but what only Graph knows. */
  preview(inputs: Properties): Properties {
    return this.#concealed({
      __meta: `{"_new_extra_shim":{},${TIME_LIMITS}}`,
      encoding: inputs.encoding,
      endDate: inputs.endDate ?? UNKNOWN,
      endDateRelative: null,
      id: UNKNOWN,
      keyId: inputs.keyId ?? UNKNOWN,
      servicePrincipalId: inputs.servicePrincipalId,
      startDate: inputs.startDate ?? UNKNOWN,
      type: inputs.type ?? null,
      value: inputs.value,
    });
  }

  /** Adds the credential, waits until it was seen five times, and reads it once more. @throws ProviderFailure */
  async create(urn: string, inputs: Properties): Promise<{ id: string; properties: Properties }> {
    const objectId = principalOf(String(inputs.servicePrincipalId));
    if (objectId === undefined) {
      throw new ProviderFailure("Parsing `service_principal_id`", String(inputs.servicePrincipalId));
    }
    const added = newKeyCredential(inputs);
    const id = formatCertificateId({ objectId, keyId: added.keyId });
    return this.#alone(objectId, async () => {
      await this.#add(objectId, id, added);
      await waitFor("Done", `Waiting for certificate credential for ${principalText(objectId)}`, async () => {
        const credential = findKey(await this.graph.principal(objectId), added.keyId);
        return credential !== undefined;
      });
      const properties = await this.#properties(id, inputs);
      if (properties === undefined) {
        // A stale last read: for the real provider the resource is gone, and its bridge finds no error to report.
        throw new Error(`expected non-nil error with nil state during Create of ${urn}`);
      }
      return { id, properties };
    });
  }

  /** The credential as it is now, `undefined` where it or its principal is gone. */
  async read(urn: string, id: string, state: Properties, inputs: Properties): Promise<CertificateRead | undefined> {
    let properties: Properties | undefined;
    try {
      properties = await this.#properties(id, state);
    } catch (error) {
      throw new Error(`refreshing ${urn}: ${(error as Error).message}`, { cause: error });
    }
    if (properties === undefined) return undefined;
    return {
      id,
      properties,
      inputs: this.#concealed(readInputs(inputs, { ...state, ...properties, value: state.value })),
    };
  }

  /** Removes the credential and waits until it was missing five times. @throws Error */
  async delete(urn: string, id: string): Promise<void> {
    const { objectId, keyId } = parseCertificateId(id);
    try {
      await this.#alone(objectId, () => this.#remove(objectId, keyId));
    } catch (error) {
      throw new Error(`deleting ${urn}: ${(error as Error).message}`, { cause: error });
    }
  }

  async #add(objectId: string, id: string, added: KeyCredential): Promise<void> {
    const principal = await this.#principal(objectId);
    if (principal === undefined) throw new ProviderFailure(`${principalText(objectId)} was not found`);
    if (findKey(principal, added.keyId) !== undefined) {
      throw new ProviderFailure(
        `A resource with the ID "${id}" already exists`,
        "To be managed via Terraform, this resource needs to be imported into the State. Please see the resource " +
          'documentation for "azuread_service_principal_certificate" for more information.',
      );
    }
    try {
      await this.graph.patchKeyCredentials(objectId, [...(principal.keyCredentials ?? []), added]);
    } catch (error) {
      throw new ProviderFailure(`Adding certificate for ${principalText(objectId)}`, error);
    }
  }

  async #remove(objectId: string, keyId: string): Promise<void> {
    const principal = await this.#principal(objectId);
    if (principal === undefined) return;
    const kept = (principal.keyCredentials ?? []).filter((credential) => !isKey(credential, keyId));
    try {
      await this.graph.patchKeyCredentials(objectId, kept);
    } catch (error) {
      throw new ProviderFailure(`Removing certificate credential "${keyId}" from ${principalText(objectId)}`, error);
    }
    const waiting = `Waiting for deletion of certificate credential "${keyId}" from ${principalText(objectId)}`;
    await waitFor("Deleted", waiting, async () => {
      const now = await found(this.graph.principal(objectId));
      return now === undefined || findKey(now, keyId) === undefined;
    });
  }

  async #properties(id: string, state: Properties): Promise<Properties | undefined> {
    const { objectId, keyId } = parseCertificateId(id);
    const principal = await this.#principal(objectId);
    const credential = principal === undefined ? undefined : findKey(principal, keyId);
    if (credential === undefined) return undefined;
    return this.#concealed({
      __meta: `{${TIME_LIMITS}}`,
      __pulumi_raw_state_delta: { obj: {} },
      // An import knows neither the value nor its encoding; that they are null then is a guess.
      encoding: state.encoding ?? null,
      endDate: credential.endDateTime ?? "",
      endDateRelative: null,
      id,
      keyId,
      servicePrincipalId: `/servicePrincipals/${objectId}`,
      startDate: credential.startDateTime ?? "",
      type: credential.type,
      value: state.value,
    });
  }

  async #principal(objectId: string): Promise<ServicePrincipal | undefined> {
    try {
      return await found(this.graph.principal(objectId));
    } catch (error) {
      throw new ProviderFailure(`Retrieving ${principalText(objectId)}`, error);
    }
  }

  #concealed(properties: Properties): Properties {
    return this.acceptSecrets ? concealed(properties) : properties;
  }

  async #alone<T>(objectId: string, change: () => Promise<T>): Promise<T> {
    const before = this.#changes.get(objectId) ?? Promise.resolve();
    const mine = before.then(change, change);
    this.#changes.set(objectId, mine);
    return mine;
  }
}

/**
 * The inputs that belong to what was read: of a refresh the old ones' properties with their present values, of an
 * import all that Graph shows (a guess: imports are not recorded).
 */
function readInputs(inputs: Properties, present: Properties): Properties {
  const names = Object.keys(inputs).filter((name) => !name.startsWith("__"));
  const wanted = names.length > 0 ? names : ["endDate", "keyId", "servicePrincipalId", "startDate", "type"];
  const defaults = (inputs.__defaults ?? []) as string[];
  return {
    // Recorded: a refresh drops an empty list of defaults.
    ...(names.length > 0 && defaults.length === 0 ? {} : { __defaults: defaults }),
    ...Object.fromEntries(wanted.map((name) => [name, present[name]])),
  };
}

/** `undefined` in place of 404. */
async function found(answer: Promise<ServicePrincipal>): Promise<ServicePrincipal | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof UnexpectedStatus && error.status === 404) return undefined;
    throw error;
  }
}
