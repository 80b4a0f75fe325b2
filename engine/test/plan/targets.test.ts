import { expect } from "chai";
import { Targets } from "../../plan/targets";

const ONE = "urn:pulumi:test::shop::pkg:index:Thing::one";
const INNER = "urn:pulumi:test::shop::pkg:index:Box$pkg:index:Thing::one-inner";

describe("Resources that a user names", () => {
  const rows: [name: string, fits: boolean, urn: string][] = [
    [ONE, true, ONE],
    [ONE, false, INNER],
    ["urn:pulumi:test::shop::pkg:index:Thing::*", true, ONE],
    ["urn:pulumi:test::shop::pkg:index:Thing::*", false, INNER],
    ["urn:pulumi:test::shop::pkg:*:Thing::one", true, ONE],
    ["urn:pulumi:test::*::one", false, ONE],
    ["urn:pulumi:test::**::one", true, ONE],
    ["**inner", true, INNER],
    ["**Thing", false, ONE],
    ["**.ne", false, ONE],
  ];
  for (const [name, fits, urn] of rows) {
    it(`by "${name}" ${fits ? "are" : "are not"} ${urn}`, () => {
      expect(new Targets([name]).has(urn)).to.equal(fits);
    });
  }

  it("are none where nobody is named", () => {
    expect(new Targets([]).has(ONE)).to.equal(false);
  });

  it("are missing where they are named one by one, not by a pattern", () => {
    expect(new Targets([ONE, INNER, "**two"]).missingFrom(new Set([ONE]))).to.deep.equal([INNER]);
  });
});
