import { expect } from "chai";
import { withoutDangling } from "../../plan/undangle";
import { compact, type ResourceState } from "../../state/resource";

const state = (urn: string, fields: Partial<ResourceState> = {}): ResourceState => ({
  urn,
  custom: true,
  type: "t",
  ...fields,
});

describe("What a refresh leaves", () => {
  it("depends on nothing that is gone, and is the child of the nearest parent that is there", () => {
    const gone = new Map([
      ["b", state("b", { parent: "a" })],
      ["c", state("c", { parent: "b" })],
    ]);
    const list = [
      state("a"),
      state("d", {
        parent: "c",
        dependencies: ["a", "b"],
        propertyDependencies: { x: ["a", "c"], y: ["c"], z: [] },
        deletedWith: "b",
      }),
    ];
    expect(withoutDangling(list, gone).map(compact)).to.deep.equal([
      state("a"),
      state("d", { parent: "a", dependencies: ["a"], propertyDependencies: { x: ["a"] } }),
    ]);
  });
});
