import { expect } from "chai";
import { family } from "../family";
import { Deployment, messages, steps, writes } from "./deployment";
import { beginWith } from "./scenario";

const RETIRED = "stopped working in May 2018";

family("the push notification probe", () => {
  let deployment: Deployment;

  async function begin(scenario: string, probe: object): Promise<void> {
    deployment = await Deployment.begin({ scenario, program: "resources" });
    deployment.declared = {
      authServer: { tenantId: deployment.tenantId, tenantDomain: "contoso.example" },
      proxy: { organization: "contoso.example" },
      probe,
    };
  }
  const warnings = (run: Awaited<ReturnType<Deployment["up"]>>) =>
    messages(run, "warning").filter((text) => !text.includes(RETIRED));
  afterEach(() => deployment.end());

  it("restarts the health manager of the server it probes, waits until the probe is known, and succeeds", async () => {
    await begin("on-server", { restartHealthService: true });
    const run = await deployment.up();
    expect(messages(run, "error")).to.deep.equal([]);
    expect(warnings(run)).to.deep.equal([]);
    const asked = run.calls.filter(({ cmdlet }) => /Restart|Probe/.test(cmdlet));
    expect(asked[0]).to.include({ cmdlet: "Restart-HealthManager" });
    expect(asked.slice(1).every(({ cmdlet }) => cmdlet === "Invoke-MonitoringProbe")).to.equal(true);
    expect(new Set(asked.map(({ parameters }) => parameters.Server))).to.deep.equal(
      new Set(["MBX1.corp.contoso.example"]),
    );
    const said = messages(run, "info");
    expect(said[0]).to.equal(
      "The probe runs on MBX1, the first Mailbox server in name order, because `server` is not set.",
    );
    expect(said[1]).to.equal("The health manager of MBX1 does not know the probe yet (0 of 300 seconds).");
    expect(await deployment.outputsOf("probe")).to.include({
      serverName: "MBX1",
      fqdn: "MBX1.corp.contoso.example",
      resultType: "Succeeded",
      error: "",
      exception: "",
    });
    expect((await deployment.resources()).probe?.id).to.equal("MBX1");
    expect((await deployment.up()).calls).to.deep.equal([]);
  });

  it("keeps the last result in a refresh, and runs again when a trigger changes", async () => {
    await begin("on-server", { server: "mbx1", restartHealthService: true, triggers: ["first"] });
    await deployment.up();
    const first = await deployment.outputsOf("probe");
    const seen = await deployment.refresh();
    expect(steps(seen)).to.deep.equal([]);
    expect(seen.calls.map(({ cmdlet }) => cmdlet)).to.not.include("Invoke-MonitoringProbe");
    expect(await deployment.outputsOf("probe")).to.deep.equal(first);
    deployment.declared = { ...deployment.declared, probe: { server: "MBX1", triggers: ["second"] } };
    const run = await deployment.up();
    expect(messages(run, "error")).to.deep.equal([]);
    expect(steps(run).at(-1)).to.match(/replace.* probe$|create.* probe$/);
    expect(writes(run)).to.deep.equal(["Invoke-MonitoringProbe MBX1.corp.contoso.example"]);
    const gone = await deployment.destroy();
    expect(gone.calls.map(({ cmdlet }) => cmdlet)).to.not.include("Invoke-MonitoringProbe");
  });

  it("is a warning if it fails, with Exchange's answer and a link", async () => {
    await begin("on-server", { restartHealthService: true });
    await deployment.exchange("Set-PartnerApplication", { Identity: "Exchange Online", Enabled: false });
    const run = await deployment.up();
    expect(messages(run, "error")).to.deep.equal([]);
    const cause = "The partner application of Exchange Online is not enabled.";
    expect(warnings(run)).to.deep.equal([
      `The push notification probe on MBX1 did not succeed: Failed: ${cause}: ` +
        `Microsoft.Exchange.PushNotifications.PushNotificationException: ${cause}. Correct what it names, then change ` +
        "`triggers`. See https://learn.microsoft.com/powershell/module/exchange/invoke-monitoringprobe",
    ]);
    expect(warnings(await deployment.preview())).to.deep.equal(warnings(run));
    deployment.declared = { ...deployment.declared, probe: { restartHealthService: true, acknowledge: ["probe"] } };
    const silenced = await deployment.up();
    expect(warnings(silenced)).to.deep.equal([]);
    expect(steps(silenced)).to.deep.equal([]);
  });

  it("is an error if it fails and is required", async () => {
    await begin("on-server", { restartHealthService: true, required: true });
    await deployment.exchange("Set-PartnerApplication", { Identity: "Exchange Online", Enabled: false });
    const run = await deployment.up();
    const cause = "The partner application of Exchange Online is not enabled.";
    expect(messages(run, "error")[0]).to.equal(
      `Failed while running the push notification probe on MBX1: its result is Failed: ${cause}: ` +
        `Microsoft.Exchange.PushNotifications.PushNotificationException: ${cause}, but \`required\` is true. ` +
        "Correct what it names, then run `pulumi up` again. Carried out before that: Restart-HealthManager " +
        "(restarting the service MSExchangeHM of MBX1.corp.contoso.example).",
    );
    await deployment.exchange("Set-PartnerApplication", { Identity: "Exchange Online", Enabled: true });
    const again = await deployment.up();
    expect(messages(again, "error")).to.deep.equal([]);
    expect(steps(again)).to.deep.equal(["create probe"]);
  });

  it("restarts nothing where the shell is on another server, and says how to get there", async () => {
    await begin("on-server", { server: "MBX2", restartHealthService: true });
    const before = (await deployment.organisation()).servers.map(({ healthManagerStarted }) => healthManagerStarted);
    const run = await deployment.up();
    expect(messages(run, "error")[0]).to.equal(
      "Failed while restarting the service MSExchangeHM of MBX2.corp.contoso.example: Exchange answered " +
        "“The shell runs on MBX1; only MBX2.corp.contoso.example itself can do this.” (NotOnServerException). Connect to that server itself: set " +
        "`exchange:connection` to ssh and `exchange:sshDestination` to that server, or run Pulumi on it.",
    );
    const after = (await deployment.organisation()).servers.map(({ healthManagerStarted }) => healthManagerStarted);
    expect(after).to.deep.equal(before);
  });

  it("ends its wait when its time is up, and calls the result unknown", async () => {
    await begin("ordinary", { server: "MBX2", timeoutSeconds: 3 });
    const run = await deployment.up();
    expect(messages(run, "error")).to.deep.equal([]);
    const refusal =
      "Exchange answered “Could not find assembly or object type associated with monitor identity " +
      "'PushNotifications.Proxy\\PushNotificationsEnterpriseConnectivityProbe'. Please ensure that the given monitor " +
      "identity exists on the server.” (TaskException)";
    expect(await deployment.outputsOf("probe")).to.include({
      serverName: "MBX2",
      resultType: "Unknown",
      error: refusal,
    });
    expect(warnings(run)).to.deep.equal([
      `The push notification probe on MBX2 did not succeed: Unknown: ${refusal}. The health manager learns of a newly ` +
        "enabled proxy when it is restarted: set `restartHealthService`, or restart MSExchangeHM there and change " +
        "`triggers`. See https://learn.microsoft.com/powershell/module/exchange/invoke-monitoringprobe",
    ]);
  });

  it("does not run on a server that the component ignores, which is down", async () => {
    const servers = [{ name: "MBX1", reachable: false }, { name: "MBX2" }];
    deployment = await beginWith({ servers, sessionServer: "MBX2" }, { program: "component" });
    deployment.declared = { component: { ignoreServers: ["MBX1"], timeoutSeconds: 20, probe: {} } };
    const run = await deployment.up();
    expect(messages(run, "error")).to.deep.equal([]);
    expect(await deployment.outputsOf("push-notifications-probe")).to.include({ serverName: "MBX2" });
  });

  it("names the Mailbox servers if the requested one does not exist", async () => {
    await begin("ordinary", { server: "EDGE1" });
    const run = await deployment.up();
    expect(messages(run, "error")[0]).to.include(
      "no Mailbox server is named EDGE1; the Mailbox servers are MBX1, MBX2",
    );
  });
});
