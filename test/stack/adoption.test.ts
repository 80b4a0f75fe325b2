import { expect } from "chai";
import { addFaults, readJournal } from "../../sandbox/exchange";
import { Deployment, messages, steps, writes } from "./deployment";

const ARTICLE_URL = "https://accounts.accesscontrol.windows.net/metadata/json/1/?realm=contoso.example";

describe("the auth server of an organisation that the hybrid wizard set up", () => {
  let deployment: Deployment;
  let wizardUrl: string;
  const ofWizard = async () =>
    (await deployment.organisation()).authServers.find(({ type }) => type === "MicrosoftACS");

  beforeEach(async () => {
    deployment = await Deployment.begin({ scenario: "hybrid", program: "resources" });
    wizardUrl = `https://accounts.accesscontrol.windows.net/${deployment.tenantId}/metadata/json/1`;
    deployment.declared = { authServer: { tenantId: deployment.tenantId, tenantDomain: "contoso.example" } };
  });
  afterEach(() => deployment.end());

  it("is adopted under its own name, its URL the article's meanwhile, and put back by destroy", async () => {
    const before = await deployment.organisation();
    const run = await deployment.up();
    expect(messages(run, "error")).to.deep.equal([]);
    expect(writes(run)).to.deep.equal(["Set-AuthServer"]);
    const name = "ACS - 6f1c0b7e-93d4-4a58-8c2e-7d5b1f0a4e63";
    expect(await deployment.outputsOf("auth-server")).to.deep.include({
      name,
      provenance: "found",
      authMetadataUrl: ARTICLE_URL,
      adopted: { AuthMetadataUrl: wizardUrl },
    });
    expect(await ofWizard()).to.include({ name, authMetadataUrl: ARTICLE_URL });
    const gone = await deployment.destroy();
    expect(messages(gone, "info")).to.deep.equal([`The auth server "${name}" stays: it was there before.`]);
    const { authServers } = await deployment.organisation();
    const stamped = { whenChanged: authServers[0]?.whenChanged };
    expect(authServers).to.deep.equal(
      before.authServers.map((server, index) => (index ? server : { ...server, ...stamped })),
    );
  });

  it("keeps the URL that the wizard gave it where the program says the same one, whatever its case and end", async () => {
    const authMetadataUrl = `${wizardUrl.replace("accounts", "ACCOUNTS")}/`;
    deployment.declared = { authServer: { tenantId: deployment.tenantId.toUpperCase(), authMetadataUrl } };
    const run = await deployment.up();
    expect(messages(run, "error")).to.deep.equal([]);
    expect(writes(run)).to.deep.equal([]);
    expect((await ofWizard())?.authMetadataUrl).to.equal(wizardUrl);
    expect(steps(await deployment.up())).to.deep.equal([]);
  });

  it("loses no value that somebody else set since", async () => {
    await deployment.up();
    const elsewhere = `https://accounts.accesscontrol.windows.net/metadata/json/1/?realm=${deployment.tenantId}`;
    await deployment.exchange("Set-AuthServer", {
      Identity: (await ofWizard())?.name ?? "",
      AuthMetadataUrl: elsewhere,
    });
    await deployment.destroy();
    expect((await ofWizard())?.authMetadataUrl).to.equal(elsewhere);
  });

  it("goes to the other cloud's URL with `cloud`, and is the same server", async () => {
    await deployment.up();
    const guid = (await ofWizard())?.guid;
    const authServer = { tenantId: deployment.tenantId, tenantDomain: "contoso.example", cloud: "usGovernment" };
    deployment.declared = { authServer };
    const run = await deployment.up();
    expect(messages(run, "error")).to.deep.equal([]);
    expect(steps(run)).to.deep.equal(["update auth-server"]);
    expect(await ofWizard()).to.include({
      guid,
      authMetadataUrl: "https://login.microsoftonline.us/contoso.example/metadata/json/1",
    });
  });
});

describe("an auth server that is not the tenant's", () => {
  let deployment: Deployment;
  afterEach(() => deployment.end());

  it("keeps its name, and the error asks for another", async () => {
    deployment = await Deployment.begin({ scenario: "name-taken", program: "resources" });
    deployment.declared = { authServer: { tenantId: deployment.tenantId, tenantDomain: "contoso.example" } };
    const before = await deployment.organisation();
    const run = await deployment.up();
    expect(messages(run, "error")[0]).to.equal(
      `Failed while creating the auth server "MicrosoftSts" for the tenant ${deployment.tenantId}: an auth ` +
        "server of that name exists for the realm 0b9c1d2e-3f40-4a5b-8c6d-7e8f90a1b2c3. Choose another " +
        '`name` (`authServerName` of PushNotificationProxying), such as "MicrosoftSts-2", or correct ' +
        "`tenantId`.",
    );
    expect(await deployment.organisation()).to.deep.equal(before);
    deployment.declared = {
      authServer: { tenantId: deployment.tenantId, tenantDomain: "contoso.example", name: "MicrosoftSts-2" },
    };
    expect(messages(await deployment.up(), "error")).to.deep.equal([]);
    expect((await deployment.organisation()).authServers.map(({ name }) => name)).to.deep.equal([
      "MicrosoftSts",
      "MicrosoftSts-2",
    ]);
  });
});

describe("an auth server that somebody makes at the same moment", () => {
  let deployment: Deployment;
  afterEach(() => deployment.end());

  it("is adopted, not a failure", async () => {
    deployment = await Deployment.begin({ scenario: "ordinary", program: "resources" });
    deployment.declared = { authServer: { tenantId: deployment.tenantId, tenantDomain: "contoso.example" } };
    // Our New-AuthServer is held up on its way, so that the other one comes first.
    await addFaults(deployment.home, [{ cmdlet: "New-AuthServer", when: "before", kind: "delay", milliseconds: 5000 }]);
    const deploying = deployment.up();
    await until(async () => (await readJournal(deployment.home)).some(({ cmdlet }) => cmdlet === "Get-AuthServer"));
    await untilFaultsAreTaken();
    await deployment.exchange("New-AuthServer", { Name: "ACS - wizard", AuthMetadataUrl: ARTICLE_URL });
    const run = await deploying;
    expect(messages(run, "error")).to.deep.equal([]);
    expect(await deployment.outputsOf("auth-server")).to.include({ name: "ACS - wizard", provenance: "unknown" });
    expect((await deployment.organisation()).authServers.map(({ name }) => name)).to.deep.equal(["ACS - wizard"]);
  });

  const untilFaultsAreTaken = () => until(async () => (await deployment.organisation()).faults.length === 0);
});

/** Looks again and again, since what happens in another process tells nobody. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 20));
}
