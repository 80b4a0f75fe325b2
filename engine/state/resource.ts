import type { PropertyMap } from "../values/property";

/**
 * One resource of a stack, with the names of Pulumi's deployment format, version 3; a field that is false or empty there
 * is absent. Values hold clear secrets (`{ signature, value }`); they are encrypted when they are written.
 * Treated as immutable: a change is a new object.
 */
export interface ResourceState {
  urn: string;
  custom: boolean;
  /** Replaced by another of the same URN and still to be deleted. */
  delete?: true;
  id?: string;
  type: string;
  inputs?: PropertyMap;
  outputs?: PropertyMap;
  parent?: string;
  protect?: true;
  /** Read by the program, not managed by the stack. */
  external?: true;
  dependencies?: string[];
  /** Why the object is not well; the next update is forced. */
  initErrors?: string[];
  /** `<URN>::<id>` of the provider's resource. */
  provider?: string;
  /** Null where a property depends on nothing: Pulumi writes a list without elements so. */
  propertyDependencies?: Record<string, string[] | null>;
  /** Deleted already, and to be created again. */
  pendingReplacement?: true;
  additionalSecretOutputs?: string[];
  aliases?: string[];
  customTimeouts?: CustomTimeouts;
  retainOnDelete?: true;
  deletedWith?: string;
  created?: string;
  modified?: string;
  ignoreChanges?: string[];
  replaceOnChanges?: string[];
  [other: string]: unknown;
}

/** Seconds; absent where the program gave none. */
export interface CustomTimeouts {
  create?: number;
  update?: number;
  delete?: number;
}

/** Something that was under way when the state was written. */
export interface PendingOperation {
  type: "creating" | "updating" | "deleting" | "reading" | "importing";
  resource: ResourceState;
}

/** A stack's state; resources come after all those that they depend on. */
export interface Deployment {
  resources: ResourceState[];
  pendingOperations: PendingOperation[];
}

const EMPTY_BY_FORMAT = ["inputs", "outputs", "dependencies", "initErrors", "additionalSecretOutputs", "aliases"];

/** The resource without the fields that the format leaves out when they are empty, false or undefined. */
export function compact(state: ResourceState): ResourceState {
  const isAbsent = ([key, value]: [string, unknown]) => {
    if (value === undefined || value === "") return true;
    if (value === false) return key !== "custom";
    const isEmpty = typeof value === "object" && value !== null && Object.keys(value).length === 0;
    return isEmpty && (EMPTY_BY_FORMAT.includes(key) || OPTIONAL_LISTS.includes(key));
  };
  return Object.fromEntries(Object.entries(state).filter((entry) => !isAbsent(entry))) as ResourceState;
}

const OPTIONAL_LISTS = ["ignoreChanges", "replaceOnChanges", "customTimeouts", "propertyDependencies"];

/** The URN of the provider that a reference `<URN>::<id>` names, and its id. */
export function splitReference(reference: string): { urn: string; id: string } {
  const at = reference.lastIndexOf("::");
  return { urn: reference.slice(0, at), id: reference.slice(at + 2) };
}

/** All URNs that a resource depends on: by its provider, parent, dependsOn, values and deletedWith. */
export function dependenciesOf(state: ResourceState): Set<string> {
  const urns = new Set(state.dependencies ?? []);
  for (const list of Object.values(state.propertyDependencies ?? {})) for (const urn of list ?? []) urns.add(urn);
  if (state.parent) urns.add(state.parent);
  if (state.provider) urns.add(splitReference(state.provider).urn);
  if (state.deletedWith) urns.add(state.deletedWith);
  return urns;
}

/** The resource with references to what has another URN by now; `names` maps former URNs to present ones. */
export function withRenamed(state: ResourceState, names: ReadonlyMap<string, string>): ResourceState {
  const now = (urn: string) => names.get(urn) ?? urn;
  const reference = state.provider && splitReference(state.provider);
  const byProperty = Object.entries(state.propertyDependencies ?? {}).map(([key, urns]) => [
    key,
    urns?.map(now) ?? null,
  ]);
  return compact({
    ...state,
    parent: state.parent && now(state.parent),
    dependencies: state.dependencies?.map(now),
    propertyDependencies: state.propertyDependencies && Object.fromEntries(byProperty),
    provider: reference && `${now(reference.urn)}::${reference.id}`,
    deletedWith: state.deletedWith && now(state.deletedWith),
  });
}
