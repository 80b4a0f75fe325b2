import { type Decision, decide } from "../plan/decide";
import { withoutKept } from "../plan/deletions";
import { inputsWithout } from "../plan/dependents";
import type { Goal } from "../plan/goal";
import { ignoreChanges } from "../plan/ignore-changes";
import type { Targets } from "../plan/targets";
import { isProviderType } from "../plan/urn";
import { compact, type ResourceState } from "../state/resource";
import type { PropertyMap } from "../values/property";
import { Consultation } from "./consultation";
import { type Context, clientOf, subjectOf } from "./context";
import { deleteStep } from "./delete-steps";
import { type Step, Stopped } from "./executor";
import { createStep, replaceStep, sameStep, updateStep } from "./steps";

/** Turns what the program declares into steps, by what the state holds and what the providers say. */
export class StepGenerator {
  readonly #consultation: Consultation;
  readonly #olds = new Map<string, ResourceState>();
  readonly #formerList: ResourceState[];
  readonly #seen = new Set<string>();
  /** Former resources that were matched, whatever their URN. */
  readonly #matched = new Set<ResourceState>();
  /** Deleted for the sake of another, with the keys that made them fall. */
  readonly #fallen = new Map<ResourceState, string[]>();
  /** URNs that go in this operation. */
  readonly #going = new Set<string>();

  /** `toReplace` are to be replaced, whatever the providers say. */
  constructor(
    private readonly context: Context,
    private readonly toReplace: Targets,
  ) {
    this.#consultation = new Consultation(context);
    this.#formerList = context.snapshot.remaining;
    for (const state of this.#formerList) if (!state.delete) this.#olds.set(state.urn, state);
  }

  /** Whether another resource takes this one along when it is deleted. */
  readonly isGoing = (urn: string): boolean => this.#going.has(urn);

  /** The former state of a resource that the program declares or reads. */
  take(urn: string, aliases: readonly string[]): ResourceState | undefined {
    this.#markSeen(urn);
    const known = [urn, ...aliases].find((name) => {
      const state = this.#olds.get(name);
      return state && !this.#matched.has(state);
    });
    const old = known === undefined ? undefined : this.#olds.get(known);
    if (!old) return undefined;
    this.#matched.add(old);
    if (old.urn !== urn) this.context.snapshot.rename(old.urn, urn);
    return old;
  }

  #markSeen(urn: string): void {
    if (this.#seen.has(urn)) {
      this.#refuse(urn, `Duplicate resource URN '${urn}'; try giving it a unique name`);
    }
    this.#seen.add(urn);
  }

  /** The steps for one declared resource; rejects with Stopped where it is refused, after the user was told why. */
  async generate(goal: Goal): Promise<Step[]> {
    const old = this.take(goal.urn, goal.aliases);
    const deletedFor = old && this.#fallen.get(old);
    const oldInputs = old?.inputs ?? {};
    const isReplaceRequested = this.toReplace.has(goal.urn);
    const isFresh = !old || deletedFor !== undefined || old.external === true || isReplaceRequested;
    const news = isFresh ? goal.inputs : ignoreChanges(goal.inputs, oldInputs, goal.ignoreChanges);
    let inputs = await this.#consultation.check(goal, isFresh ? {} : oldInputs, news);
    const diff = isFresh ? undefined : await this.#consultation.diff(goal, old, inputs);
    const decision = decide({ goal, old, deletedFor, isReplaceRequested, diff, inputs });
    if (decision.kind === "replace" && decision.checkAgain)
      inputs = await this.#consultation.check(goal, {}, goal.inputs);
    return this.#steps(goal, old, decision, declaredState(goal, inputs));
  }

  async #steps(
    goal: Goal,
    old: ResourceState | undefined,
    decision: Decision,
    declared: ResourceState,
  ): Promise<Step[]> {
    const { context } = this;
    if (decision.kind === "refuse") {
      this.#refuse(goal.urn, ownProtected(goal.urn));
    }
    if (!old || decision.kind === "create") return [createStep(context, declared)];
    if (decision.kind === "same") return [sameStep(context, old, declared)];
    if (decision.kind === "update") return [updateStep(context, old, declared, decision, goal.ignoreChanges)];
    const { keys, diffs, detailedDiff } = decision;
    const change = { keys, diffs, detailedDiff };
    const created = createStep(context, declared, { old, change, isGone: decision.deleteFirst });
    // Of a resource that fell with another the replacement itself names no keys (recorded: golden/replace-delete-first.json).
    const replaced = replaceStep(old, created, decision.isDeleted ? {} : change);
    if (!decision.deleteFirst) return [created, replaced];
    if (decision.isDeleted) return [replaced, created];
    const deletions = await this.#deleteFirst(old);
    return [...deletions, replaced, created];
  }

  #refuse(urn: string, message: string): never {
    this.context.events.diagnose("error", message, urn);
    throw new Stopped();
  }

  /** Deletes a resource that will be made again, after all those that cannot stay without it. */
  async #deleteFirst(root: ResourceState): Promise<Step[]> {
    const gone = new Set([root.urn]);
    const fallen: ResourceState[] = [root];
    for (const state of this.#formerList.slice(this.#formerList.indexOf(root) + 1)) {
      if (state.delete || this.#fallen.has(state)) continue;
      const keys = await this.#keysToReplace(state, gone);
      if (!keys) continue;
      if (state.protect) this.#refuse(root.urn, dependentProtected(state.urn, root.urn));
      gone.add(state.urn);
      fallen.unshift(state);
      this.#fallen.set(state, keys);
      this.#going.add(state.urn);
    }
    return fallen
      .filter((state) => !state.pendingReplacement)
      .map((state) => deleteStep(this.context, state, "replaced-first", this.isGoing));
  }

  /** The keys for which a dependent must be replaced once `gone` are replaced; undefined if it may stay. */
  async #keysToReplace(state: ResourceState, gone: ReadonlySet<string>): Promise<string[] | undefined> {
    if (!state.custom || isProviderType(state.type)) return undefined;
    const dependsOnProvider =
      state.provider !== undefined && gone.has(state.provider.slice(0, state.provider.lastIndexOf("::")));
    if (dependsOnProvider) return [];
    const inputs = inputsWithout(gone, state);
    if (!inputs) return undefined;
    const client = await clientOf(this.context, state);
    const diff = await client?.diff(subjectOf(state), state.id ?? "", {
      oldInputs: state.inputs ?? {},
      oldOutputs: state.outputs ?? {},
      newInputs: inputs,
      ignoreChanges: [],
    });
    return diff && diff.replaces.length > 0 ? diff.replaces : undefined;
  }

  /** What is left of the former state: what was replaced, and what the program no longer declares. */
  readonly condemned = (): ResourceState[] => {
    const { snapshot } = this.context;
    // A declared one that is still there has failed, or what it depends on has.
    const isKept = (state: ResourceState) => this.#matched.has(state) && !snapshot.flagsOf(state).delete;
    const list = withoutKept(snapshot.remaining, isKept);
    for (const state of list) if (!snapshot.flagsOf(state).delete) this.#going.add(state.urn);
    return list;
  };
}

function declaredState(goal: Goal, inputs: PropertyMap): ResourceState {
  return compact({
    urn: goal.urn,
    custom: goal.custom,
    type: goal.type,
    inputs,
    parent: goal.parent,
    protect: goal.protect || undefined,
    dependencies: goal.dependencies,
    provider: goal.provider,
    propertyDependencies: goal.propertyDependencies,
    additionalSecretOutputs: goal.additionalSecretOutputs,
    customTimeouts: goal.customTimeouts,
    retainOnDelete: goal.retainOnDelete || undefined,
    deletedWith: goal.deletedWith,
    ignoreChanges: goal.ignoreChanges,
    replaceOnChanges: goal.replaceOnChanges,
  } as ResourceState);
}

/** The words of Pulumi's engine (recorded: golden/protect.json). */
const ownProtected = (urn: string) =>
  `unable to replace resource "${urn}"\nas it is currently marked for protection. To unprotect the resource, remove the \`protect\` flag from the resource in your Pulumi program and run \`pulumi up\``;

const dependentProtected = (urn: string, root: string) =>
  `unable to replace resource "${urn}" as part of replacing "${root}" as it is currently marked for protection. To unprotect the resource, remove the \`protect\` flag from the resource in your Pulumi program and run \`pulumi up\``;
