import { readdirSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { parseCertificate } from "../../provider/x509/certificate";
import { family } from "../family";
import { Deployment, messages, writes } from "./deployment";

/**
 * What the script of Microsoft's article does wrong, by number (docs/guide.md names them). Each test fails if the
 * mistake came back.
 */
family("the article's mistakes", () => {
  let deployment: Deployment;
  afterEach(() => deployment.end());

  async function begin(scenario: string): Promise<void> {
    deployment = await Deployment.begin({ scenario, program: "resources" });
    deployment.declared = { certificate: {} };
  }

  async function up() {
    const run = await deployment.up();
    expect(messages(run, "error")).to.deep.equal([]);
    return run;
  }

  /** An administrator's certificate with the friendly name by which the script finds its own. */
  async function addLookalike(server: string): Promise<string> {
    const [made] = await deployment.exchange("New-ExchangeCertificate", {
      FriendlyName: "Exchange S2S OAuth",
      SubjectName: "CN=Somebody else's OAuth",
      Services: "Federation",
      PrivateKeyExportable: true,
      Server: server,
    });
    return parseCertificate(made?.RawData as Uint8Array).thumbprint;
  }

  it("1, services compared as text: no run makes a certificate where a valid one is, nor a second one of ours", async () => {
    await begin("expired");
    expect(writes(await up()).filter((write) => write.startsWith("New-"))).to.have.length(1);
    await deployment.refresh();
    expect(writes(await up())).to.deep.equal([]);
  });

  it("2, validity never checked: an expired certificate is not kept, a valid one is, by Exchange's clock", async () => {
    await begin("clock-ahead");
    expect(writes(await up())).to.deep.equal([]);
    expect(new Date(String((await deployment.outputsOf("certificate")).notAfter))).to.be.greaterThan(
      new Date("2031-03-01T00:00:00Z"),
    );
  });

  it("3, the present certificate ignored: AuthConfig goes on naming setup's own", async () => {
    await begin("ordinary");
    const { authConfig } = await deployment.organisation();
    expect(writes(await up())).to.deep.equal([]);
    expect((await deployment.organisation()).authConfig).to.deep.equal(authConfig);
  });

  it("4 and 5, a friendly name for an identity, the first of several: only what bears our identifier is ours", async () => {
    await begin("unset");
    const lookalikes = [await addLookalike("MBX1"), await addLookalike("MBX1"), await addLookalike("MBX2")];
    await up();
    const { thumbprint, friendlyName } = await deployment.outputsOf("certificate");
    expect(friendlyName).to.equal("Exchange S2S OAuth");
    expect(lookalikes).to.not.include(thumbprint);
    expect((await deployment.organisation()).authConfig.current).to.equal(thumbprint);
  });

  it("6, a count of one thing: an organisation of a single server works", async () => {
    await begin("expired");
    await deployment.edit((state) => {
      state.servers = state.servers.filter(({ name }) => name === "MBX1");
    });
    expect(writes(await up())).to.deep.equal(["New-ExchangeCertificate MBX1", "Set-AuthConfig"]);
  });

  it("7, whatever matches OAuth exported: the PEM is of the certificate that AuthConfig names", async () => {
    await begin("ordinary");
    await addLookalike("MBX1");
    await up();
    const { certificatePem } = await deployment.outputsOf("certificate");
    const der = Buffer.from(String(certificatePem).replace(/-----[^-]+-----|\s/g, ""), "base64");
    expect(parseCertificate(der).thumbprint).to.equal((await deployment.organisation()).authConfig.current);
  });

  it("8, a file at a fixed path: the certificate is an output, and no file is written", async () => {
    await begin("expired");
    const project = path.join(path.dirname(deployment.home), "project");
    const before = readdirSync(project, { recursive: true });
    await up();
    expect(readdirSync(project, { recursive: true })).to.deep.equal(before);
    expect((await deployment.outputsOf("certificate")).certificatePem).to.match(/^-----BEGIN CERTIFICATE-----\n/);
  });

  it("9, a prompt and a switch at once: AuthConfig is set unasked, and only when every server has the certificate", async () => {
    await begin("expired");
    const run = await up();
    const named = run.calls.filter(({ cmdlet }) => cmdlet === "Set-AuthConfig");
    expect(named.map(({ parameters }) => [parameters.Force, parameters.Confirm])).to.deep.equal([[true, false]]);
    expect(writes(run)).to.deep.equal([
      "New-ExchangeCertificate MBX1",
      "Export-ExchangeCertificate MBX1",
      "Import-ExchangeCertificate MBX2",
      "Set-AuthConfig",
    ]);
  });

  it("10, the domain from the environment: it is the server's own, or the one declared", async () => {
    await begin("expired");
    process.env.USERDNSDOMAIN = "somewhere.example";
    try {
      const run = await up();
      const made = run.calls.find(({ cmdlet }) => cmdlet === "New-ExchangeCertificate");
      expect(made?.parameters.DomainName).to.deep.equal(["corp.contoso.example"]);
    } finally {
      delete process.env.USERDNSDOMAIN;
    }
  });

  it("11, an auth server found by its name: the hybrid wizard's is adopted by realm, and put back as it was", async () => {
    await begin("hybrid");
    const before = await deployment.organisation();
    deployment.declared = { authServer: { tenantId: deployment.tenantId, tenantDomain: "contoso.example" } };
    expect(writes(await up())).to.deep.equal(["Set-AuthServer"]);
    const outputs = await deployment.outputsOf("auth-server");
    expect(outputs).to.include({ name: `ACS - ${deployment.tenantId}`, provenance: "found" });
    expect(outputs.adopted).to.deep.equal({ AuthMetadataUrl: before.authServers[0]?.authMetadataUrl });
    await deployment.destroy();
    const after = await deployment.organisation();
    expect(after.authServers.map(({ whenChanged: _changed, ...rest }) => rest)).to.deep.equal(
      before.authServers.map(({ whenChanged: _changed, ...rest }) => rest),
    );
  });

  it("12, a key added again at each run, its dates in local time: once, with the certificate's own dates", async () => {
    const zone = process.env.TZ;
    process.env.TZ = "Pacific/Auckland";
    try {
      deployment = await Deployment.begin({ scenario: "ordinary", program: "root" });
      const before = await deployment.keyCredentials();
      await up();
      await up();
      const [added, ...rest] = (await deployment.keyCredentials()).slice(before.length);
      expect(rest).to.deep.equal([]);
      const { notBefore, notAfter } = await deployment.outputsOf("push-notifications-certificate");
      expect(added).to.include({ startDateTime: notBefore, endDateTime: notAfter });
    } finally {
      if (zone === undefined) delete process.env.TZ;
      else process.env.TZ = zone;
    }
  });

  it("13, another server restarted than probed, and a fixed sleep: one server, until it knows the probe", async () => {
    await begin("on-server");
    deployment.declared = {
      authServer: { tenantId: deployment.tenantId, tenantDomain: "contoso.example" },
      proxy: { organization: "contoso.example" },
      probe: { restartHealthService: true },
    };
    const asked = (await up()).calls.filter(({ cmdlet }) =>
      ["Restart-HealthManager", "Invoke-MonitoringProbe"].includes(cmdlet),
    );
    const [restart, ...probes] = asked.map(({ cmdlet, outcome }) => `${cmdlet} ${outcome}`);
    expect(restart).to.equal("Restart-HealthManager ok");
    expect(probes.at(-1)).to.equal("Invoke-MonitoringProbe ok");
    expect(probes.slice(0, -1).every((probe) => probe === "Invoke-MonitoringProbe TaskException")).to.equal(true);
    expect([...new Set(asked.map(({ parameters }) => parameters.Server))]).to.deep.equal(["MBX1.corp.contoso.example"]);
  });

  it("14, no undo: a proxy that was enabled for another organisation is so again", async () => {
    await begin("proxy-enabled");
    deployment.declared = { proxy: { organization: "contoso.example" } };
    const { pushNotificationApp: before } = await deployment.organisation();
    await up();
    expect((await deployment.organisation()).pushNotificationApp).to.include({ organization: "contoso.example" });
    expect(await deployment.outputsOf("proxy")).to.deep.include({
      provenance: "found",
      adopted: { Enabled: true, Organization: "fabrikam.example", Uri: before?.uri },
    });
    const run = await deployment.destroy();
    expect(messages(run, "info")).to.deep.equal([
      "The push notification proxy OnPrem-Proxy stays enabled: it was enabled before.",
    ]);
    const { pushNotificationApp: after } = await deployment.organisation();
    expect({ ...after, whenChanged: "" }).to.deep.equal({ ...before, whenChanged: "" });
  });

  it("15, no partner application: Exchange Online's is enabled", async () => {
    await begin("partner-disabled");
    deployment.declared = { partnerApplication: {} };
    await up();
    expect((await deployment.organisation()).partnerApplications[0]).to.include({
      name: "Exchange Online",
      enabled: true,
    });
  });
});
