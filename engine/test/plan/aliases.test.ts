import { expect } from "chai";
import { aliasUrns, type Identity } from "../../plan/aliases";
import type { AliasSpec } from "../../plan/goal";

const stack = { project: "shop", stack: "dev" };
const urn = (types: string, name: string) => `urn:pulumi:dev::shop::${types}::${name}`;
const GROUP = urn("pkg:index:Group", "group");

interface Row {
  what: string;
  identity: Identity;
  specs?: AliasSpec[];
  parentAliases?: string[];
  expected: string[];
}

const thing: Identity = { name: "one", type: "pkg:index:Thing", parent: GROUP };

const ROWS: Row[] = [
  { what: "no alias", identity: thing, expected: [] },
  {
    what: "a former name",
    identity: thing,
    specs: [{ name: "uno" }],
    expected: [urn("pkg:index:Group$pkg:index:Thing", "uno")],
  },
  {
    what: "a former type",
    identity: thing,
    specs: [{ type: "old:index:Thing" }],
    expected: [urn("pkg:index:Group$old:index:Thing", "one")],
  },
  { what: "no parent", identity: thing, specs: [{ noParent: true }], expected: [urn("pkg:index:Thing", "one")] },
  {
    what: "another parent",
    identity: thing,
    specs: [{ parentUrn: urn("pkg:index:Set", "set") }],
    expected: [urn("pkg:index:Set$pkg:index:Thing", "one")],
  },
  {
    what: "a former project and stack",
    identity: thing,
    specs: [{ project: "p", stack: "s" }],
    expected: ["urn:pulumi:s::p::pkg:index:Group$pkg:index:Thing::one"],
  },
  { what: "a URN", identity: thing, specs: [{ urn: "urn:x" }], expected: ["urn:x"] },
  { what: "its own URN", identity: thing, specs: [{ name: "one" }], expected: [] },
  {
    what: "a parent of another type",
    identity: thing,
    parentAliases: [urn("pkg:index:Set", "group")],
    expected: [urn("pkg:index:Set$pkg:index:Thing", "one")],
  },
  {
    what: "a renamed parent whose name the child's begins with",
    identity: { ...thing, name: "group-one" },
    parentAliases: [urn("pkg:index:Group", "team")],
    expected: [urn("pkg:index:Group$pkg:index:Thing", "team-one")],
  },
];

describe("The URNs by which a resource may have been known", () => {
  for (const { what, identity, specs = [], parentAliases = [], expected } of ROWS) {
    it(`with ${what}`, () => {
      expect(aliasUrns(stack, identity, specs, parentAliases)).to.deep.equal(expected);
    });
  }
});
