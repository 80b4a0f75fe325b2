import { expect } from "chai";
import type { TenantOptions } from "../../sandbox/entra";
import { family } from "../family";
import { Deployment, messages } from "./deployment";

family("the tenant's side", () => {
  let deployment: Deployment;

  async function begin(component: object, tenant: TenantOptions): Promise<void> {
    deployment = await Deployment.begin({ scenario: "expired", program: "component", tenant });
    deployment.declared = { component };
  }
  afterEach(() => deployment.end());

  const rows: { title: string; component: object; tenant?: TenantOptions; parts: string[] }[] = [
    {
      title: "has no Exchange Online: the error names the article's first step",
      component: {},
      tenant: { exchangeOnline: false },
      parts: [
        "The tenant's service principal of Exchange Online (00000002-0000-0ff1-ce00-000000000000) cannot be looked up: ",
        "If the tenant has none, the organisation is not registered in Microsoft 365 with Exchange Online yet: add a plan " +
          "with Exchange Online (step 1 of Microsoft's article), then deploy again. Nothing was changed in Exchange.",
      ],
    },
    {
      title: "is another one than azuread's",
      component: { tenantId: "11111111-2222-3333-4444-555555555555" },
      parts: [
        "`tenantId` is 11111111-2222-3333-4444-555555555555, but azuread is configured for the tenant " +
          "6f1c0b7e-93d4-4a58-8c2e-7d5b1f0a4e63: the certificate would be added to that tenant, while Exchange " +
          "would trust the other one. Correct `tenantId`, or the configuration of azuread.",
      ],
    },
    {
      title: "has the domain, and not verified it",
      component: { verifyTenantDomain: true },
      tenant: { domainVerified: false },
      parts: [
        "`tenantDomain` contoso.example is in the tenant but not verified; the verified domains are " +
          "contoso.onmicrosoft.example. Verify it in the Microsoft 365 admin center, or use one of those.",
      ],
    },
    {
      title: "does not have the domain",
      component: { verifyTenantDomain: true, tenantDomain: "fabrikam.example" },
      parts: [
        "`tenantDomain` fabrikam.example is not among the tenant's domains; the verified domains are " +
          "contoso.example, contoso.onmicrosoft.example. Verify it in the Microsoft 365 admin center, or use " +
          "one of those.",
      ],
    },
    {
      title: "does not let its domains be read",
      component: { verifyTenantDomain: true },
      tenant: { mayReadDomains: false },
      parts: [
        "The tenant's domains cannot be listed: ",
        "`verifyTenantDomain` needs the Graph role Domain.Read.All; leave it out where the account should not have that role.",
      ],
    },
  ];
  for (const { title, component, tenant = {}, parts } of rows) {
    it(`${title}, and nothing is changed in Exchange`, async () => {
      await begin(component, tenant);
      const before = await deployment.organisation();
      for (const run of [await deployment.preview(), await deployment.up()]) {
        expect(run.succeeded).to.equal(false);
        const said = messages(run, "error");
        expect(said.join("\n")).to.not.include("error serializing property");
        for (const part of parts) expect(said.join("\n")).to.include(part);
        expect(said.filter((text) => text.includes(parts[0] as string))).to.have.length(1);
      }
      expect(await deployment.organisation()).to.deep.equal(before);
      expect(await deployment.keyCredentials()).to.have.length(tenant.exchangeOnline === false ? 0 : 2);
    });
  }

  it("is asked for its domains only where the program wants that", async () => {
    await begin({ verifyTenantDomain: false }, { mayReadDomains: false });
    expect(messages(await deployment.preview(), "error")).to.deep.equal([]);
  });

  it("has the verified domain, and the deployment goes on", async () => {
    await begin({ verifyTenantDomain: true, tenantDomain: "Contoso.Example" }, {});
    const run = await deployment.up();
    expect(messages(run, "error")).to.deep.equal([]);
    expect(run.outputs).to.include({ hybrid: "no", partnerApplicationEnabled: true });
    expect(await deployment.keyCredentials()).to.have.length(3);
  });
});
