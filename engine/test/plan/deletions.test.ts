import { expect } from "chai";
import { deletionBatches, withoutKept } from "../../plan/deletions";
import type { ResourceState } from "../../state/resource";

const state = (urn: string, fields: Partial<ResourceState> = {}): ResourceState => ({
  urn,
  custom: true,
  type: "t",
  id: urn,
  ...fields,
});
const ids = (batches: ResourceState[][]) => batches.map((batch) => batch.map(({ id }) => id));

describe("The order of deletes", () => {
  it("deletes a resource after all that depend on it, by whatever they depend", () => {
    const list = [
      state("stack"),
      state("provider"),
      state("base", { parent: "stack", provider: "provider::id" }),
      state("by-value", { propertyDependencies: { value: ["base"] } }),
      state("by-option", { dependencies: ["by-value"] }),
      state("child", { parent: "by-option" }),
      state("with", { deletedWith: "child" }),
    ];
    expect(ids(deletionBatches(list))).to.deep.equal([
      ["with"],
      ["child"],
      ["by-option"],
      ["by-value"],
      ["base"],
      ["stack", "provider"],
    ]);
  });

  it("deletes independent resources together, in the order of the state", () => {
    const list = [state("base"), state("left", { dependencies: ["base"] }), state("right", { dependencies: ["base"] })];
    expect(ids(deletionBatches(list))).to.deep.equal([["left", "right"], ["base"]]);
  });

  it("takes a dependency on a URN for the resource of that URN that came before", () => {
    const list = [
      state("one", { id: "one-2" }),
      state("two", { dependencies: ["one"] }),
      state("one", { id: "one-1", delete: true }),
    ];
    expect(ids(deletionBatches(list))).to.deep.equal([["two"], ["one-2", "one-1"]]);
  });

  it("ignores dependencies on what is not deleted", () => {
    expect(ids(deletionBatches([state("one", { dependencies: ["elsewhere"] })]))).to.deep.equal([["one"]]);
  });

  it("grows in proportion with the resources", () => {
    const list = Array.from({ length: 20_000 }, (_, index) =>
      state(`${index}`, index > 0 ? { dependencies: [`${index - 1}`] } : {}),
    );
    expect(deletionBatches(list).at(0)?.at(0)?.urn).to.equal("19999");
  });
});

describe("What is left to delete when something is kept", () => {
  it("keeps what the kept one depends on, and deletes what depends on it", () => {
    const list = [
      state("stack"),
      state("base", { parent: "stack" }),
      state("kept", { dependencies: ["base"], protect: true }),
      state("after", { dependencies: ["kept"] }),
      state("other"),
    ];
    const left = withoutKept(list, ({ protect }) => protect === true);
    expect(left.map(({ urn }) => urn)).to.deep.equal(["after", "other"]);
  });
});
