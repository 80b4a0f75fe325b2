import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect } from "chai";
import type { Properties } from "pulumi-exchange-server/protocol";
import type { Organisation } from "../../../../sandbox/exchange";
import { ask, exchangeId, refusal } from "../asking";
import { organisationOf, removeHomes } from "../homes";

const PROBE = "PushNotifications.Proxy\\PushNotificationsEnterpriseConnectivityProbe";
const UNKNOWN = {
  reason: "TaskException",
  category: "InvalidArgument",
  message: `Could not find assembly or object type associated with monitor identity '${PROBE}'. Please ensure that the given monitor identity exists on the server.`,
  id: exchangeId("TaskException", "Microsoft.Exchange.Monitoring.InvokeMonitoringProbe"),
};

describe("Invoke-MonitoringProbe", () => {
  after(removeHomes);
  const asked: Properties = { Identity: PROBE, Server: "MBX1" };
  /** An organisation of that scenario, in a session on MBX1 itself, whose health managers load in so many seconds. */
  async function onServer(scenario: string, probeLoadSeconds: number): Promise<Organisation> {
    const { organisation, home } = await organisationOf(scenario);
    const file = path.join(home, "exchange.json");
    const state = JSON.parse(await readFile(file, "utf8"));
    await writeFile(file, JSON.stringify({ ...state, certificatesAsOnServer: true, probeLoadSeconds }));
    return organisation;
  }
  const enable = (organisation: Organisation) =>
    ask(organisation, "Enable-PushNotificationProxy", { Organization: "contoso.example" });
  const restart = (organisation: Organisation) =>
    ask(organisation, "Restart-HealthManager", { Server: "MBX1.corp.contoso.example" });
  const result = (ResultType: string, fault: string) => ({
    Server: "MBX1.corp.contoso.example",
    MonitorIdentity: PROBE,
    ResultType,
    Error: fault,
    Exception: fault && `Microsoft.Exchange.PushNotifications.PushNotificationException: ${fault}`,
  });

  it("knows the probe only once the health manager was started after the proxy was enabled, and has loaded", async () => {
    const organisation = await onServer("ordinary", 60);
    expect(await refusal(organisation, "Invoke-MonitoringProbe", asked)).to.deep.equal(UNKNOWN);
    await restart(organisation);
    await enable(organisation);
    expect(await refusal(organisation, "Invoke-MonitoringProbe", asked)).to.deep.equal(UNKNOWN);
    await restart(organisation);
    expect(await refusal(organisation, "Invoke-MonitoringProbe", asked)).to.deep.equal(UNKNOWN);
  });

  it("finds what the article has not set up yet", async () => {
    const organisation = await onServer("ordinary", 0);
    await enable(organisation);
    await restart(organisation);
    expect(await ask(organisation, "Invoke-MonitoringProbe", asked)).to.deep.equal([
      result("Failed", "No auth server of type MicrosoftACS is enabled."),
    ]);
  });

  it("succeeds where all is there, and fails where the partner application is disabled", async () => {
    const organisation = await onServer("hybrid", 0);
    await enable(organisation);
    await restart(organisation);
    expect(await ask(organisation, "Invoke-MonitoringProbe", asked)).to.deep.equal([result("Succeeded", "")]);
    await ask(organisation, "Set-PartnerApplication", { Identity: "Exchange Online", Enabled: false });
    expect(await ask(organisation, "Invoke-MonitoringProbe", asked)).to.deep.equal([
      result("Failed", "The partner application of Exchange Online is not enabled."),
    ]);
  });

  it("reaches no server that is out of reach, and knows no other probe", async () => {
    const { organisation } = await organisationOf("out-of-reach");
    expect(await refusal(organisation, "Invoke-MonitoringProbe", { ...asked, Server: "MBX2" })).to.include({
      reason: "RpcClientException",
      category: "ResourceUnavailable",
    });
    expect(await refusal(organisation, "Invoke-MonitoringProbe", { ...asked, Identity: "OWA\\Deep" })).to.include({
      reason: "TaskException",
    });
  });
});
