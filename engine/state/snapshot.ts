import { compact, type Deployment, type PendingOperation, type ResourceState, withRenamed } from "./resource";

/**
 * A stack's state in the middle of an operation: what the former state held, less what is dealt with, after what has been
 * registered anew. Each change is saved; what is about to happen outside is noted as pending first, so that whoever finds
 * the state of a killed process knows what may have happened.
 *
 * A former resource is named by the object that it was in the former state, even after flags were set on it.
 */
export class Snapshot {
  #former: ResourceState[];
  #current: ResourceState[] = [];
  readonly #done = new Set<ResourceState>();
  readonly #flagged = new Map<ResourceState, ResourceState>();
  readonly #underWay = new Map<ResourceState, PendingOperation>();
  readonly #names = new Map<string, string>();
  #interrupted: PendingOperation[];
  #isFrozen = false;
  /** Whether there is anything that no save was asked for yet. */
  #hasChanged = true;
  #saving: Promise<void> = Promise.resolve();
  readonly #save: (deployment: Deployment) => Promise<void>;

  /** `save` is called after each change and settles once the state is safe. */
  constructor(former: Deployment, save: (deployment: Deployment) => Promise<void>) {
    this.#former = former.resources;
    this.#interrupted = former.pendingOperations;
    this.#save = save;
  }

  /** Operations of an earlier run whose outcome is not known. */
  get interrupted(): readonly PendingOperation[] {
    return this.#interrupted;
  }

  /** The former resources that are not dealt with yet, as objects of the former state. */
  get remaining(): ResourceState[] {
    return this.#former.filter((state) => !this.#done.has(state));
  }

  /** A former resource with its flags. */
  flagsOf(former: ResourceState): ResourceState {
    return this.#flagged.get(former) ?? former;
  }

  get deployment(): Deployment {
    const remaining = this.remaining.map((state) => this.flagsOf(state));
    return {
      resources: [...this.#current, ...remaining.map((state) => this.#withNames(state))],
      pendingOperations: [...this.#interrupted, ...this.#underWay.values()],
    };
  }

  /** A resource is known by another URN from now on. */
  rename(former: string, present: string): void {
    this.#names.set(former, present);
    this.#hasChanged = true;
  }

  #withNames(state: ResourceState): ResourceState {
    return this.#names.size === 0 ? state : withRenamed(state, this.#names);
  }

  /** Notes that an operation on a resource begins. */
  async begin(type: PendingOperation["type"], resource: ResourceState): Promise<void> {
    this.#underWay.set(resource, { type, resource: compact(resource) });
    this.#hasChanged = true;
    await this.save();
  }

  /** Notes that it has ended, whatever came of it; the caller saves. */
  end(resource: ResourceState): void {
    this.#underWay.delete(resource);
    this.#hasChanged = true;
  }

  /**
   * A former resource is dealt with: it is gone, or another stands for it. What an earlier run left under way on it is
   * known then; a create is not, since the object that it may have made has no id.
   */
  finish(former: ResourceState): void {
    this.#done.add(former);
    this.forgetInterrupted(({ type, resource }) => type !== "creating" && resource.urn === former.urn);
    this.#hasChanged = true;
  }

  /** Sets a flag on a former resource that stays for the time being. */
  flag(former: ResourceState, flags: { delete?: true; pendingReplacement?: true }): ResourceState {
    const flagged = { ...this.flagsOf(former), ...flags };
    this.#flagged.set(former, flagged);
    this.#hasChanged = true;
    return flagged;
  }

  /** A resource as it is now. */
  add(state: ResourceState): void {
    this.#current.push(compact(state));
    this.#hasChanged = true;
  }

  /** Gives a resource that was added other fields, for example the outputs of a component. */
  amend(urn: string, fields: Partial<ResourceState>): ResourceState | undefined {
    const index = this.#current.findLastIndex((state) => state.urn === urn);
    const found = this.#current[index];
    if (!found) return undefined;
    const amended = compact({ ...found, ...fields });
    this.#current[index] = amended;
    this.#hasChanged = true;
    return amended;
  }

  /** Takes other resources for the former ones, as a refresh finds them. */
  replaceFormer(resources: ResourceState[]): void {
    this.#former = resources.map(compact);
    this.#hasChanged = true;
  }

  /** Forgets operations that were interrupted in an earlier run: those for which `isKnown` holds. */
  forgetInterrupted(isKnown: (operation: PendingOperation) => boolean): void {
    this.#interrupted = this.#interrupted.filter((operation) => !isKnown(operation));
    this.#hasChanged = true;
  }

  /** From now on nothing is saved: what comes of the operations under way is not known. */
  freeze(): void {
    this.#isFrozen = true;
  }

  /** Settles once all changes so far are safe; what is safe already costs nothing. */
  async save(): Promise<void> {
    if (this.#isFrozen) return;
    if (this.#hasChanged) {
      this.#hasChanged = false;
      this.#saving = this.#save(this.deployment);
      this.#saving.catch(() => {
        this.#hasChanged = true;
      });
    }
    await this.#saving;
  }
}
