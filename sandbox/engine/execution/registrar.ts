import { EngineError, NotSupportedError } from "../errors";
import { aliasUrns } from "../plan/aliases";
import type { Goal } from "../plan/goal";
import { isProviderType, packageOf, providerType, STACK_REFERENCE_TYPE, urnOf } from "../plan/urn";
import { DYNAMIC, referenceTo } from "../plugins/registry";
import type { Registration } from "../program/registration";
import type { ResourceState } from "../state/resource";
import { type PropertyMap, secret } from "../values/property";
import type { Context } from "./context";
import { type Step, Stopped } from "./executor";
import type { StepGenerator } from "./generator";
import { type ReadRequest, readStep } from "./read-step";

/** A resource that exists outside the stack, to be read by its id. */
export interface Lookup extends ReadRequest {
  version: string;
}

export interface Invocation {
  token: string;
  inputs: PropertyMap;
  provider: string | undefined;
  version: string;
}

/** Takes what a program declares, one after the other, and has it done. */
export class Registrar {
  readonly #context: Context;
  readonly #generator: Promise<StepGenerator>;
  /** Decisions are made one at a time: each sees what those before it have led to. */
  #deciding: Promise<unknown>;
  readonly #defaultProviders = new Map<string, Promise<string>>();
  readonly #steps = new Map<string, Step>();
  readonly #aliases = new Map<string, string[]>();
  #declareEnd: () => void = () => undefined;
  /** Settles when the program has declared everything. */
  readonly declared: Promise<void>;
  #finished: Promise<void> = new Promise(() => undefined);

  /** The generator may come later, after a refresh. */
  constructor(context: Context, generator: Promise<StepGenerator>) {
    this.#context = context;
    this.#generator = generator;
    this.#deciding = generator;
    this.declared = new Promise((resolve) => {
      this.#declareEnd = resolve;
    });
  }

  /** Begins nothing new: something was refused. */
  stop(): void {
    this.#context.executor.hasFailed = true;
    this.#context.executor.stop();
  }

  async register(registration: Registration): Promise<ResourceState> {
    const { name } = this.#context;
    const { aliasSpecs, version, ...declared } = registration;
    const urn = urnOf(name, registration.parent, registration.type, registration.name);
    const parentAliases = registration.parent ? (this.#aliases.get(registration.parent) ?? []) : [];
    const aliases = aliasUrns(name, registration, aliasSpecs, parentAliases);
    this.#aliases.set(urn, aliases);
    const needsProvider = registration.custom && !isProviderType(registration.type);
    const provider = needsProvider
      ? (registration.provider ?? (await this.#defaultProvider(registration.type, version)))
      : undefined;
    return this.#realise({ ...declared, urn, provider, aliases });
  }

  async #realise(goal: Goal): Promise<ResourceState> {
    const steps = await this.#decide((generator) => generator.generate(goal));
    await this.#context.executor.run(steps);
    const last = steps.find((step) => step.new && step.op !== "replace");
    if (!last?.new) throw new EngineError(`nothing was made of ${goal.urn}`);
    this.#steps.set(goal.urn, last);
    return last.new;
  }

  #decide<Result>(work: (generator: StepGenerator) => Promise<Result>): Promise<Result> {
    const decided = this.#deciding.then(async () => {
      if (this.#context.executor.isStopped) throw new Stopped();
      return work(await this.#generator);
    });
    this.#deciding = decided.catch(() => undefined);
    return decided;
  }

  /** The provider that a resource gets which names none: declared once a package and version, configured by the stack. */
  #defaultProvider(type: string, version: string): Promise<string> {
    const packageName = packageOf(type);
    const name = version === "" ? "default" : `default_${version.replace(/[^0-9A-Za-z]/g, "_")}`;
    const key = `${packageName}::${name}`;
    let reference = this.#defaultProviders.get(key);
    if (!reference) {
      reference = this.#declareDefaultProvider(packageName, name, version);
      this.#defaultProviders.set(key, reference);
    }
    return reference;
  }

  async #declareDefaultProvider(packageName: string, name: string, version: string): Promise<string> {
    const type = providerType(packageName);
    const inputs = this.#configurationOf(packageName);
    const state = await this.#realise({
      urn: urnOf(this.#context.name, undefined, type, name),
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
    return referenceTo(state);
  }

  /** The stack's configuration of a package; dynamic providers get all of it, with full keys. */
  #configurationOf(packageName: string): PropertyMap {
    const { values, secretKeys } = this.#context.configuration;
    const prefix = `${packageName}:`;
    const entries = Object.entries(values).flatMap(([key, value]) => {
      const marked = secretKeys.includes(key) ? secret(value) : value;
      if (packageName === DYNAMIC) return [[key, marked]];
      return key.startsWith(prefix) ? [[key.slice(prefix.length), marked]] : [];
    });
    return Object.fromEntries(entries);
  }

  /** The outputs of a component or of the stack itself. */
  async registerOutputs(urn: string, outputs: PropertyMap): Promise<void> {
    const { snapshot, events, executor } = this.#context;
    const step = this.#steps.get(urn);
    if (!step) throw new EngineError(`outputs of ${urn}, which is not registered`);
    if (executor.isStopped) throw new Stopped();
    const amended = snapshot.amend(urn, { outputs });
    if (amended) step.new = amended;
    await snapshot.save();
    events.end(step);
  }

  /** Reads a resource that the stack does not manage. */
  async read(lookup: Lookup): Promise<ResourceState> {
    const { version, ...request } = lookup;
    const provider = request.provider ?? (await this.#defaultProvider(request.type, version));
    const urn = urnOf(this.#context.name, request.parent, request.type, request.name);
    const step = await this.#decide(async () =>
      readStep(this.#context, { ...request, urn, provider }, this.#generator.take(urn, [])),
    );
    await this.#context.executor.run([step]);
    if (!step.new) throw new EngineError(`nothing was read of ${urn}`);
    return step.new;
  }

  /** Calls a function of a provider. */
  async invoke({ token, inputs, provider, version }: Invocation) {
    if (packageOf(token) === packageOf(STACK_REFERENCE_TYPE)) throw new NotSupportedError(`The function ${token}`);
    const reference = provider ?? (await this.#defaultProvider(token, version));
    const client = await this.#context.providers.get(reference);
    if (!client) return { result: {}, failures: [] };
    return client.invoke(token, inputs, this.#context.isPreview);
  }

  /** Settles when everything that was declared is done and all that is not declared any more is gone. */
  finish(): Promise<void> {
    this.#declareEnd();
    return this.#finished;
  }

  /** Lets `finish` wait for the rest of the operation. */
  finishWith(rest: Promise<void>): void {
    this.#finished = rest;
    // It fails when the operation is stopped, and then nobody may be waiting.
    rest.catch(() => undefined);
  }
}
