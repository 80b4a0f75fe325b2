import { EngineError, NotSupportedError } from "../errors";
import { aliasUrns } from "../plan/aliases";
import type { Goal } from "../plan/goal";
import { BUILT_IN, isProviderType, packageOf, STACK_TYPE, urnOf } from "../plan/urn";
import type { Registration } from "../program/registration";
import { type ResourceState, splitReference } from "../state/resource";
import type { PropertyMap } from "../values/property";
import type { Context } from "./context";
import { DefaultProviders } from "./default-providers";
import { type Step, Stopped } from "./executor";
import type { StepGenerator } from "./generator";
import type { Outcome } from "./outcome";
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
  readonly #continuesOnError: boolean;
  /** URNs that could not be made, and those that depend on them. */
  readonly #failed = new Set<string>();
  /** Decisions are made one at a time: each sees what those before it have led to. */
  #deciding: Promise<unknown>;
  readonly #defaultProviders: DefaultProviders;
  readonly #steps = new Map<string, Step>();
  readonly #aliases = new Map<string, string[]>();
  #stackOutputs: { step: Step; outputs: PropertyMap } | undefined;
  #declareEnd: () => void = () => undefined;
  /** Settles when the program has declared everything. */
  readonly declared: Promise<void>;
  #finished: Promise<void> = new Promise(() => undefined);

  /** The generator may come later, after a refresh. */
  constructor(context: Context, generator: Promise<StepGenerator>, continuesOnError: boolean) {
    this.#context = context;
    this.#continuesOnError = continuesOnError;
    this.#generator = generator;
    this.#deciding = generator;
    this.#defaultProviders = new DefaultProviders(context, (goal) => this.#realise(goal));
    this.declared = new Promise((resolve) => {
      this.#declareEnd = resolve;
    });
  }

  /** Begins nothing new: something was refused. */
  stop(): void {
    this.#context.executor.hasFailed = true;
    this.#context.executor.stop();
  }

  async register(registration: Registration): Promise<Outcome> {
    const { name } = this.#context;
    const { aliasSpecs, version, ...declared } = registration;
    this.#context.events.secrets.learn(declared.inputs);
    const urn = urnOf(name, registration.parent, registration.type, registration.name);
    const parentAliases = registration.parent ? (this.#aliases.get(registration.parent) ?? []) : [];
    const aliases = aliasUrns(name, registration, aliasSpecs, parentAliases);
    this.#aliases.set(urn, aliases);
    const needsProvider = registration.custom && !isProviderType(registration.type);
    const provider = needsProvider
      ? (registration.provider ?? (await this.#defaultProviders.referenceFor(registration.type, version)))
      : undefined;
    return this.#realise({ ...declared, urn, provider, aliases });
  }

  async #realise(goal: Goal): Promise<Outcome> {
    const { executor } = this.#context;
    const { urn } = goal;
    const steps = await this.#decide((generator) => this.#generate(generator, goal));
    if (this.#dependsOnFailed(goal)) {
      this.#failed.add(urn);
      return { urn, skipped: true };
    }
    try {
      await executor.run(steps, { continueOnError: this.#continuesOnError });
    } catch (error) {
      if (!(error instanceof Stopped) || executor.isStopped) throw error;
      this.#failed.add(urn);
      return { urn, skipped: false };
    }
    const made = steps.find((step) => step.new && step.op !== "replace");
    if (!made?.new) throw new EngineError(`nothing was made of ${urn}`);
    this.#steps.set(urn, made);
    return { state: made.new };
  }

  /** What a provider says against a resource is told as being about that resource. */
  async #generate(generator: StepGenerator, goal: Goal): Promise<Step[]> {
    try {
      return await generator.generate(goal);
    } catch (error) {
      if (!(error instanceof Stopped)) this.#context.events.diagnose("error", (error as Error).message, goal.urn);
      throw new Stopped();
    }
  }

  #dependsOnFailed({ parent, dependencies, propertyDependencies, deletedWith, provider }: Goal): boolean {
    if (this.#failed.size === 0) return false;
    const providerUrn = provider && splitReference(provider).urn;
    const all = [parent, deletedWith, providerUrn, ...dependencies, ...Object.values(propertyDependencies).flat()];
    return all.some((urn) => urn !== undefined && this.#failed.has(urn));
  }

  #decide<Result>(work: (generator: StepGenerator) => Promise<Result>): Promise<Result> {
    const decided = this.#deciding.then(async () => {
      if (this.#context.executor.isStopped) throw new Stopped();
      return work(await this.#generator);
    });
    this.#deciding = decided.catch(() => undefined);
    return decided;
  }

  /** The outputs of a component or of the stack itself; those of the stack wait for the end of the operation. */
  async registerOutputs(urn: string, outputs: PropertyMap): Promise<void> {
    this.#context.events.secrets.learn(outputs);
    const step = this.#steps.get(urn);
    if (!step) throw new EngineError(`outputs of ${urn}, which is not registered`);
    if (this.#context.executor.isStopped) throw new Stopped();
    if (step.type === STACK_TYPE) this.#stackOutputs = { step, outputs };
    else await this.#keepOutputs(step, outputs);
  }

  /**
   * Keeps the stack's outputs, if the program got as far. After a failure a missing output may be one that was not
   * reached: then the former ones stay beside the new (recorded: golden/remove-delete-throws.json).
   */
  async finishStack(): Promise<void> {
    if (!this.#stackOutputs) return;
    const { step, outputs } = this.#stackOutputs;
    const hasFailed = this.#context.executor.hasStepFailed;
    await this.#keepOutputs(step, hasFailed ? { ...step.old?.outputs, ...outputs } : outputs);
  }

  async #keepOutputs(step: Step, outputs: PropertyMap): Promise<void> {
    const { snapshot, events } = this.#context;
    step.new = snapshot.amend(step.urn, { outputs }) ?? step.new;
    await snapshot.save();
    events.end(step);
  }

  /** Reads a resource that the stack does not manage. */
  async read(lookup: Lookup): Promise<ResourceState> {
    const { version, ...request } = lookup;
    this.#context.events.secrets.learn(request.inputs);
    const provider = request.provider ?? (await this.#defaultProviders.referenceFor(request.type, version));
    const urn = urnOf(this.#context.name, request.parent, request.type, request.name);
    const step = await this.#decide(async (generator) =>
      readStep(this.#context, { ...request, urn, provider }, generator.take(urn, [])),
    );
    await this.#context.executor.run([step]);
    if (!step.new) throw new EngineError(`nothing was read of ${urn}`);
    return step.new;
  }

  /** Calls a function of a provider. */
  async invoke({ token, inputs, provider, version }: Invocation) {
    if (packageOf(token) === BUILT_IN) throw new NotSupportedError(`The function ${token}`);
    const { secrets } = this.#context.events;
    secrets.learn(inputs);
    const reference = provider ?? (await this.#defaultProviders.referenceFor(token, version));
    const client = await this.#context.providers.get(reference);
    if (!client) return { result: {}, failures: [] };
    const answer = await client.invoke(token, inputs, this.#context.isPreview);
    secrets.learn(answer.result);
    return answer;
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
