import type { Diff } from "../plugins/answers";
import type { ResourceState } from "../state/resource";
import { equal, type PropertyMap } from "../values/property";
import type { Goal } from "./goal";

/** What shall become of a resource that the program declares. */
export type Decision =
  | { kind: "same" }
  | { kind: "create" }
  | { kind: "update"; diffs: string[]; detailedDiff?: Diff["detailedDiff"] }
  | {
      kind: "replace";
      /** The old one is deleted before the new one is made. */
      deleteFirst: boolean;
      /** The inputs are checked again, without the old ones: their defaults belonged to the old object. */
      checkAgain: boolean;
      /** An old one that is deleted already (it was found so in the state, or fell with one that it depends on). */
      isDeleted: boolean;
      keys: string[];
      diffs: string[];
      detailedDiff?: Diff["detailedDiff"];
    }
  | { kind: "refuse"; reason: "protected" };

/** What is known of a resource before it is decided upon. */
export interface Facts {
  goal: Goal;
  old: ResourceState | undefined;
  /** The old one was deleted earlier in this operation, for the sake of another; the keys that made it fall. */
  deletedFor: string[] | undefined;
  /** The user wants it replaced, whatever the provider says: it is not asked. */
  isReplaceRequested: boolean;
  /** The provider's answer; undefined where it was not asked: no old one, a component, a provider without DiffConfig. */
  diff: Diff | undefined;
  /** The inputs as checked. */
  inputs: PropertyMap;
}

/** Decides as Pulumi's engine does (recorded with Pulumi CLI 3.248.0). */
export function decide({ goal, old, deletedFor, isReplaceRequested, diff, inputs }: Facts): Decision {
  if (deletedFor) {
    return { kind: "replace", deleteFirst: true, checkAgain: false, isDeleted: true, keys: deletedFor, diffs: [] };
  }
  if (!old) return { kind: "create" };
  if (old.external) {
    // The program takes over what it only read before: a new object takes its place, the read one just leaves the state.
    return { kind: "replace", deleteFirst: false, checkAgain: false, isDeleted: false, keys: [], diffs: [] };
  }
  const known = isReplaceRequested ? REQUESTED : completeDiff(diff, old.inputs ?? {}, inputs, goal);
  const hasInitErrors = (old.initErrors ?? []).length > 0;
  if (known.replaces.length > 0 || old.pendingReplacement) {
    // Protection may be lifted by the same update that replaces.
    if (old.protect && goal.protect) return { kind: "refuse", reason: "protected" };
    return {
      kind: "replace",
      // One whose replacement was interrupted is deleted already, whatever the provider says now.
      deleteFirst: old.pendingReplacement ?? goal.deleteBeforeReplace ?? known.deleteBeforeReplace,
      // One whose replacement was requested was checked as a new object from the beginning.
      checkAgain: !isReplaceRequested,
      isDeleted: false,
      keys: known.replaces,
      diffs: known.diffs,
      ...(known.detailedDiff && { detailedDiff: known.detailedDiff }),
    };
  }
  if (known.changes)
    return { kind: "update", diffs: known.diffs, ...(known.detailedDiff && { detailedDiff: known.detailedDiff }) };
  return hasInitErrors ? { kind: "update", diffs: [] } : { kind: "same" };
}

/** What stands for the provider's answer where the user requests a replacement (recorded: golden/replace-flag.json). */
const REQUESTED: Diff = { changes: true, replaces: ["id"], diffs: [], deleteBeforeReplace: false };

/** The provider's answer, or the comparison of the inputs where it gave none; with replaceOnChanges applied. */
function completeDiff(diff: Diff | undefined, oldInputs: PropertyMap, inputs: PropertyMap, goal: Goal) {
  const compared = () => changedKeys(oldInputs, inputs);
  const diffs = diff === undefined || diff.changes === undefined ? compared() : diff.diffs;
  const changes = diff?.changes ?? diffs.length > 0;
  const replaces = diff?.replaces ?? [];
  const forced = diffs.filter((key) =>
    goal.replaceOnChanges.some((path) => path === "*" || path === key || path.startsWith(`${key}.`)),
  );
  return {
    changes,
    diffs: diff === undefined ? [] : diffs,
    replaces: [...replaces, ...forced.filter((key) => !replaces.includes(key))],
    deleteBeforeReplace: diff?.deleteBeforeReplace ?? false,
    detailedDiff: diff?.detailedDiff,
  };
}

function changedKeys(olds: PropertyMap, news: PropertyMap): string[] {
  const keys = new Set([...Object.keys(olds), ...Object.keys(news)]);
  return [...keys].filter((key) => !equal(olds[key], news[key])).sort();
}
