import { expect } from "chai";
import { Deployment, messages, steps, writes } from "./deployment";

describe("the example for an organisation that the hybrid wizard has set up", () => {
  let deployment: Deployment;
  let former: Awaited<ReturnType<Deployment["organisation"]>>;

  before(async () => {
    deployment = await Deployment.begin({ scenario: "hybrid", program: "existing-organisation" });
    former = await deployment.organisation();
  });
  after(() => deployment.end());

  it("changes nothing in Exchange but what it asks for: the proxy", async () => {
    const run = await deployment.up();
    expect(messages(run, "error")).to.deep.equal([]);
    expect(writes(run)).to.deep.equal(["Enable-PushNotificationProxy"]);
    const { pushNotificationApp, ...rest } = await deployment.organisation();
    const { pushNotificationApp: none, ...same } = former;
    expect(rest).to.deep.equal(same);
    expect(none).to.equal(null);
    expect(pushNotificationApp).to.include({ enabled: true, organization: "contoso.example" });
  });

  it("adopts what was there, and says so", async () => {
    const { outputs } = await deployment.preview();
    expect(outputs).to.deep.equal({
      authServerName: `ACS - ${deployment.tenantId}`,
      certificateThumbprint: former.authConfig.current,
      hybrid: "yes",
      partnerApplicationEnabled: true,
      proxyEnabled: true,
    });
  });

  it("does not repeat the warning that it acknowledges", async () => {
    const run = await deployment.up();
    expect(steps(run)).to.deep.equal([]);
    expect(messages(run, "warning").join("\n"))
      .to.include("stopped working in May 2018")
      .and.not.include("hybrid wizard");
  });

  it("leaves all that was there behind, as it was", async () => {
    const run = await deployment.destroy();
    expect(messages(run, "error")).to.deep.equal([]);
    expect(writes(run)).to.deep.equal(["Disable-PushNotificationProxy"]);
    const { pushNotificationApp, ...rest } = await deployment.organisation();
    const { pushNotificationApp: _, ...same } = former;
    expect(rest).to.deep.equal(same);
    expect(pushNotificationApp?.enabled).to.equal(false);
    expect(await deployment.keyCredentials()).to.have.length(2);
    expect(messages(run, "info").sort()).to.deep.equal([
      `The auth server "ACS - ${deployment.tenantId}" stays: it is not known who created it.`,
      'The partner application "Exchange Online" stays enabled: it is not known whether it was enabled before.',
      "The push notification proxy OnPrem-Proxy is disabled; Exchange keeps its Organization and Uri; it is not known whether it was enabled before.",
    ]);
  });
});
