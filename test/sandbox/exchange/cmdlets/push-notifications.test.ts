import { expect } from "chai";
import type { Properties } from "pulumi-exchange-server/protocol";
import { readOrganisation } from "../../../../sandbox/exchange";
import { ask, exchangeId, refusal } from "../asking";
import { organisationOf, removeHomes } from "../homes";

const ENABLE = { Organization: "contoso.example", Uri: "https://outlook.office365.com/PushNotifications" };

describe("the push notification cmdlets", () => {
  after(removeHomes);

  it("enable the proxy and return it in the article's form", async () => {
    const { organisation, home } = await organisationOf();
    const enabled = await ask(organisation, "Enable-PushNotificationProxy", ENABLE);
    const app = (await readOrganisation(home)).pushNotificationApp;
    const now = new Date(app?.whenCreated as string);
    expect(enabled).to.deep.equal([
      {
        DisplayName: "On Premises Proxy app",
        Enabled: true,
        Organization: "contoso.example",
        Uri: "https://outlook.office365.com/PushNotifications",
        Name: "OnPrem-Proxy",
        AdminDisplayName: "",
        ExchangeVersion: "0.20 (15.0.0.0)",
        DistinguishedName:
          "CN=OnPrem-Proxy,CN=Push Notifications Settings,CN=Contoso,CN=Microsoft Exchange,CN=Services,CN=Configuration,DC=corp,DC=contoso,DC=example",
        Identity: "OnPrem-Proxy",
        Guid: app?.guid,
        ObjectCategory: "corp.contoso.example/Configuration/Schema/ms-Exch-Push-Notifications-App",
        ObjectClass: ["top", "msExchPushNotificationsApp"],
        WhenChanged: now,
        WhenCreated: now,
        WhenChangedUTC: now,
        WhenCreatedUTC: now,
        OrganizationId: "",
        Id: "OnPrem-Proxy",
        OriginatingServer: "DC1.corp.contoso.example",
        IsValid: true,
        ObjectState: "Unchanged",
      },
    ]);
  });

  it("change only the fields that are sent, and keep them when the proxy is disabled", async () => {
    const { organisation } = await organisationOf("proxy-enabled");
    const [before] = await ask(organisation, "Get-PushNotificationApp");
    const [changed] = await ask(organisation, "Enable-PushNotificationProxy", { Uri: "https://push.example" });
    expect(changed).to.deep.include({
      Organization: "fabrikam.example",
      Uri: "https://push.example",
      Guid: before?.Guid,
    });
    expect(await ask(organisation, "Disable-PushNotificationProxy", { Confirm: false })).to.deep.equal([]);
    const [disabled] = await ask(organisation, "Get-PushNotificationApp", { Identity: "OnPrem-Proxy" });
    expect(disabled).to.deep.include({ Enabled: false, Organization: "fabrikam.example", Uri: "https://push.example" });
  });

  it("change nothing when all is as it was", async () => {
    const { organisation, home } = await organisationOf("proxy-enabled");
    const before = await readOrganisation(home);
    await ask(organisation, "Enable-PushNotificationProxy", { Organization: "fabrikam.example" });
    expect(await readOrganisation(home)).to.deep.equal(before);
  });

  it("ask before they disable, and nobody can answer", async () => {
    const { organisation } = await organisationOf("proxy-enabled");
    expect((await refusal(organisation, "Disable-PushNotificationProxy")).id).to.equal("HostException");
    expect((await ask(organisation, "Get-PushNotificationApp"))[0]?.Enabled).to.equal(true);
  });

  it("have no proxy to disable before it was enabled", async () => {
    const { organisation } = await organisationOf();
    expect(await refusal(organisation, "Disable-PushNotificationProxy", { Confirm: false })).to.deep.equal({
      reason: "ManagementObjectNotFoundException",
      category: "NotSpecified",
      message:
        "The operation couldn't be performed because object 'OnPrem-Proxy' couldn't be found on 'DC1.corp.contoso.example'.",
      id: exchangeId(
        "ManagementObjectNotFoundException",
        "Microsoft.Exchange.Management.PushNotifications.DisablePushNotificationProxy",
      ),
    });
  });

  it("take no domain controller and no identity to enable it", async () => {
    const { organisation } = await organisationOf();
    const others: Properties[] = [{ DomainController: "DC1" }, { Identity: "OnPrem-Proxy" }];
    for (const parameters of others) {
      expect((await refusal(organisation, "Enable-PushNotificationProxy", { ...ENABLE, ...parameters })).id).to.equal(
        "NamedParameterNotFound,Microsoft.Exchange.Management.PushNotifications.EnablePushNotificationProxy",
      );
    }
  });

  it("do not include Get-PushNotificationApp on an ordinary organisation", async () => {
    const { organisation } = await organisationOf();
    expect(await refusal(organisation, "Get-PushNotificationApp")).to.deep.equal({
      reason: "CommandNotFoundException",
      category: "ObjectNotFound",
      message:
        "The term 'Get-PushNotificationApp' is not recognized as a name of a cmdlet, function, script file, or executable program.",
      id: "CommandNotFoundException",
    });
  });

  it("return nothing where it is offered and no proxy was ever enabled", async () => {
    const { organisation } = await organisationOf("push-app");
    expect(await ask(organisation, "Get-PushNotificationApp")).to.deep.equal([]);
    expect((await refusal(organisation, "Get-PushNotificationApp", { Identity: "OnPrem-Proxy" })).reason).to.equal(
      "ManagementObjectNotFoundException",
    );
  });
});
