import path from "node:path";
import { expect } from "chai";
import { family } from "../family";
import { Deployment, messages, steps, writes } from "./deployment";

const made = (run: Parameters<typeof writes>[0]) => writes(run).filter((write) => write.startsWith("New-"));

family("the certificate of an organisation", () => {
  let deployment: Deployment;

  async function begin(scenario: string, certificate: object = {}): Promise<void> {
    const file = path.join(__dirname, "scenarios", `${scenario}.json`);
    deployment = await Deployment.begin({ scenario: file, program: "resources" });
    deployment.declared = { certificate };
  }
  const clearFaults = () =>
    deployment.edit((state) => {
      state.faults = [];
    });
  const serversNow = async () => (await deployment.outputsOf("certificate")).servers;
  afterEach(() => deployment.end());

  it("that exports nothing is made once, is named with Exchange's answer, and is used once the fault is gone", async () => {
    await begin("export-refused");
    const { authConfig } = await deployment.organisation();
    const run = await deployment.up();
    expect(run.succeeded).to.equal(false);
    expect(made(run)).to.deep.equal(["New-ExchangeCertificate MBX1"]);
    const { thumbprint } = await deployment.outputsOf("certificate");
    const text = messages(run, "error").join("\n");
    expect(text).to.include(
      `Failed while copying the certificate ${thumbprint} to MBX2: MBX1 does not export its key: Exchange answered ` +
        "“The private key couldn't be exported as PKCS-12.” (InvalidOperationException)",
    );
    expect(text).to.include(`The certificate ${thumbprint} stays on MBX1, and AuthConfig does not name it.`);
    const again = await deployment.up();
    expect({ succeeded: again.succeeded, made: made(again) }).to.deep.equal({ succeeded: false, made: [] });
    expect((await deployment.organisation()).authConfig).to.deep.equal(authConfig);
    await clearFaults();
    const repaired = await deployment.up();
    expect(messages(repaired, "error")).to.deep.equal([]);
    expect(writes(repaired)).to.deep.equal([
      "Export-ExchangeCertificate MBX1",
      "Import-ExchangeCertificate MBX2",
      "Set-AuthConfig",
    ]);
    expect((await deployment.organisation()).authConfig.current).to.equal(thumbprint);
  });

  for (const ignoreServers of [[], ["EX10"], ["ex10.corp.contoso.example"]]) {
    it(`is not put on a server of Exchange 2010, with ignoreServers ${JSON.stringify(ignoreServers)}`, async () => {
      await begin("old-server-valid", { ignoreServers });
      const run = await deployment.up();
      expect(messages(run, "error")).to.deep.equal([]);
      expect(messages(run, "warning")).to.deep.equal([]);
      expect(writes(run)).to.deep.equal([]);
      expect(await serversNow()).to.deep.equal([
        { name: "MBX16A", state: "present" },
        { name: "MBX16B", state: "present" },
      ]);
    });

    it(`is not made on a server of Exchange 2010, with ignoreServers ${JSON.stringify(ignoreServers)}`, async () => {
      await begin("old-server-expired", { ignoreServers });
      const run = await deployment.up();
      expect(messages(run, "error")).to.deep.equal([]);
      expect(writes(run)).to.deep.equal([
        "New-ExchangeCertificate MBX16A",
        "Export-ExchangeCertificate MBX16A",
        "Import-ExchangeCertificate MBX16B",
        "Set-AuthConfig",
      ]);
      expect(steps(await deployment.up())).to.deep.equal([]);
    });
  }

  it("goes to every server that takes it, and to the one that did not at the next update", async () => {
    await begin("one-import-fails");
    const run = await deployment.up();
    expect(messages(run, "error")).to.deep.equal([]);
    const { authConfig } = await deployment.organisation();
    expect(messages(run, "warning")).to.deep.equal([
      `AuthConfig's certificate ${authConfig.current} is missing on MBX2, and cannot be copied: Exchange answered “Unknown ` +
        "error (0xe0434352)” (LocalizedException). It is kept, since it is valid; copy it from a server's machine store and " +
        "import it there. See https://support.microsoft.com/help/5069337",
    ]);
    expect(writes(run).slice(1)).to.deep.equal([2, 3, 4].map((number) => `Import-ExchangeCertificate MBX${number}`));
    await deployment.refresh();
    const repaired = await deployment.up();
    expect(writes(repaired)).to.deep.equal(["Export-ExchangeCertificate MBX1", "Import-ExchangeCertificate MBX2"]);
    expect(messages(repaired, "warning")).to.deep.equal([]);
    expect(steps(await deployment.up())).to.deep.equal([]);
  });

  it("is unknown on a server whose list fails, with the reason, and nothing else stops", async () => {
    await begin("one-list-fails");
    const warning = `Whether MBX2 holds the certificate ${(await deployment.organisation()).authConfig.current} is not known: it could not be asked: Exchange answered “Keyset does not exist” (InvalidOperationException).`;
    for (const run of [await deployment.up(), await deployment.refresh(), await deployment.up()]) {
      expect(messages(run, "error")).to.deep.equal([]);
      expect(writes(run)).to.deep.equal([]);
    }
    const { warnings, servers } = await deployment.outputsOf("certificate");
    expect((warnings as { text: string }[]).map(({ text }) => text)).to.deep.equal([warning]);
    expect(servers).to.deep.equal([
      { name: "MBX1", state: "present" },
      { name: "MBX2", state: "unreachable" },
    ]);
    expect((await deployment.destroy()).succeeded).to.equal(true);
    await deployment.up();
    await clearFaults();
    await deployment.refresh();
    expect((await deployment.outputsOf("certificate")).warnings).to.deep.equal([]);
  });

  it("needs no server that is ignored, and says what that one lacks, and which name fits none", async () => {
    await begin("one-list-fails", { ignoreServers: ["mbx2", "GONE"] });
    const run = await deployment.up();
    expect(messages(run, "error")).to.deep.equal([]);
    expect(messages(run, "warning").map((text) => text.slice(0, 65))).to.deep.equal([
      "`ignoreServers` passes over MBX2: no auth certificate is copied t",
      "`ignoreServers` names GONE, and no server of the organisation has",
    ]);
    deployment.declared = { certificate: { ignoreServers: ["gone", "MBX2"] } };
    expect(steps(await deployment.up())).to.deep.equal([]);
    deployment.declared = { certificate: {} };
    expect(steps(await deployment.up())).to.deep.equal(["update certificate"]);
  });

  it("reports a domain controller that is down as such, and not as unreachable servers", async () => {
    await begin("one-list-fails");
    await deployment.edit((state) => {
      for (const { error } of state.faults) if (error) error.reason = "NoSuitableServerFoundException";
    });
    const run = await deployment.up();
    expect(messages(run, "error")[0]).to.equal(
      "Failed while listing the certificates of server MBX2: Exchange answered “Keyset does not exist” " +
        "(NoSuitableServerFoundException). Make sure that a domain controller answers the Exchange server, or name one that " +
        "does in `domainController`, then try again.",
    );
  });
});
