import { expect } from "chai";
import { ask, refusal } from "../asking";
import { organisationOf, removeHomes } from "../homes";

// The properties of Get-ExchangeServer recorded from Exchange 2019, without those that a session adds.
const RECORDED =
  "Name DataPath Domain Edition ExchangeLegacyDN ExchangeLegacyServerRole Fqdn CustomerFeedbackEnabled InternetWebProxy " +
  "InternetWebProxyBypassList IsHubTransportServer IsClientAccessServer IsExchange2007OrLater IsEdgeServer " +
  "IsMailboxServer IsE14OrLater IsE15OrLater IsProvisionedServer IsUnifiedMessagingServer IsFrontendTransportServer " +
  "NetworkAddress OrganizationalUnit AdminDisplayVersion Site ServerRole ErrorReportingEnabled MitigationsEnabled " +
  "StaticDomainControllers StaticGlobalCatalogs StaticConfigDomainController StaticExcludedDomainControllers " +
  "MonitoringGroup CurrentDomainControllers CurrentGlobalCatalogs CurrentConfigDomainController ProductID " +
  "IsExchangeTrialEdition IsExpiredExchangeTrialEdition MailboxProvisioningAttributes RemainingTrialPeriod Identity " +
  "IsValid ExchangeVersion DistinguishedName Guid ObjectCategory ObjectClass WhenChanged WhenCreated WhenChangedUTC " +
  "WhenCreatedUTC OrganizationId Id OriginatingServer ObjectState";

describe("Get-ExchangeServer", () => {
  after(removeHomes);

  it("lists two Mailbox servers of one site and an Edge server", async () => {
    const { organisation } = await organisationOf();
    const listed = await ask(organisation, "Get-ExchangeServer");
    const seen = listed.map(
      ({ Name, Fqdn, Domain, ServerRole, IsMailboxServer, IsEdgeServer, Site, AdminDisplayVersion }) => [
        Name,
        Fqdn,
        Domain,
        ServerRole,
        IsMailboxServer,
        IsEdgeServer,
        Site,
        AdminDisplayVersion,
      ],
    );
    const site = "corp.contoso.example/Configuration/Sites/Default-First-Site-Name";
    const version = "Version 15.2 (Build 2562.17)";
    expect(seen).to.deep.equal([
      ["MBX1", "MBX1.corp.contoso.example", "corp.contoso.example", "Mailbox", true, false, site, version],
      ["MBX2", "MBX2.corp.contoso.example", "corp.contoso.example", "Mailbox", true, false, site, version],
      [
        "EDGE1",
        "EDGE1.perimeter.corp.contoso.example",
        "perimeter.corp.contoso.example",
        "Edge",
        false,
        true,
        site,
        version,
      ],
    ]);
  });

  it("has the recorded properties", async () => {
    const { organisation } = await organisationOf();
    const [server] = await ask(organisation, "Get-ExchangeServer", { Identity: "mbx2.corp.contoso.example" });
    expect(Object.keys(server ?? {})).to.have.members(RECORDED.split(" "));
    expect(server).to.deep.include({ Name: "MBX2", ExchangeVersion: "0.1 (8.0.535.0)", CurrentDomainControllers: [] });
  });

  it("asks the server what it uses under -Status", async () => {
    const { organisation } = await organisationOf();
    const [server] = await ask(organisation, "Get-ExchangeServer", { Identity: "MBX1", Status: true });
    expect(server?.CurrentDomainControllers).to.deep.equal(["DC1.corp.contoso.example", "DC2.corp.contoso.example"]);
  });

  it("lists those of a domain", async () => {
    const { organisation } = await organisationOf();
    const listed = await ask(organisation, "Get-ExchangeServer", { Domain: "perimeter.corp.contoso.example" });
    expect(listed.map(({ Name }) => Name)).to.deep.equal(["EDGE1"]);
  });

  it("lists all for an identity of null, and does not find an unknown one", async () => {
    const { organisation } = await organisationOf();
    expect(await ask(organisation, "Get-ExchangeServer", { Identity: null })).to.have.length(3);
    expect((await refusal(organisation, "Get-ExchangeServer", { Identity: "MBX9" })).reason).to.equal(
      "ManagementObjectNotFoundException",
    );
  });
});
