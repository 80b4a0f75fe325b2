import { expect } from "chai";
import { providerText } from "../provider/kinds";
import { Deployment, messages, steps, writes } from "./deployment";
import { undone } from "./undone";

/** Both starting points of the main job: what an organisation may be like before anything is deployed. */
const beginnings = [
  {
    scenario: "ordinary",
    title: "an organisation with setup's own valid certificate",
    written: ["New-AuthServer", "Enable-PushNotificationProxy"],
  },
  {
    scenario: "expired",
    title: "an organisation whose certificate has expired",
    written: [
      "New-ExchangeCertificate MBX1",
      "Export-ExchangeCertificate MBX1",
      "Import-ExchangeCertificate MBX2",
      "Set-AuthConfig",
      "New-AuthServer",
      "Enable-PushNotificationProxy",
    ],
  },
  {
    scenario: "gone",
    title: "an organisation whose certificate is on no server any more",
    written: [
      "New-ExchangeCertificate MBX1",
      "Export-ExchangeCertificate MBX1",
      "Import-ExchangeCertificate MBX2",
      "Set-AuthConfig",
      "New-AuthServer",
      "Enable-PushNotificationProxy",
    ],
  },
];

for (const { scenario, title, written } of beginnings) {
  describe(`the main job in ${title}`, () => {
    let deployment: Deployment;
    let organisationBefore: Awaited<ReturnType<Deployment["organisation"]>>;
    let credentialsBefore: Awaited<ReturnType<Deployment["keyCredentials"]>>;

    before(async () => {
      deployment = await Deployment.begin({ scenario, program: "root" });
      organisationBefore = await deployment.organisation();
      credentialsBefore = await deployment.keyCredentials();
    });
    after(() => deployment.end());

    it("previews without asking Exchange for anything", async () => {
      const run = await deployment.preview();
      expect(run.succeeded).to.equal(true);
      expect(run.calls).to.deep.equal([]);
      expect(steps(run).sort()).to.deep.equal([
        "create auth-server",
        "create certificate",
        "create key-credential",
        "create partner-application",
        "create prerequisites",
        "create proxy",
      ]);
    });

    it("deploys in the article's order, writing no more than it must", async () => {
      const run = await deployment.up();
      expect(messages(run, "error")).to.deep.equal([]);
      expect(run.succeeded).to.equal(true);
      expect(writes(run)).to.deep.equal(written);
    });

    it("leaves AuthConfig naming a valid certificate that every Mailbox server holds", async () => {
      const { authConfig, servers } = await deployment.organisation();
      const holders = servers
        .filter(({ certificates }) => certificates.some(({ thumbprint }) => thumbprint === authConfig.current))
        .map(({ name }) => name);
      expect(holders).to.deep.equal(["MBX1", "MBX2"]);
      const { thumbprint, notAfter, repair } = await deployment.outputsOf("push-notifications-certificate");
      expect(thumbprint).to.equal(authConfig.current);
      expect(new Date(notAfter as string)).to.be.greaterThan(new Date());
      expect(repair).to.deep.equal([]);
      if (scenario === "ordinary") expect(authConfig).to.deep.equal(organisationBefore.authConfig);
    });

    it("leaves MicrosoftSts with the article's metadata URL, and the proxy enabled for the organisation", async () => {
      const { authServers, pushNotificationApp } = await deployment.organisation();
      expect(authServers.map(({ name, realm, enabled }) => ({ name, realm, enabled }))).to.deep.equal([
        { name: "MicrosoftSts", realm: deployment.tenantId, enabled: true },
      ]);
      expect(authServers[0]?.authMetadataUrl).to.equal(
        "https://accounts.accesscontrol.windows.net/metadata/json/1/?realm=contoso.example",
      );
      expect(pushNotificationApp).to.include({
        enabled: true,
        organization: "contoso.example",
        uri: "https://outlook.office365.com/PushNotifications",
      });
    });

    it("adds one key credential with that thumbprint, and leaves those before it untouched", async () => {
      const credentials = await deployment.keyCredentials();
      expect(credentials.slice(0, -1)).to.deep.equal(credentialsBefore);
      const { thumbprint } = await deployment.outputsOf("push-notifications-certificate");
      expect(credentials.at(-1)?.customKeyIdentifier).to.equal(thumbprint);
    });

    it("gives the outputs that other projects read", async () => {
      const { outputs } = await deployment.preview();
      const { thumbprint, certificatePem, notAfter, organizationId } = await deployment.outputsOf(
        "push-notifications-certificate",
      );
      expect(outputs).to.deep.equal({
        authServerName: "MicrosoftSts",
        authServerRealm: deployment.tenantId,
        certificateNotAfter: notAfter,
        certificatePem,
        certificateThumbprint: thumbprint,
        keyCredentialId: (await deployment.keyCredentials()).at(-1)?.keyId,
        hybrid: "no",
        organizationId,
        partnerApplicationEnabled: true,
        probeResult: "",
        proxyEnabled: true,
        proxyOrganization: "contoso.example",
        proxyStateSource: "last known",
        proxyUri: "https://outlook.office365.com/PushNotifications",
        servers: ["MBX1", "MBX2"].map((name) => ({
          name,
          build: "15.2.2562.17",
          product: "Exchange Server Subscription Edition",
          state: "sufficient",
        })),
        servicePrincipalObjectId: "5d1e8f7a-0c1b-4a2d-9e3f-a1b2c3d4e5f6",
      });
    });

    it("keeps the constant provider text in state, and nothing of the provider's code", async () => {
      const dynamic = Object.values(await deployment.resources()).filter(({ type }) =>
        type.startsWith("pulumi-nodejs:dynamic/exchange:"),
      );
      expect(dynamic.length).to.be.greaterThan(2);
      for (const { type, inputs, outputs } of dynamic) {
        const text = providerText(type.split(":").at(-1) ?? "");
        expect([inputs?.__provider, outputs?.__provider]).to.deep.equal([text, text]);
      }
    });

    it("changes nothing the second time, and asks Exchange for nothing", async () => {
      const run = await deployment.up();
      expect(run.succeeded).to.equal(true);
      expect(steps(run)).to.deep.equal([]);
      expect(run.calls).to.deep.equal([]);
    });

    it("finds nothing to repair in a refresh, which only reads", async () => {
      const run = await deployment.refresh();
      expect(run.succeeded).to.equal(true);
      expect(steps(run)).to.deep.equal([]);
      expect(writes(run)).to.deep.equal([]);
    });

    it("undoes what it did, except what the design says stays", async () => {
      const { thumbprint } = await deployment.outputsOf("push-notifications-certificate");
      const run = await deployment.destroy();
      expect(messages(run, "error")).to.deep.equal([]);
      expect(run.succeeded).to.equal(true);
      expect(await deployment.keyCredentials()).to.deep.equal(credentialsBefore);
      const made = scenario === "ordinary" ? undefined : String(thumbprint);
      expect(undone(await deployment.organisation(), organisationBefore, made)).to.deep.equal(
        undone(organisationBefore, organisationBefore, made),
      );
      const proxy =
        "The push notification proxy OnPrem-Proxy is disabled; Exchange keeps its Organization and Uri; it " +
        "is not known whether it was enabled before.";
      const stays = `The certificate ${made} stays on the servers: AuthConfig names it as its current one.`;
      const partner =
        'The partner application "Exchange Online" stays enabled: it is not known whether it was enabled before.';
      expect(messages(run, "info")).to.deep.equal(made ? [proxy, partner, stays] : [proxy, partner]);
    });
  });
}
