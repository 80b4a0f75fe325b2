import { expect } from "chai";
import { ask } from "../asking";
import { organisationOf, removeHomes } from "../homes";

describe("Get-HybridConfiguration", () => {
  after(removeHomes);

  it("lists nothing where no hybrid wizard ran", async () => {
    const { organisation } = await organisationOf();
    expect(await ask(organisation, "Get-HybridConfiguration")).to.deep.equal([]);
  });

  it("shows what the wizard left, in the recorded form", async () => {
    const { organisation } = await organisationOf("hybrid");
    const [configuration] = await ask(organisation, "Get-HybridConfiguration");
    expect(configuration).to.include({
      Name: "Hybrid Configuration",
      OnPremisesSmartHost: "mail.contoso.example",
      ObjectCategory: "corp.contoso.example/Configuration/Schema/ms-Exch-Coexistence-Relationship",
      ObjectState: "Changed",
    });
    expect(configuration?.Domains).to.deep.equal(["contoso.example"]);
  });
});
