import { sameText } from "../exchange/properties";
import type { Provenance } from "./outputs";

/**
 * What a stack keeps of an object's past (docs/decisions/005), by Exchange's names of the properties.
 * @typeParam Values all properties of the object that the resource writes.
 */
export interface Noted<Values extends object> {
  provenance: Provenance;
  /** What was there before our first write, of what we wrote. */
  adopted?: Partial<Values>;
  /** What we wrote last, and not what a refresh has seen since. */
  written?: Partial<Values>;
}

/** Whether two values of a property are the same to Exchange. */
export type Comparisons<Values extends object> = {
  readonly [Name in keyof Values]: (one: Values[Name], other: Values[Name]) => boolean;
};

/**
 * What is written of an object, what is noted of it, and what is put back at destroy: the same for every kind of object
 * except how its values compare.
 */
export class Ledger<Values extends object> {
  readonly #same: Comparisons<Values>;

  constructor(same: Comparisons<Values>) {
    this.#same = same;
  }

  /** The values that differ from what is wanted: these are written, and no others. */
  toWrite(present: Values, wanted: Partial<Values>): Partial<Values> {
    return this.#those(wanted, (name) => !this.#isSame(name, present, wanted));
  }

  /** Whether nothing is to be written. */
  isAsWanted(present: Values, wanted: Partial<Values>): boolean {
    return isEmpty(this.toWrite(present, wanted));
  }

  /**
   * The notes of an object that the state does not know. One exactly as wanted may be the work of a create that was
   * interrupted, and nobody can tell.
   */
  found(present: Values, wanted: Partial<Values>): Noted<Values> {
    return { provenance: this.isAsWanted(present, wanted) ? "unknown" : "found" };
  }

  /**
   * What the state notes of an object. It says nothing of one that has taken the place of the one in the state.
   * @param state undefined at a create; without a Guid where a program only looks the object up.
   */
  notesOf(
    state: Partial<Noted<Values> & { guid: string }> | undefined,
    guid: string,
    present: Values,
    wanted: Partial<Values>,
  ): Noted<Values> {
    if (state === undefined) return this.found(present, wanted);
    const { guid: known = guid, provenance = "found", adopted, written } = state;
    return sameText(known, guid) ? { provenance, adopted, written } : this.found(present, wanted);
  }

  /** The notes after a write of these values to an object that was like this. */
  afterWrite(noted: Noted<Values>, present: Values, toWrite: Partial<Values>): Noted<Values> {
    const { provenance, adopted, written } = noted;
    if (isEmpty(toWrite)) return { provenance, adopted, written };
    return together(noted, { provenance, adopted: this.#those(present, (name) => name in toWrite), written: toWrite });
  }

  /**
   * The former values of those that are still what we wrote; none where that changes nothing to Exchange.
   * @param present "unknown" where it cannot be seen: then it is taken to be as we left it.
   */
  toPutBack(
    { adopted = {}, written = {} }: Omit<Noted<Values>, "provenance">,
    present: Values | "unknown",
  ): Partial<Values> {
    const now = present === "unknown" ? written : present;
    const former = this.#those(adopted, (name) => this.#isSame(name, now, written));
    return isEmpty(this.#those(former, (name) => !this.#isSame(name, now, former))) ? {} : former;
  }

  #isSame<Name extends keyof Values>(name: Name, { [name]: one }: Partial<Values>, { [name]: other }: Partial<Values>) {
    return one !== undefined && other !== undefined && this.#same[name](one, other);
  }

  /** Some of the values, in the ledger's order. */
  #those(values: Partial<Values>, counts: (name: keyof Values) => boolean): Partial<Values> {
    const names = Object.keys(this.#same) as (keyof Values)[];
    const some = names.filter((name) => values[name] !== undefined && counts(name));
    return Object.fromEntries(some.map((name) => [name, values[name]])) as Partial<Values>;
  }
}

/** Two notes of one object: of what was there the earlier wins, of what we wrote the later. What we made has neither. */
export function together<Values extends object>(
  { provenance, adopted, written }: Noted<Values>,
  later: Noted<Values>,
): Noted<Values> {
  if (provenance === "here") return { provenance, adopted: undefined, written: undefined };
  return { provenance, adopted: merged(later.adopted, adopted), written: merged(written, later.written) };
}

function merged<Values extends object>(earlier: Values | undefined, later: Values | undefined): Values | undefined {
  return earlier || later ? ({ ...earlier, ...later } as Values) : undefined;
}

function isEmpty(values: object): boolean {
  return Object.keys(values).length === 0;
}
