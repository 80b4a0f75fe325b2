import { expect } from "chai";
import { Targets } from "../../plan/targets";

const ONE = "urn:pulumi:test::shop::pkg:index:Thing::one";
const INNER = "urn:pulumi:test::shop::pkg:index:Box$pkg:index:Thing::one-inner";

describe("Resources that a user names", () => {
  const rows: { name: string; fits: boolean; urn: string }[] = [
    { name: ONE, fits: true, urn: ONE },
    { name: ONE, fits: false, urn: INNER },
    { name: "urn:pulumi:test::shop::pkg:index:Thing::*", fits: true, urn: ONE },
    { name: "urn:pulumi:test::shop::pkg:index:Thing::*", fits: false, urn: INNER },
    { name: "urn:pulumi:test::shop::pkg:*:Thing::one", fits: true, urn: ONE },
    { name: "urn:pulumi:test::*::one", fits: false, urn: ONE },
    { name: "urn:pulumi:test::**::one", fits: true, urn: ONE },
    { name: "**inner", fits: true, urn: INNER },
    { name: "**Thing", fits: false, urn: ONE },
    { name: "**.ne", fits: false, urn: ONE },
  ];
  for (const { name, fits, urn } of rows) {
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
