import { expect } from "chai";
import { type Decision, decide } from "../../plan/decide";
import type { Goal } from "../../plan/goal";
import type { Diff } from "../../plugins/answers";
import type { ResourceState } from "../../state/resource";
import type { PropertyMap } from "../../values/property";

const URN = "urn:pulumi:test::project::pkg:index:Thing::one";

const goal: Goal = {
  urn: URN,
  name: "one",
  type: "pkg:index:Thing",
  custom: true,
  parent: undefined,
  inputs: {},
  provider: "urn:pulumi:test::project::pulumi:providers:pkg::default::id",
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
};
const old: ResourceState = { urn: URN, custom: true, type: "pkg:index:Thing", id: "1", inputs: { value: "a" } };
const none: Diff = { changes: false, replaces: [], diffs: [], deleteBeforeReplace: false };
const some: Diff = { ...none, changes: true };
const unsure: Diff = { ...none, changes: undefined };
const replacing: Diff = { ...some, replaces: ["value"] };

const replace = (fields: Partial<Extract<Decision, { kind: "replace" }>>): Decision => ({
  kind: "replace",
  deleteFirst: false,
  checkAgain: true,
  isDeleted: false,
  keys: ["value"],
  diffs: [],
  ...fields,
});

interface Row {
  when: string;
  goal?: Partial<Goal>;
  old?: Partial<ResourceState> | "none";
  deletedFor?: string[];
  isReplaceRequested?: true;
  diff?: Diff;
  inputs?: PropertyMap;
  expected: Decision;
}

const ROWS: Row[] = [
  { when: "there is no old one", old: "none", expected: { kind: "create" } },
  { when: "the provider sees no change", diff: none, expected: { kind: "same" } },
  { when: "the provider sees a change", diff: some, expected: { kind: "update", diffs: [] } },
  {
    when: "the provider sees no change, but the old one is not well",
    old: { initErrors: ["the probe failed"] },
    diff: none,
    expected: { kind: "update", diffs: [] },
  },
  {
    when: "the provider cannot tell and the inputs differ",
    diff: unsure,
    inputs: { value: "b" },
    expected: { kind: "update", diffs: ["value"] },
  },
  {
    when: "the provider cannot tell and the inputs are the same",
    diff: unsure,
    inputs: { value: "a" },
    expected: { kind: "same" },
  },
  { when: "nobody is asked and the inputs differ", inputs: { value: "b" }, expected: { kind: "update", diffs: [] } },
  { when: "nobody is asked and the inputs are the same", inputs: { value: "a" }, expected: { kind: "same" } },
  { when: "a property requires a replacement", diff: replacing, expected: replace({}) },
  {
    when: "a property requires a replacement, which the provider wants to delete first",
    diff: { ...replacing, deleteBeforeReplace: true },
    expected: replace({ deleteFirst: true }),
  },
  {
    when: "the provider wants to delete first, but the program does not",
    goal: { deleteBeforeReplace: false },
    diff: { ...replacing, deleteBeforeReplace: true },
    expected: replace({}),
  },
  {
    when: "the program wants to delete first",
    goal: { deleteBeforeReplace: true },
    diff: replacing,
    expected: replace({ deleteFirst: true }),
  },
  {
    when: "a protected one would have to be replaced",
    goal: { protect: true },
    old: { protect: true },
    diff: replacing,
    expected: { kind: "refuse", reason: "protected" },
  },
  {
    when: "a protected one changes in place",
    old: { protect: true },
    diff: some,
    expected: { kind: "update", diffs: [] },
  },
  {
    when: "one that is protected no longer has to be replaced",
    old: { protect: true },
    diff: replacing,
    expected: replace({}),
  },
  {
    when: "the user requests a replacement",
    isReplaceRequested: true,
    inputs: { value: "a" },
    expected: replace({ checkAgain: false, keys: ["id"] }),
  },
  {
    when: "the user requests a replacement, which the program wants to delete first",
    goal: { deleteBeforeReplace: true },
    isReplaceRequested: true,
    expected: replace({ deleteFirst: true, checkAgain: false, keys: ["id"] }),
  },
  {
    when: "the user requests a replacement of a protected one",
    goal: { protect: true },
    old: { protect: true },
    isReplaceRequested: true,
    expected: { kind: "refuse", reason: "protected" },
  },
  {
    when: "the user requests a replacement of what is not there",
    old: "none",
    isReplaceRequested: true,
    expected: { kind: "create" },
  },
  {
    when: "the old one is deleted already, and the provider sees no change any more",
    old: { pendingReplacement: true },
    diff: none,
    expected: replace({ deleteFirst: true, keys: [] }),
  },
  {
    when: "a changed property is named by replaceOnChanges",
    goal: { replaceOnChanges: ["value"] },
    diff: { ...some, diffs: ["value"] },
    expected: replace({ diffs: ["value"] }),
  },
  {
    when: "replaceOnChanges names a property, but the provider does not say which have changed",
    goal: { replaceOnChanges: ["value"] },
    diff: some,
    inputs: { value: "b" },
    expected: { kind: "update", diffs: [] },
  },
  {
    when: "the program takes over what it only read before",
    old: { external: true },
    diff: none,
    expected: replace({ checkAgain: false, keys: [] }),
  },
  {
    when: "the old one fell with another that it depends on",
    deletedFor: ["replaceOn"],
    expected: replace({ deleteFirst: true, checkAgain: false, isDeleted: true, keys: ["replaceOn"] }),
  },
];

describe("What becomes of a declared resource", () => {
  for (const row of ROWS) {
    it(`${row.expected.kind}: ${row.when}`, () => {
      const decision = decide({
        goal: { ...goal, ...row.goal },
        old: row.old === "none" ? undefined : { ...old, ...row.old },
        deletedFor: row.deletedFor,
        isReplaceRequested: row.isReplaceRequested ?? false,
        diff: row.diff,
        inputs: row.inputs ?? {},
      });
      expect(decision).to.deep.equal(row.expected);
    });
  }
});
