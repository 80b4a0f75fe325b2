import { expect } from "chai";
import { parseCertificate } from "../../provider/x509/certificate";
import { family } from "../family";
import { Deployment, messages, type Run, steps, writes } from "./deployment";

const TENANT_URL = "https://accounts.accesscontrol.windows.net/metadata/json/1/?realm=contoso.example";
const YEAR = 365.25 * 24 * 60 * 60 * 1000;

family("drift", () => {
  let deployment: Deployment;

  async function begin(scenario: string): Promise<void> {
    deployment = await Deployment.begin({ scenario, program: "resources" });
    deployment.declared = {
      certificate: {},
      authServer: { tenantId: deployment.tenantId, tenantDomain: "contoso.example" },
      proxy: { organization: "contoso.example" },
    };
    const run = await deployment.up();
    expect(messages(run, "error")).to.deep.equal([]);
  }
  afterEach(() => deployment.end());

  it("of every property of the auth server and the proxy is seen by refresh and repaired by up", async () => {
    await begin("push-app");
    const { AuthMetadataUrl } = (await deployment.exchange("Get-AuthServer", {}))[0] ?? {};
    expect(AuthMetadataUrl).to.equal(TENANT_URL);
    const moved = `https://accounts.accesscontrol.windows.net/${deployment.tenantId}/metadata/json/1`;
    await deployment.exchange("Set-AuthServer", { Identity: "MicrosoftSts", AuthMetadataUrl: moved });
    await deployment.exchange("Set-AuthServer", { Identity: "MicrosoftSts", Enabled: false });
    await deployment.exchange("Enable-PushNotificationProxy", {
      Organization: "fabrikam.example",
      Uri: "https://push.example/",
    });
    await deployment.exchange("Disable-PushNotificationProxy", {});

    const seen = await deployment.refresh();
    expect(steps(seen).sort()).to.deep.equal(["update auth-server", "update proxy"]);
    expect(writes(seen)).to.deep.equal([]);
    expect(await deployment.outputsOf("auth-server")).to.include({ authMetadataUrl: moved, enabled: false });
    const drifted = await deployment.outputsOf("proxy");
    expect(drifted).to.include({ organization: "fabrikam.example", uri: "https://push.example/", enabled: false });
    expect(drifted.repair).to.deep.equal(["not enabled"]);

    const repaired = await deployment.up();
    expect(steps(repaired).sort()).to.deep.equal(["update auth-server", "update proxy"]);
    expect(writes(repaired).sort()).to.deep.equal(["Enable-PushNotificationProxy", "Set-AuthServer"]);
    const { authServers, pushNotificationApp } = await deployment.organisation();
    expect(authServers[0]).to.include({ authMetadataUrl: TENANT_URL, enabled: true });
    expect(pushNotificationApp).to.include({
      enabled: true,
      organization: "contoso.example",
      uri: "https://outlook.office365.com/PushNotifications",
    });
    expect(steps(await deployment.up())).to.deep.equal([]);
  });

  it("of the proxy is not seen where no cmdlet shows it, and the outputs say so", async () => {
    await begin("ordinary");
    await deployment.exchange("Disable-PushNotificationProxy", {});
    expect(steps(await deployment.refresh())).to.deep.equal([]);
    expect(await deployment.outputsOf("proxy")).to.include({ enabled: true, stateSource: "last known" });
  });

  it("that removes the auth server lets the engine drop it, and up makes it again", async () => {
    await begin("ordinary");
    await deployment.exchange("Remove-AuthServer", { Identity: "MicrosoftSts" });
    expect(steps(await deployment.refresh())).to.deep.equal(["delete auth-server"]);
    const repaired = await deployment.up();
    expect(steps(repaired)).to.deep.equal(["create auth-server"]);
    expect(writes(repaired)).to.deep.equal(["New-AuthServer"]);
  });

  it("to another valid certificate is the new truth: outputs follow, and nothing is written", async () => {
    await begin("ordinary");
    const former = (await deployment.outputsOf("certificate")).thumbprint;
    const [made] = await deployment.exchange("New-ExchangeCertificate", {
      Services: "Federation",
      PrivateKeyExportable: true,
      SubjectName: "CN=Made by an administrator",
    });
    const { thumbprint } = parseCertificate(made?.RawData as Uint8Array);
    await deployment.exchange("Set-AuthConfig", { CertificateThumbprint: thumbprint, Force: true });

    expect(writes(await deployment.refresh())).to.deep.equal([]);
    const outputs = await deployment.outputsOf("certificate");
    expect(outputs).to.include({ thumbprint, subject: "CN=Made by an administrator", provenance: "found" });
    expect(outputs.repair).to.deep.equal([]);
    const run = await deployment.up();
    expect(writes(run)).to.deep.equal([]);
    expect(messages(run, "warning").join("\n")).to.contain(`changed from ${former} to ${thumbprint}`);
    expect((await deployment.organisation()).authConfig.current).to.equal(thumbprint);
  });

  it("to a server that lacks the certificate is repaired by a copy, where Exchange exports it", async () => {
    await begin("missing-before-update");
    await deployment.edit(({ servers, authConfig }) => {
      for (const server of servers.filter(({ name }) => name === "MBX2")) {
        server.certificates = server.certificates.filter(({ thumbprint }) => thumbprint !== authConfig.current);
      }
    });
    await deployment.refresh();
    const outputs = await deployment.outputsOf("certificate");
    expect(outputs.repair).to.deep.equal(["missing on MBX2"]);
    expect(outputs.servers).to.deep.equal([
      { name: "MBX1", state: "present" },
      { name: "MBX2", state: "missing" },
    ]);

    const repaired = await deployment.up();
    expect(writes(repaired)).to.deep.equal(["Export-ExchangeCertificate MBX1", "Import-ExchangeCertificate MBX2"]);
    expect((await deployment.outputsOf("certificate")).repair).to.deep.equal([]);
    expect(steps(await deployment.up())).to.deep.equal([]);
  });

  it("to a server that lacks the certificate is a warning, where Exchange refuses the export", async () => {
    await begin("missing");
    const { authConfig } = await deployment.organisation();
    expect((await deployment.outputsOf("certificate")).servers).to.deep.equal([
      { name: "MBX1", state: "present" },
      { name: "MBX2", state: "missing" },
    ]);
    const warnings = (shown: Run) => messages(shown, "warning").filter((text) => text.includes("MBX2"));
    // A service that failed once refuses in the same words: what is refused a second time may not leave, and only then a
    // refresh finds nothing new in it, and the next update has nothing to try.
    expect(steps(await deployment.up())).to.deep.equal(["update certificate"]);
    expect(steps(await deployment.refresh())).to.deep.equal([]);
    const run = await deployment.up();
    expect(steps(run)).to.deep.equal([]);
    expect(writes(run)).to.deep.equal([]);
    expect(warnings(run)).to.deep.equal([
      `AuthConfig's certificate ${authConfig.current} is missing on MBX2, and cannot be copied: MBX1 does not export its ` +
        "key: Exchange answered “A special Rpc error occurs on server MBX1: The auth certificate cannot be exported.” " +
        "(InvalidOperationException). It is kept, since it is valid; copy it from a server's machine store and import it there. " +
        "See https://support.microsoft.com/help/5069337",
    ]);
    expect((await deployment.organisation()).authConfig).to.deep.equal(authConfig);
  });

  it("to a server that cannot be asked is told apart from one that lacks the certificate", async () => {
    await begin("ordinary");
    await deployment.edit((state) => {
      for (const server of state.servers) if (server.name === "MBX2") server.reachable = false;
    });
    const seen = await deployment.refresh();
    expect(messages(seen, "error")).to.deep.equal([]);
    const { servers, repair } = await deployment.outputsOf("certificate");
    expect(servers).to.deep.equal([
      { name: "MBX1", state: "present" },
      { name: "MBX2", state: "unreachable" },
    ]);
    expect(repair).to.deep.equal([]);
    const run = await deployment.up();
    expect(writes(run)).to.deep.equal([]);
    expect(messages(run, "warning").filter((text) => text.includes("MBX2"))).to.have.length(1);
  });

  it("to a server that lacks the certificate never comes about where our shell is on a server that holds it", async () => {
    deployment = await Deployment.begin({ scenario: "missing", program: "resources" });
    await deployment.edit((state) => {
      state.certificatesAsOnServer = true;
    });
    deployment.declared = { certificate: {} };
    const run = await deployment.up();
    expect(writes(run)).to.deep.equal([
      "Export-ExchangeCertificate MBX1",
      "Export-MachineCertificate MBX1.corp.contoso.example",
      "Import-ExchangeCertificate MBX2",
    ]);
    expect(messages(run, "warning")).to.deep.equal([]);
    const { servers, provenance } = await deployment.outputsOf("certificate");
    expect(provenance).to.equal("found");
    expect(servers).to.deep.equal([
      { name: "MBX1", state: "present" },
      { name: "MBX2", state: "present" },
    ]);
  });

  it("by time: an expired certificate is replaced by one on every server, and only then named", async () => {
    await begin("ordinary");
    const former = (await deployment.outputsOf("certificate")).thumbprint;
    await deployment.edit((state) => {
      state.clockOffset += 5 * YEAR;
    });
    await deployment.refresh();
    expect((await deployment.outputsOf("certificate")).repair).to.deep.equal(["expired"]);

    const repaired = await deployment.up();
    expect(messages(repaired, "error")).to.deep.equal([]);
    expect(writes(repaired)).to.deep.equal([
      "New-ExchangeCertificate MBX1",
      "Export-ExchangeCertificate MBX1",
      "Import-ExchangeCertificate MBX2",
      "Set-AuthConfig",
    ]);
    const outputs = await deployment.outputsOf("certificate");
    expect(outputs).to.include({ provenance: "here", formerThumbprint: former });
    expect((await deployment.organisation()).authConfig.current).to.equal(outputs.thumbprint);
  });
});
