import { expect } from "chai";
import { isDefaultProvider, nameOf, packageOf, qualifiedTypeOf, typeOf, urnOf } from "../../plan/urn";

const stack = { project: "shop", stack: "dev" };
const STACK = "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev";
const GROUP = "urn:pulumi:dev::shop::pkg:index:Group::group";

describe("URNs", () => {
  const rows: { what: string; parent?: string; type: string; name: string; urn: string }[] = [
    { what: "the stack", type: "pulumi:pulumi:Stack", name: "shop-dev", urn: STACK },
    { what: "a child of the stack", parent: STACK, type: "pkg:index:Group", name: "group", urn: GROUP },
    {
      what: "a child of a component",
      parent: GROUP,
      type: "pkg:index:Thing",
      name: "one",
      urn: "urn:pulumi:dev::shop::pkg:index:Group$pkg:index:Thing::one",
    },
    {
      what: "a name with colons",
      parent: STACK,
      type: "pkg:index:Thing",
      name: "a::b",
      urn: "urn:pulumi:dev::shop::pkg:index:Thing::a::b",
    },
  ];
  for (const { what, parent, type, name, urn } of rows) {
    it(`of ${what} is made and taken apart`, () => {
      expect(urnOf(stack, parent, type, name)).to.equal(urn);
      expect([typeOf(urn), nameOf(urn)]).to.deep.equal([type, name]);
    });
  }

  it("hold the types of the parents", () => {
    expect(qualifiedTypeOf("urn:pulumi:dev::shop::a:b:C$d:e:F::x")).to.equal("a:b:C$d:e:F");
  });

  it("tell the package of a type and of a provider's type", () => {
    expect(packageOf("azuread:index/servicePrincipal:ServicePrincipal")).to.equal("azuread");
    expect(packageOf("pulumi:providers:azuread")).to.equal("azuread");
  });

  it("tell a provider that the engine declared from one that the program did", () => {
    const provider = (name: string) => `urn:pulumi:dev::shop::pulumi:providers:azuread::${name}`;
    expect(
      ["default", "default_6_9_1", "defaults", "east"].map((name) => isDefaultProvider(provider(name))),
    ).to.deep.equal([true, true, false, false]);
  });
});
