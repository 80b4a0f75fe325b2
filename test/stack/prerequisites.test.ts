import { expect } from "chai";
import { family } from "../family";
import { NO_LIST_OF_SERVERS } from "../provider/resources/reasons";
import { Deployment, messages, steps, writes } from "./deployment";

const BUILDS = "https://learn.microsoft.com/exchange/new-features/build-numbers-and-release-dates";

family("the prerequisites", () => {
  let deployment: Deployment;

  async function begin(scenario: string, prerequisites: object = {}): Promise<void> {
    deployment = await Deployment.begin({ scenario, program: "resources" });
    deployment.declared = { prerequisites };
  }
  afterEach(() => deployment.end());

  it("are met by an ordinary organisation, and leave nothing behind", async () => {
    await begin("ordinary");
    const before = await deployment.organisation();
    const run = await deployment.up();
    expect(messages(run, "error")).to.deep.equal([]);
    expect(writes(run)).to.deep.equal([]);
    const { organizationId, servers, hybrid, warnings } = await deployment.outputsOf("prerequisites");
    expect((await deployment.resources()).prerequisites?.id).to.equal(organizationId);
    expect(organizationId).to.equal((await deployment.organisation()).authConfig.guid);
    const product = "Exchange Server Subscription Edition";
    // The sandbox's servers are at 15.2.2562.41; what AdminDisplayVersion shows stops at the cumulative update.
    expect(servers).to.deep.equal([
      { name: "MBX1", build: "15.2.2562.17", product, state: "sufficient" },
      { name: "MBX2", build: "15.2.2562.17", product, state: "sufficient" },
    ]);
    expect({ hybrid, warnings }).to.deep.equal({ hybrid: "no", warnings: [] });
    expect((await deployment.up()).calls).to.deep.equal([]);
    expect((await deployment.destroy()).calls.map(({ cmdlet }) => cmdlet)).to.deep.equal(["Get-AuthConfig"]);
    expect(await deployment.organisation()).to.deep.equal(before);
  });

  it("say in a preview what they would check, and ask Exchange nothing", async () => {
    await begin("ordinary", { ignoreServers: ["MBX2"] });
    const run = await deployment.preview();
    expect(run.calls).to.deep.equal([]);
    expect(messages(run, "info")).to.deep.equal([
      "Creating or changing this resource checks that every server of version 15 or later, except Edge and MBX2, is at build 15.0.775.38 or later.",
    ]);
  });

  it("list every server that is too old, with its build and where to get the update", async () => {
    await begin("old-servers", { minimumBuild: "15.1.0.0" });
    const run = await deployment.up();
    expect(messages(run, "error")[0]).to.equal(
      "Failed while checking the prerequisites of push-notification proxying: every server of version 15 " +
        "or later, except Edge, must be at 15.1.0.0 or later, but MBX13 runs 15.0.712.24 (Exchange Server 2013). " +
        `Install a current cumulative update there (${BUILDS}), or list the servers to leave out in ` +
        "`ignoreServers`.",
    );
    deployment.declared = { prerequisites: { minimumBuild: "15.2.0.0" } };
    expect(messages(await deployment.up(), "error")[0]).to.include(
      "but MBX13 runs 15.0.712.24 (Exchange Server 2013), MBX16 runs 15.1.2507.6 (Exchange Server 2016). Install",
    );
  });

  it("ignore the servers that the program names, and check again when that changes", async () => {
    await begin("old-servers", { ignoreServers: ["mbx13"] });
    expect(messages(await deployment.up(), "error")).to.deep.equal([]);
    const names = async () =>
      ((await deployment.outputsOf("prerequisites")).servers as { name: string }[]).map(({ name }) => name);
    expect(await names()).to.deep.equal(["MBX16", "MBX19", "SE1"]);
    deployment.declared = { prerequisites: { ignoreServers: ["MBX16", "MBX13"] } };
    const run = await deployment.up();
    expect(steps(run)).to.deep.equal(["update prerequisites"]);
    expect(await names()).to.deep.equal(["MBX19", "SE1"]);
    deployment.declared = { prerequisites: { ignoreServers: ["mbx13", "mbx16"] } };
    expect(steps(await deployment.up())).to.deep.equal([]);
  });

  it("cannot decide a security update over an endpoint, and say so without failing", async () => {
    await begin("ordinary", { minimumBuild: "15.2.2562.41" });
    const run = await deployment.up();
    expect(messages(run, "error")).to.deep.equal([]);
    expect(messages(run, "warning")).to.deep.equal([
      "Whether MBX1 (Exchange Server Subscription Edition, 15.2.2562.17), MBX2 (Exchange Server Subscription Edition, " +
        "15.2.2562.17) is at 15.2.2562.41 or later is not known: AdminDisplayVersion shows no security updates. Read the " +
        `version of ExSetup.exe there, or connect to that server itself. See ${BUILDS}`,
    ]);
  });

  it("decide it on the server itself, and only for that server", async () => {
    await begin("on-server", { minimumBuild: "15.2.2562.41" });
    await deployment.up();
    const { servers } = await deployment.outputsOf("prerequisites");
    const product = "Exchange Server Subscription Edition";
    expect(servers).to.deep.equal([
      { name: "MBX1", build: "15.2.2562.41", product, state: "sufficient" },
      { name: "MBX2", build: "15.2.2562.17", product, state: "unknown" },
    ]);
    deployment.declared = { prerequisites: { minimumBuild: "15.2.2562.53" } };
    expect(messages(await deployment.up(), "error")[0]).to.include("but MBX1 runs 15.2.2562.41");
  });

  it("are reported by a refresh when they are no longer met, and then stop an update", async () => {
    await begin("ordinary");
    await deployment.up();
    await deployment.edit((state) => {
      const restored = state.servers.find(({ name }) => name === "MBX2");
      if (restored) restored.build = "15.0.712.24";
    });
    const seen = await deployment.refresh();
    expect(messages(seen, "error")).to.deep.equal([]);
    expect((await deployment.outputsOf("prerequisites")).repair).to.deep.equal([
      "MBX2 runs 15.0.712.24, below 15.0.775.38",
    ]);
    expect((await deployment.up()).succeeded).to.equal(false);
    await deployment.edit((state) => {
      for (const server of state.servers) server.build = "15.2.2562.41";
    });
    expect(steps(await deployment.up())).to.deep.equal(["update prerequisites"]);
    expect((await deployment.outputsOf("prerequisites")).repair).to.deep.equal([]);
  });

  it("refuse an invalid minimum build, and an invalid list", async () => {
    await begin("ordinary", { minimumBuild: "CU3", ignoreServers: "MBX2" });
    const text = messages(await deployment.up(), "error").join("\n");
    expect(text).to.include("it must be a build of four numbers, such as 15.0.775.38");
    expect(text).to.include(NO_LIST_OF_SERVERS);
  });
});
