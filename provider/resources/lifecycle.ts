import type { Organization } from "../exchange/organization";
import type { Failure, Field } from "./check";
import type { Identity } from "./look-up";
import type { CommonOutputs } from "./outputs";

/** How a changed argument is carried out. */
export interface Change {
  kind: "update" | "replace";
  /** Whether the two values are the same to Exchange. */
  same(old: unknown, wanted: unknown): boolean;
}

/**
 * What one kind of resource is. The rest (races, failures, Pulumi's own rules) is the same for all, in handler.ts. An
 * operation is given the organisation that the handler has opened, and has no other way to ask Exchange for anything.
 */
export interface Lifecycle<Inputs extends object, Outputs extends CommonOutputs> {
  /** What a resource is called where a delete asks what the running program declares beside it. */
  declaredAs?(inputs: Inputs): string[];
  /** What an id is, for a program that looks an object up; absent where the read refuses that. */
  identity?: Identity;
  /** The object of a delete, as a line begins: `The auth server "MicrosoftSts"`; absent where a delete changes nothing. */
  nameOf?(outputs: Outputs): string;
  /** Whether a create found exactly what it would have made itself, and what neither setup nor the hybrid wizard makes. */
  mayBeAnothers?(outputs: Outputs, inputs: Inputs): boolean;
  fields: Record<string, Field>;
  /** Further failures, and arguments that follow from others. May change `inputs`; values may be unknown. */
  completeInputs?(inputs: Record<string, unknown>): Failure[];
  /** The arguments whose change matters, compared with the outputs of the same name. All others are not a diff. */
  changes: Record<string, Change>;
  lasting?: Lasting;
  /** What has to be repaired by our own clock; the update decides again by Exchange's. */
  expired?(outputs: Outputs, now: Date): boolean;
  /** Further reasons for an update, a few words each. Exchange is not asked. */
  reasons?(outputs: Outputs, inputs: Inputs): string[];
  /** Lines for whoever sees a preview, of what its update will meet by what was last seen. Exchange is not asked. */
  foresee?(outputs: Outputs, inputs: Inputs, declared: ReadonlySet<string>): string[];
  create(organization: Organization, inputs: Inputs): Promise<Made<Outputs>>;
  /**
   * Returns undefined when the object is gone; `lasts` where the next update will leave the lasting outputs as they are.
   * @param outputs those in state; only the id is known where a program looks an object up (`.get`).
   */
  read(
    organization: Organization,
    id: string,
    outputs: Partial<Outputs>,
  ): Promise<(Made<Outputs> & { lasts?: boolean }) | undefined>;
  /**
   * @param leave says that the object of before stays, which is all that is done about it: another resource has it now.
   * Undefined where none has.
   * @param declared what the running program declares, by `declaredAs`, and of that what is new, as declared.ts says it.
   */
  update(
    organization: Organization,
    outputs: Outputs,
    inputs: Inputs,
    leave: (() => void) | undefined,
    declared: ReadonlySet<string>,
  ): Promise<Outputs>;
  /**
   * Absent where a resource leaves nothing behind. The organisation is compared all the same.
   * @param declared what the running program declares, by `declaredAs`; empty in a destroy, where none runs.
   */
  delete?(organization: Organization, outputs: Outputs, declared: ReadonlySet<string>): Promise<void>;
}

/** An object, and what the state holds of it. */
export interface Made<Outputs> {
  id: string;
  outputs: Outputs;
}

/**
 * Outputs that a repair leaves as they are. In the preview of an update a program knows the resource's inputs and none of
 * its other outputs (recorded: golden/preview-unknowns.json), so a read that finds something to repair keeps these among the inputs,
 * and so does check: what depends on them then previews no change. The next read that finds nothing takes them out.
 */
export interface Lasting {
  names: readonly string[];
  /** Those that states of earlier versions do not have. */
  later?: readonly string[];
  /** Whether they will change after all, by our own clock. */
  isOver(values: Record<string, unknown>, now: Date): boolean;
}
