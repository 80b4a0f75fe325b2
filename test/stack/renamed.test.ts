import { expect } from "chai";
import { addFaults, type State } from "../../sandbox/exchange";
import { family } from "../family";
import { Deployment, messages, steps, writes } from "./deployment";

const LOST =
  " That resource does not know who created it or its former values, so its destroy may leave it as it " +
  "is; with an alias, a resource that is renamed or moved keeps what it knows.";
const taken = (name: string) => `${name} stays: another resource of this program manages it now.`;

/** What must outlive a new name: everything but when it was written last. */
function setUp({ authConfig, servers, authServers, partnerApplications, pushNotificationApp }: State) {
  return {
    authConfig,
    thumbprints: servers.map(({ certificates }) => certificates.map(({ thumbprint }) => thumbprint)),
    authServers: authServers.map(({ guid, realm, authMetadataUrl, enabled }) => [
      guid,
      realm,
      authMetadataUrl,
      enabled,
    ]),
    partnerApplications: partnerApplications.map(({ guid, enabled }) => [guid, enabled]),
    proxy: pushNotificationApp && [pushNotificationApp.enabled, pushNotificationApp.organization],
  };
}

family("a component under a new name", () => {
  let deployment: Deployment;
  let before: ReturnType<typeof setUp>;
  let keys: number;

  beforeEach(async () => {
    deployment = await Deployment.begin({ scenario: "partner-disabled", program: "arranged" });
    deployment.declared = { arranged: { component: { name: "push-notifications" } } };
    expect(messages(await deployment.up(), "error")).to.deep.equal([]);
    before = setUp(await deployment.organisation());
    keys = (await deployment.keyCredentials()).length;
  });
  afterEach(() => deployment.end());

  it("keeps all that it set up, and says of each object what is no longer known", async () => {
    deployment.declared = { arranged: { component: { name: "pn" } } };
    const run = await deployment.up();
    expect(messages(run, "error")).to.deep.equal([]);
    expect(setUp(await deployment.organisation())).to.deep.equal(before);
    expect(writes(run)).to.deep.equal(["Enable-PushNotificationProxy"]);
    expect(steps(run).filter((step) => step.startsWith("delete")).length).to.equal(6);
    const thumbprint = before.authConfig.current;
    expect(messages(run, "info").sort()).to.deep.equal([
      taken(`The auth certificate ${thumbprint}`),
      taken('The auth server "MicrosoftSts"') + LOST,
      taken('The partner application "Exchange Online"') + LOST,
      taken("The push notification proxy OnPrem-Proxy"),
    ]);
    expect((await deployment.keyCredentials()).length).to.equal(keys);
    expect(steps(await deployment.preview())).to.deep.equal([]);
    await deployment.refresh();
    expect(steps(await deployment.preview())).to.deep.equal([]);
  });

  it("keeps also what is known of it where the up refreshes first, so that destroy takes everything back", async () => {
    deployment.declared = { arranged: { component: { name: "pn" } } };
    const run = await deployment.up({ refresh: true });
    expect(messages(run, "error")).to.deep.equal([]);
    expect(setUp(await deployment.organisation())).to.deep.equal(before);
    expect(messages(run, "info").filter((line) => line.includes(LOST))).to.deep.equal([]);
    expect(messages(run, "warning").filter((line) => line.includes("another stack"))).to.deep.equal([]);
    expect(await deployment.outputsOf("pn-auth-server")).to.include({ provenance: "here" });
    expect(await deployment.outputsOf("pn-partner-application")).to.deep.include({
      provenance: "found",
      adopted: { Enabled: false },
      written: { Enabled: true },
    });
    await deployment.destroy();
    const { authServers, partnerApplications, pushNotificationApp } = await deployment.organisation();
    expect(authServers).to.deep.equal([]);
    expect(partnerApplications.map(({ enabled }) => enabled)).to.deep.equal([false, true]);
    expect(pushNotificationApp?.enabled).to.equal(false);
  });

  it("keeps it where the up failed before its deletes, which the next up does", async () => {
    deployment.declared = { arranged: { component: { name: "pn" } } };
    await addFaults(deployment.home, [{ cmdlet: "Enable-PushNotificationProxy", when: "before", kind: "error" }]);
    expect((await deployment.up()).succeeded).to.equal(false);
    expect(setUp(await deployment.organisation())).to.deep.equal(before);
    const run = await deployment.up();
    expect(messages(run, "error")).to.deep.equal([]);
    expect(setUp(await deployment.organisation())).to.deep.equal(before);
    expect(steps(run).filter((step) => step.startsWith("delete")).length).to.equal(6);
    expect(steps(await deployment.preview())).to.deep.equal([]);
  });

  it("is the same component with one alias, its children included", async () => {
    deployment.declared = { arranged: { component: { name: "pn", aliases: [{ name: "push-notifications" }] } } };
    const run = await deployment.up();
    expect(messages(run, "error")).to.deep.equal([]);
    expect(steps(run)).to.deep.equal([]);
    expect(run.calls).to.deep.equal([]);
    expect(await deployment.outputsOf("pn-auth-server")).to.include({ provenance: "here" });
    expect((await deployment.keyCredentials()).length).to.equal(keys);
  });

  it("leaves what is declared on its own now, and takes it back when that moves in again", async () => {
    const tenant = { tenantId: deployment.tenantId, tenantDomain: "contoso.example" };
    const alone = {
      certificate: { name: "certificate" },
      authServer: { name: "sts", arguments: tenant },
      partnerApplication: { name: "exchange-online" },
      proxy: { name: "proxy", arguments: { organization: "contoso.example" } },
    };
    for (const arranged of [alone, { component: { name: "push-notifications" } }]) {
      deployment.declared = { arranged };
      const run = await deployment.up();
      expect(messages(run, "error")).to.deep.equal([]);
      expect(setUp(await deployment.organisation())).to.deep.equal(before);
      expect(steps(await deployment.preview())).to.deep.equal([]);
    }
  });
});

family("a resource that moves with an alias", () => {
  const COMPONENT = "exchange:index:PushNotificationProxying";
  const AUTH_SERVER = "pulumi-nodejs:dynamic/exchange:ExchangeAuthServer";
  let deployment: Deployment;

  before(async () => {
    deployment = await Deployment.begin({ scenario: "ordinary", program: "arranged" });
    deployment.declared = { arranged: { component: { name: "push-notifications" } } };
    expect(messages(await deployment.up(), "error")).to.deep.equal([]);
  });
  after(() => deployment.end());

  it("is the same one on its own, out of the component", async () => {
    const project = "urn:pulumi:test::exchange-push-notifications";
    const parent = `${project}::${COMPONENT}::push-notifications`;
    const authServer = {
      name: "sts",
      arguments: { tenantId: deployment.tenantId, tenantDomain: "contoso.example" },
      aliases: [{ name: "push-notifications-auth-server", parent }],
    };
    deployment.declared = { arranged: { authServer } };
    const run = await deployment.up();
    expect(messages(run, "error")).to.deep.equal([]);
    expect(steps(run)).to.not.include("create sts");
    expect(writes(run)).to.deep.equal(["Disable-PushNotificationProxy"]);
    expect(await deployment.outputsOf("sts")).to.include({ provenance: "here" });
  });

  it("is the same one within the component", async () => {
    deployment.declared = { arranged: { component: { name: "push-notifications", alone: { [AUTH_SERVER]: "sts" } } } };
    const run = await deployment.up();
    expect(messages(run, "error")).to.deep.equal([]);
    expect(steps(run)).to.include("create proxy").and.not.include("create auth-server").and.not.include("delete sts");
    expect(await deployment.outputsOf("push-notifications-auth-server")).to.include({ provenance: "here" });
  });
});

family("a single resource under a new name", () => {
  let deployment: Deployment;
  const authServer = (name: string, changes: object = {}) => ({
    arranged: {
      authServer: {
        name,
        arguments: { tenantId: deployment.tenantId, tenantDomain: "contoso.example", ...changes },
      },
    },
  });

  beforeEach(async () => {
    deployment = await Deployment.begin({ scenario: "ordinary", program: "arranged" });
    deployment.declared = authServer("sts");
    expect(messages(await deployment.up(), "error")).to.deep.equal([]);
  });
  afterEach(() => deployment.end());

  it("is the same object, whatever else of it changes with the name", async () => {
    const [before] = (await deployment.organisation()).authServers;
    deployment.declared = authServer("tenant", { enabled: false });
    const run = await deployment.up();
    expect(messages(run, "error")).to.deep.equal([]);
    expect(steps(run)).to.deep.equal(["create tenant", "delete sts"]);
    const { authServers } = await deployment.organisation();
    expect(authServers.map(({ guid, enabled }) => [guid, enabled])).to.deep.equal([[before?.guid, false]]);
  });

  it("is taken away where the program declares it no longer, though the up refreshes first", async () => {
    deployment.declared = { arranged: {} };
    const run = await deployment.up({ refresh: true });
    expect(messages(run, "error")).to.deep.equal([]);
    expect(steps(run)).to.include("delete sts");
    expect((await deployment.organisation()).authServers).to.deep.equal([]);
  });

  it("is deleted first and created again when it is replaced", async () => {
    const [before] = (await deployment.organisation()).authServers;
    const run = await deployment.up({ refresh: true, replace: ["**"] });
    expect(messages(run, "error")).to.deep.equal([]);
    expect(writes(run)).to.deep.equal(["Remove-AuthServer", "New-AuthServer"]);
    const { authServers } = await deployment.organisation();
    expect(authServers.map(({ guid }) => guid)).to.not.include(before?.guid);
    expect(await deployment.outputsOf("sts")).to.include({ provenance: "here" });
  });
});

family("two partner applications that change places", () => {
  const GRAPH = "00000003-0000-0000-c000-000000000000";
  const EXCHANGE_ONLINE = "00000002-0000-0ff1-ce00-000000000000";
  let deployment: Deployment;

  before(async () => {
    deployment = await Deployment.begin({ scenario: "partner-disabled", program: "two-applications" });
    await deployment.exchange("Set-PartnerApplication", { Identity: "Microsoft Graph", Enabled: false });
  });
  after(() => deployment.end());

  it("are both enabled still: an update takes nothing back that the other one has now", async () => {
    for (const [first, second] of [
      [EXCHANGE_ONLINE, GRAPH],
      [GRAPH, EXCHANGE_ONLINE],
    ]) {
      deployment.declared = { applications: { first, second } };
      const run = await deployment.up();
      expect(messages(run, "error")).to.deep.equal([]);
      const { partnerApplications } = await deployment.organisation();
      expect(partnerApplications.map(({ enabled }) => enabled)).to.deep.equal([true, true]);
    }
  });
});
