import { expect } from "chai";
import { parseCertificate } from "../../provider/x509/certificate";
import { family } from "../family";
import { Deployment, messages, steps, writes } from "./deployment";

family("a value that somebody sets by hand after we wrote ours, and that a refresh has seen", () => {
  let deployment: Deployment;
  afterEach(() => deployment.end());

  it("stays at destroy: the URL of an auth server that was there before", async () => {
    deployment = await Deployment.begin({ scenario: "hybrid", program: "resources" });
    deployment.declared = { authServer: { tenantId: deployment.tenantId, tenantDomain: "contoso.example" } };
    expect(writes(await deployment.up())).to.deep.equal(["Set-AuthServer"]);
    const { name, authMetadataUrl: ours } = await deployment.outputsOf("auth-server");
    const byHand = `https://accounts.accesscontrol.windows.net/metadata/json/1/?realm=${deployment.tenantId}`;
    await deployment.exchange("Set-AuthServer", { Identity: String(name), AuthMetadataUrl: byHand });

    expect(steps(await deployment.refresh())).to.deep.equal(["update auth-server"]);
    expect(await deployment.outputsOf("auth-server")).to.deep.include({
      authMetadataUrl: byHand,
      written: { AuthMetadataUrl: ours },
    });
    const changed = await deployment.organisation();
    const gone = await deployment.destroy();
    expect(messages(gone, "error")).to.deep.equal([]);
    expect(writes(gone)).to.deep.equal([]);
    expect(await deployment.organisation()).to.deep.equal(changed);
  });

  it("stays at destroy: the organisation of a proxy that was enabled before, whose URI becomes the former one", async () => {
    deployment = await Deployment.begin({ scenario: "proxy-enabled", program: "resources" });
    const former = (await deployment.organisation()).pushNotificationApp?.uri;
    deployment.declared = { proxy: { organization: "contoso.example", uri: "https://push.example/" } };
    expect(writes(await deployment.up())).to.deep.equal(["Enable-PushNotificationProxy"]);
    await deployment.exchange("Enable-PushNotificationProxy", {
      Organization: "tailspin.example",
      Uri: "https://push.example/",
    });

    expect(steps(await deployment.refresh())).to.deep.equal(["update proxy"]);
    expect(await deployment.outputsOf("proxy")).to.deep.include({
      organization: "tailspin.example",
      written: { Organization: "contoso.example", Uri: "https://push.example/" },
    });
    const gone = await deployment.destroy();
    expect(messages(gone, "error")).to.deep.equal([]);
    expect(writes(gone)).to.deep.equal(["Enable-PushNotificationProxy"]);
    expect((await deployment.organisation()).pushNotificationApp).to.include({
      enabled: true,
      organization: "tailspin.example",
      uri: former,
    });
  });

  it("stays at destroy: all of a proxy that was enabled before, and nothing is written", async () => {
    deployment = await Deployment.begin({ scenario: "proxy-enabled", program: "resources" });
    deployment.declared = { proxy: { organization: "contoso.example" } };
    await deployment.up();
    await deployment.exchange("Enable-PushNotificationProxy", {
      Organization: "tailspin.example",
      Uri: "https://tailspin.example/",
    });
    await deployment.refresh();
    const changed = await deployment.organisation();
    const gone = await deployment.destroy();
    expect(writes(gone)).to.deep.equal([]);
    expect(messages(gone, "info")).to.deep.equal([
      "The push notification proxy OnPrem-Proxy stays enabled: it was enabled before.",
    ]);
    expect(await deployment.organisation()).to.deep.equal(changed);
  });
});

family("a certificate made here, after AuthConfig was given another and a refresh has seen that", () => {
  let deployment: Deployment;
  afterEach(() => deployment.end());

  it("is removed by destroy once AuthConfig no longer names it, and the other one stays", async () => {
    deployment = await Deployment.begin({ scenario: "expired", program: "resources" });
    deployment.declared = { certificate: {} };
    await deployment.up();
    const { thumbprint: ours } = await deployment.outputsOf("certificate");
    const name = async (subject: string) => {
      const [made] = await deployment.exchange("New-ExchangeCertificate", {
        Services: "Federation",
        PrivateKeyExportable: true,
        SubjectName: `CN=${subject}`,
      });
      const { thumbprint } = parseCertificate(made?.RawData as Uint8Array);
      await deployment.exchange("Set-AuthConfig", { CertificateThumbprint: thumbprint, Force: true });
      return thumbprint;
    };
    // The second naming makes the first the previous one, and ours nobody's.
    await name("First");
    const current = await name("Second");
    await deployment.refresh();
    expect(await deployment.outputsOf("certificate")).to.include({ thumbprint: current, provenance: "found" });

    const gone = await deployment.destroy();
    expect(messages(gone, "error")).to.deep.equal([]);
    expect(writes(gone)).to.deep.equal(["Remove-ExchangeCertificate MBX1", "Remove-ExchangeCertificate MBX2"]);
    const { authConfig, servers } = await deployment.organisation();
    expect(authConfig.current).to.equal(current);
    const left = servers.flatMap(({ certificates }) => certificates.map(({ thumbprint }) => thumbprint));
    expect(left).to.include(current).and.not.include(ours);
  });
});
