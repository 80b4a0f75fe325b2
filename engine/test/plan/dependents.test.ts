import { expect } from "chai";
import { inputsWithout } from "../../plan/dependents";
import { UNKNOWN } from "../../values/property";

const state = {
  urn: "two",
  custom: true,
  type: "t",
  inputs: { value: "one:a", note: "n" },
  propertyDependencies: { value: ["one"], note: [] },
};

describe("A dependent of a resource that is deleted first", () => {
  it("has inputs that are unknown where they hang on it", () => {
    expect(inputsWithout(new Set(["one"]), state)).to.deep.equal({ value: UNKNOWN, note: "n" });
  });

  it("is not touched where no input hangs on it", () => {
    expect(inputsWithout(new Set(["zero"]), state)).to.equal(undefined);
  });

  it("is not touched where it is a component or only read", () => {
    expect(inputsWithout(new Set(["one"]), { ...state, custom: false })).to.equal(undefined);
    expect(inputsWithout(new Set(["one"]), { ...state, external: true })).to.equal(undefined);
  });
});
