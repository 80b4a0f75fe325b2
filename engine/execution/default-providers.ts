import type { Goal } from "../plan/goal";
import { packageOf, providerType, urnOf } from "../plan/urn";
import { DYNAMIC, referenceTo } from "../plugins/registry";
import { type PropertyMap, secret } from "../values/property";
import type { Context } from "./context";
import { Stopped } from "./executor";
import type { Outcome } from "./outcome";

/** The providers of resources that name none: declared once a package and version, configured by the stack. */
export class DefaultProviders {
  readonly #references = new Map<string, Promise<string>>();

  /** `realise` makes the provider's resource as any other. */
  constructor(
    private readonly context: Context,
    private readonly realise: (goal: Goal) => Promise<Outcome>,
  ) {}

  /** The reference to the default provider of a type or function; `version` is that of the program's SDK, or empty. */
  referenceFor(token: string, version: string): Promise<string> {
    const packageName = packageOf(token);
    const name = version === "" ? "default" : `default_${version.replace(/[^0-9A-Za-z]/g, "_")}`;
    const key = `${packageName}::${name}`;
    let reference = this.#references.get(key);
    if (!reference) {
      reference = this.#declare(packageName, name, version);
      this.#references.set(key, reference);
    }
    return reference;
  }

  async #declare(packageName: string, name: string, version: string): Promise<string> {
    const type = providerType(packageName);
    const inputs = this.#configurationOf(packageName);
    const outcome = await this.realise({
      urn: urnOf(this.context.name, undefined, type, name),
      name,
      type,
      custom: true,
      parent: undefined,
      inputs: version === "" ? inputs : { ...inputs, version },
      provider: undefined,
      dependencies: [],
      propertyDependencies: {},
      protect: false,
      deleteBeforeReplace: undefined,
      ignoreChanges: [],
      replaceOnChanges: [],
      additionalSecretOutputs: [],
      aliases: [],
      customTimeouts: {},
      retainOnDelete: false,
      deletedWith: undefined,
    });
    if (!("state" in outcome)) throw new Stopped();
    return referenceTo(outcome.state);
  }

  /** The stack's configuration of a package; dynamic providers get all of it, with full keys. */
  #configurationOf(packageName: string): PropertyMap {
    const { values, secretKeys } = this.context.configuration;
    const prefix = `${packageName}:`;
    const entries = Object.entries(values).flatMap(([key, value]) => {
      const marked = secretKeys.includes(key) ? secret(value) : value;
      if (packageName === DYNAMIC) return [[key, marked]];
      return key.startsWith(prefix) ? [[key.slice(prefix.length), marked]] : [];
    });
    return Object.fromEntries(entries);
  }
}
