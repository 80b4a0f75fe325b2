import { expect } from "chai";
import { readOrganisation } from "../../../../sandbox/exchange";
import { ask, exchangeId, refusal } from "../asking";
import { organisationOf, removeHomes } from "../homes";

const TASKS = "Microsoft.Exchange.Management.SystemConfigurationTasks";

describe("the partner application cmdlets", () => {
  after(removeHomes);

  it("show setup's own in the recorded form", async () => {
    const { organisation, home } = await organisationOf();
    const [stored] = (await readOrganisation(home)).partnerApplications;
    const stamp = new Date(stored?.whenCreated ?? "");
    // Source of names, order and values: a recorded Get-PartnerApplication of Exchange 2019.
    expect(await ask(organisation, "Get-PartnerApplication")).to.deep.equal([
      {
        Enabled: true,
        ApplicationIdentifier: "00000002-0000-0ff1-ce00-000000000000",
        CertificateStrings: [],
        AuthMetadataUrl: "",
        Realm: "",
        UseAuthServer: true,
        AcceptSecurityIdentifierInformation: false,
        LinkedAccount: "corp.contoso.example/Users/Exchange Online-ApplicationAccount",
        DeploymentId: "",
        IssuerIdentifier: "",
        AccountType: "OrganizationalAccount",
        AppOnlyPermissions: null,
        ActAsPermissions: null,
        Name: "Exchange Online",
        AdminDisplayName: "",
        ExchangeVersion: "0.20 (15.0.0.0)",
        DistinguishedName:
          "CN=Exchange Online,CN=Partner Applications,CN=Auth Configuration,CN=Contoso,CN=Microsoft Exchange,CN=Services,CN=Configuration,DC=corp,DC=contoso,DC=example",
        Identity: "Exchange Online",
        Guid: stored?.guid,
        ObjectCategory: "corp.contoso.example/Configuration/Schema/ms-Exch-Auth-Partner-Application",
        ObjectClass: ["top", "msExchAuthPartnerApplication"],
        WhenChanged: stamp,
        WhenCreated: stamp,
        WhenChangedUTC: stamp,
        WhenCreatedUTC: stamp,
        OrganizationId: "",
        Id: "Exchange Online",
        OriginatingServer: "DC1.corp.contoso.example",
        IsValid: true,
        ObjectState: "Unchanged",
      },
    ]);
  });

  it("find one by name or guid, and list all without an identity", async () => {
    const { organisation } = await organisationOf("partner-disabled");
    const all = await ask(organisation, "Get-PartnerApplication", { Identity: null });
    expect(all.map(({ Name }) => Name)).to.deep.equal(["Exchange Online", "Microsoft Graph"]);
    const [byGuid] = await ask(organisation, "Get-PartnerApplication", { Identity: all[1]?.Guid ?? "" });
    expect(byGuid?.Name).to.equal("Microsoft Graph");
    expect(await refusal(organisation, "Get-PartnerApplication", { Identity: "None" })).to.deep.equal({
      reason: "ManagementObjectNotFoundException",
      category: "NotSpecified",
      message:
        "The operation couldn't be performed because object 'None' couldn't be found on 'DC1.corp.contoso.example'.",
      id: exchangeId("ManagementObjectNotFoundException", `${TASKS}.GetPartnerApplication`),
    });
  });

  it("change what is sent, and warn where that is nothing", async () => {
    const { organisation, home } = await organisationOf("partner-disabled");
    await ask(organisation, "Set-PartnerApplication", { Identity: "exchange online", Enabled: true });
    expect((await readOrganisation(home)).partnerApplications[0]).to.include({ enabled: true, realm: "" });
    const again = await organisation.invoke("Set-PartnerApplication", { Identity: "Exchange Online", Enabled: true });
    expect(again.warnings).to.deep.equal([
      "The command completed successfully but no settings of 'Exchange Online' have been modified.",
    ]);
    await ask(organisation, "Set-PartnerApplication", { Identity: "Exchange Online", Enabled: false, WhatIf: true });
    expect((await readOrganisation(home)).partnerApplications[0]?.enabled).to.equal(true);
  });
});
