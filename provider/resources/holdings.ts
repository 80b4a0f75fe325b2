import { isDeepStrictEqual } from "node:util";
import { type Noted, together } from "./ledger";
import type { CommonOutputs } from "./outputs";

interface Holding {
  outputs: CommonOutputs;
  /** The arguments, where the resource stays as it is. */
  inputs?: object;
}

/**
 * Which objects the program's resources have in this run, for one kind of resource. A resource under a new name, or in
 * another place of the program, is a new one to Pulumi: it is created, and the former one is deleted at the end of the
 * same run, or of a later one where that was cut short. Both are the same object, which must outlive that delete
 * (docs/decisions/010-taking-over.md).
 */
export class Holdings {
  readonly #held = new Map<string, Holding>();
  readonly #seen = new Map<string, CommonOutputs>();
  #programRuns = false;

  /**
   * A resource was checked, which the engine asks for as the program declares it, and never in a refresh or a destroy.
   * @param isNew whether it is to be created. After a diff of the same arguments that is a replacement, asked for by
   * `pulumi state taint` and the like: the object goes first, so nothing holds it until the create.
   */
  declared(inputs: object, isNew: boolean): void {
    this.#programRuns = true;
    if (!isNew) return;
    for (const [object, holding] of this.#held) {
      if (isDeepStrictEqual(holding.inputs, inputs)) this.#held.delete(object);
    }
  }

  /** A resource that the program declares unchanged stays with its object. A refresh asks for diffs, too, before the program runs. */
  stays(id: string, outputs: CommonOutputs, inputs: object): void {
    if (this.#programRuns) this.#held.set(objectOf(id, outputs), { outputs, inputs });
  }

  /** A resource has its object after an update, complete or half made. */
  readonly has = <Outputs extends CommonOutputs>(id: string, outputs: Outputs): Outputs => {
    this.#held.set(objectOf(id, outputs), { outputs });
    return outputs;
  };

  /** A resource has its object after a create, and with it the notes that a refresh of this run has seen of it. */
  readonly takes = <Outputs extends CommonOutputs>(id: string, outputs: Outputs): Outputs => {
    const seen = this.#seen.get(objectOf(id, outputs));
    return this.has(id, seen ? { ...outputs, ...together(notesOf(seen), notesOf(outputs)) } : outputs);
  };

  /** A refresh read an object that is in the state, under whatever name. */
  seen(id: string, outputs: CommonOutputs): void {
    if (!this.#programRuns) this.#seen.set(objectOf(id, outputs), outputs);
  }

  /** An object was deleted: what is made in its place has a past of its own. */
  gone(id: string, outputs: CommonOutputs): void {
    this.#seen.delete(objectOf(id, outputs));
  }

  /**
   * Whether another resource of the program has the object that one is to delete: it stays.
   * @returns `isWhole`: the other one knows of its past what this one does.
   */
  takenOver(id: string, outputs: CommonOutputs): { isWhole: boolean } | undefined {
    const holding = this.#held.get(objectOf(id, outputs));
    return holding && { isWhole: isDeepStrictEqual(notesOf(holding.outputs), notesOf(outputs)) };
  }
}

/**
 * One object of the kind: an update may have come to another one than the id's, whose Guid is in the outputs then. The
 * generations of the auth certificate have one id, AuthConfig's Guid.
 */
function objectOf(id: string, outputs: CommonOutputs): string {
  const { guid, generation = 1 } = outputs as { guid?: string; generation?: number };
  return `${outputs.organizationId}/${guid ?? id}/${generation}`.toLowerCase();
}

function notesOf(outputs: CommonOutputs): Noted<object> {
  const { provenance, adopted, written } = outputs as Noted<object>;
  return { provenance, adopted, written };
}
