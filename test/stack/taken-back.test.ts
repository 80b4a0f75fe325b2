import { expect } from "chai";
import { Deployment, messages, writes } from "./deployment";

describe("destroy", () => {
  let deployment: Deployment;
  afterEach(() => deployment.end());

  it("names the former certificate again where it is back on every server, and leaves ours, which is then the previous one", async () => {
    deployment = await Deployment.begin({ scenario: "ordinary", program: "resources" });
    deployment.declared = { certificate: {} };
    const { servers, authConfig } = await deployment.organisation();
    await deployment.edit((state) => {
      for (const server of state.servers) {
        server.certificates = server.certificates.filter(({ thumbprint }) => thumbprint !== authConfig.current);
      }
    });
    expect(messages(await deployment.up(), "error")).to.deep.equal([]);
    const { thumbprint, formerThumbprint } = await deployment.outputsOf("certificate");
    expect(formerThumbprint).to.equal(authConfig.current);
    await deployment.edit((state) => {
      for (const [index, server] of state.servers.entries()) {
        const lost = servers[index]?.certificates.filter((one) => one.thumbprint === authConfig.current) ?? [];
        server.certificates.push(...lost);
      }
    });
    const run = await deployment.destroy();
    expect(messages(run, "error")).to.deep.equal([]);
    expect(writes(run)).to.deep.equal(["Set-AuthConfig"]);
    expect((await deployment.organisation()).authConfig).to.include({
      current: authConfig.current,
      previous: thumbprint,
    });
    expect(messages(run, "info")).to.deep.equal([
      `AuthConfig names the former certificate ${authConfig.current} again.`,
      `AuthConfig names the certificate ${authConfig.current} now; what is left to do: (1) so that servers use it now and not ` +
        "within a day, run on one of them as administrator: Invoke-Command -ComputerName MBX1.corp.contoso.example," +
        "MBX2.corp.contoso.example { Restart-Service MSExchangeServiceHost; Restart-WebAppPool MSExchangeOWAAppPool; " +
        "Restart-WebAppPool MSExchangeECPAppPool }; (2) give it to SharePoint and Skype for Business, if they trust this " +
        "organisation.",
      `The certificate ${thumbprint} stays on the servers: AuthConfig names it as its previous one.`,
    ]);
  });

  it("disables a proxy that is known not to have been there before", async () => {
    deployment = await Deployment.begin({ scenario: "push-app", program: "resources" });
    deployment.declared = { proxy: { organization: "contoso.example" } };
    await deployment.up();
    expect(await deployment.outputsOf("proxy")).to.include({
      provenance: "here",
      stateSource: "Get-PushNotificationApp",
    });
    const run = await deployment.destroy();
    expect(writes(run)).to.deep.equal(["Disable-PushNotificationProxy"]);
    expect((await deployment.organisation()).pushNotificationApp?.enabled).to.equal(false);
    expect(messages(run, "info")).to.deep.equal([
      "The push notification proxy OnPrem-Proxy is disabled; Exchange keeps its Organization and Uri.",
    ]);
  });

  it("enables no proxy that somebody else has disabled since", async () => {
    deployment = await Deployment.begin({ scenario: "proxy-enabled", program: "resources" });
    deployment.declared = { proxy: { organization: "contoso.example" } };
    await deployment.up();
    await deployment.exchange("Disable-PushNotificationProxy", {});
    const run = await deployment.destroy();
    expect(writes(run)).to.deep.equal([]);
    expect((await deployment.organisation()).pushNotificationApp?.enabled).to.equal(false);
  });
});
