import { expect } from "chai";
import { addFaults } from "../../sandbox/exchange";
import { family } from "../family";
import { NO_GUID } from "../provider/resources/reasons";
import { Deployment, messages, steps, writes } from "./deployment";

const GRAPH = "00000003-0000-0000-c000-000000000000";

describe("a partner application that is disabled", () => {
  let deployment: Deployment;
  const enabled = async () =>
    (await deployment.organisation()).partnerApplications.map(({ name, enabled }) => `${name} ${enabled}`);

  before(async () => {
    deployment = await Deployment.begin({ scenario: "partner-disabled", program: "resources" });
    deployment.declared = { partnerApplication: {} };
  });
  after(() => deployment.end());

  it("is enabled, and what it was before is noted", async () => {
    const run = await deployment.up();
    expect(messages(run, "error")).to.deep.equal([]);
    expect(writes(run)).to.deep.equal(["Set-PartnerApplication"]);
    expect(await enabled()).to.deep.equal(["Exchange Online true", "Microsoft Graph true"]);
    const { guid, ...outputs } = await deployment.outputsOf("partner-application");
    expect(guid).to.equal((await deployment.organisation()).partnerApplications[0]?.guid);
    expect(outputs).to.include({
      applicationIdentifier: "00000002-0000-0ff1-ce00-000000000000",
      enabled: true,
      name: "Exchange Online",
      provenance: "found",
    });
    expect(outputs.adopted).to.deep.equal({ Enabled: false });
    expect((await deployment.resources())["partner-application"]?.id).to.equal(guid);
  });

  it("stays as it is the second time", async () => {
    const run = await deployment.up();
    expect(steps(run)).to.deep.equal([]);
    expect(run.calls).to.deep.equal([]);
  });

  it("is enabled again where somebody disabled it, once a refresh has seen that", async () => {
    await deployment.exchange("Set-PartnerApplication", { Identity: "Exchange Online", Enabled: false });
    const seen = await deployment.refresh();
    expect(writes(seen)).to.deep.equal([]);
    expect(steps(seen)).to.deep.equal(["update partner-application"]);
    const run = await deployment.up();
    expect(steps(run)).to.deep.equal(["update partner-application"]);
    expect(await enabled()).to.deep.equal(["Exchange Online true", "Microsoft Graph true"]);
  });

  it("gives the former one its state back where another is declared", async () => {
    deployment.declared = { partnerApplication: { applicationIdentifier: GRAPH.toUpperCase() } };
    const run = await deployment.up();
    expect(messages(run, "error")).to.deep.equal([]);
    expect(steps(run)).to.deep.equal(["update partner-application"]);
    expect(await enabled()).to.deep.equal(["Exchange Online false", "Microsoft Graph true"]);
    expect(await deployment.outputsOf("partner-application")).to.include({ name: "Microsoft Graph", enabled: true });
    deployment.declared = { partnerApplication: {} };
    await deployment.up();
    expect(await enabled()).to.deep.equal(["Exchange Online true", "Microsoft Graph true"]);
  });

  it("refuses an invalid application id, with an example of a valid one", async () => {
    deployment.declared = { partnerApplication: { applicationIdentifier: "Exchange Online" } };
    const run = await deployment.up();
    expect(messages(run, "error")[0]).to.include(NO_GUID);
    expect(run.calls).to.deep.equal([]);
    deployment.declared = { partnerApplication: {} };
  });

  it("is disabled again by destroy", async () => {
    const run = await deployment.destroy();
    expect(messages(run, "error")).to.deep.equal([]);
    expect(writes(run)).to.deep.equal(["Set-PartnerApplication"]);
    expect(await enabled()).to.deep.equal(["Exchange Online false", "Microsoft Graph true"]);
    expect(messages(run, "info")).to.deep.equal([]);
  });
});

describe("a partner application that is enabled already", () => {
  let deployment: Deployment;

  before(async () => {
    deployment = await Deployment.begin({ scenario: "ordinary", program: "resources" });
    deployment.declared = { partnerApplication: {} };
  });
  after(() => deployment.end());

  it("is left alone, since it is not known who enabled it", async () => {
    const before = await deployment.organisation();
    const run = await deployment.up();
    expect(writes(run)).to.deep.equal([]);
    expect(await deployment.outputsOf("partner-application")).to.include({ enabled: true, provenance: "unknown" });
    const gone = await deployment.destroy();
    expect(writes(gone)).to.deep.equal([]);
    expect(messages(gone, "info")).to.deep.equal([
      'The partner application "Exchange Online" stays enabled: it is not known whether it was enabled before.',
    ]);
    expect(await deployment.organisation()).to.deep.equal(before);
  });

  it("is an error that names the command where there is none", async () => {
    await deployment.edit((state) => {
      state.partnerApplications = [];
    });
    const run = await deployment.up();
    expect(messages(run, "error")[0]).to.equal(
      "Failed while looking for the partner application 00000002-0000-0ff1-ce00-000000000000: no partner " +
        "application without a realm has that application id; Exchange setup creates the one of Exchange " +
        'Online. Create it in the Exchange Management Shell: New-PartnerApplication -Name "Exchange Online" ' +
        "-ApplicationIdentifier 00000002-0000-0ff1-ce00-000000000000 -Enabled $true.",
    );
    expect(writes(run)).to.deep.equal([]);
  });
});

family("a partner application whose enabling was interrupted", () => {
  let deployment: Deployment;

  beforeEach(async () => {
    deployment = await Deployment.begin({ scenario: "partner-disabled", program: "resources" });
    deployment.declared = { partnerApplication: {} };
  });
  afterEach(() => deployment.end());

  const rows = [
    { when: "before" as const, wasDone: false },
    { when: "after" as const, wasDone: true },
  ];
  for (const { when, wasDone } of rows) {
    it(`keeps its former state when Exchange dies ${when} it was written, and the next up converges`, async () => {
      await addFaults(deployment.home, [{ cmdlet: "Set-PartnerApplication", when, kind: "crash" }]);
      expect((await deployment.up()).succeeded).to.equal(false);
      expect((await deployment.organisation()).partnerApplications[0]?.enabled).to.equal(wasDone);
      const half = await deployment.outputsOf("partner-application");
      expect(half.adopted).to.deep.equal({ Enabled: false });
      expect(half.repair).to.deep.equal(["whether Enabled is set is not known"]);
      const run = await deployment.up();
      expect(messages(run, "error")).to.deep.equal([]);
      const outputs = await deployment.outputsOf("partner-application");
      expect(outputs).to.include({ enabled: true, provenance: "found" });
      expect(outputs.repair).to.deep.equal([]);
      await deployment.destroy();
      expect((await deployment.organisation()).partnerApplications[0]?.enabled).to.equal(false);
    });
  }
});

describe("a partner application that another one takes the place of", () => {
  let deployment: Deployment;
  afterEach(() => deployment.end());

  it("gets its own state back even if the new one cannot be written, which the error says; the next up continues", async () => {
    deployment = await Deployment.begin({ scenario: "partner-disabled", program: "resources" });
    await deployment.exchange("Set-PartnerApplication", { Identity: "Microsoft Graph", Enabled: false });
    deployment.declared = { partnerApplication: {} };
    expect(messages(await deployment.up(), "error")).to.deep.equal([]);
    deployment.declared = { partnerApplication: { applicationIdentifier: GRAPH } };
    const fault = { cmdlet: "Set-PartnerApplication", when: "before", kind: "error", skip: 1 } as const;
    await addFaults(deployment.home, [fault]);
    const run = await deployment.up();
    expect(run.succeeded).to.equal(false);
    expect(messages(run, "error")[0])
      .to.match(/^Failed while setting Enabled of the partner application "Microsoft Graph": Exchange answered /)
      .and.match(
        /\. Carried out before that: Set-PartnerApplication \(setting Enabled of the partner application "Exchange Online"\)\.$/,
      );
    const enabled = async () => (await deployment.organisation()).partnerApplications.map((one) => one.enabled);
    expect(await enabled()).to.deep.equal([false, false]);
    expect(messages(await deployment.up(), "error")).to.deep.equal([]);
    expect(await enabled()).to.deep.equal([false, true]);
  });
});

family("a partner application that is there twice", () => {
  let deployment: Deployment;
  const states = async () =>
    (await deployment.organisation()).partnerApplications.map(({ name, enabled }) => `${name} ${enabled}`);
  const doubles = (run: Awaited<ReturnType<Deployment["up"]>>) =>
    messages(run, "warning").filter((line) => line.includes("left over"));

  before(async () => {
    deployment = await Deployment.begin({ scenario: "partner-twice", program: "resources" });
    deployment.declared = { partnerApplication: {} };
  });
  after(() => deployment.end());

  it("is the one in use; the leftover stays as it is, and a warning names both", async () => {
    const run = await deployment.up();
    expect(messages(run, "error")).to.deep.equal([]);
    expect(writes(run)).to.deep.equal([]);
    const [leftover, inUse] = (await deployment.organisation()).partnerApplications;
    expect(doubles(run)).to.deep.equal([
      "The organisation has 2 partner applications of the id 00000002-0000-0ff1-ce00-000000000000 without a realm: " +
        `"Exchange Online" (${inUse?.guid}, enabled), "Exchange Online 2019" (${leftover?.guid}, disabled). This ` +
        "resource has the first of these, and the others stay as they are; remove what is left over with " +
        "Remove-PartnerApplication. See https://learn.microsoft.com/powershell/module/exchange/remove-partnerapplication",
    ]);
    expect(await deployment.outputsOf("partner-application")).to.include({ name: "Exchange Online", enabled: true });
  });

  it("is the same one after a refresh, and whatever else is written to it", async () => {
    await deployment.exchange("Set-PartnerApplication", { Identity: "Exchange Online", Enabled: false });
    await deployment.refresh();
    const run = await deployment.up();
    expect(messages(run, "error")).to.deep.equal([]);
    expect(doubles(run)).to.have.length(1);
    expect(await states()).to.deep.equal(["Exchange Online 2019 false", "Exchange Online true"]);
  });

  it("is the other one where an administrator has gone over to that: none is enabled beside it", async () => {
    await deployment.exchange("Set-PartnerApplication", { Identity: "Exchange Online 2019", Enabled: true });
    await deployment.exchange("Set-PartnerApplication", { Identity: "Exchange Online", Enabled: false });
    await deployment.refresh();
    const run = await deployment.up();
    expect(writes(run)).to.deep.equal([]);
    expect(await deployment.outputsOf("partner-application")).to.include({ name: "Exchange Online 2019" });
    expect(messages(await deployment.destroy(), "error")).to.deep.equal([]);
    expect(await states()).to.deep.equal(["Exchange Online 2019 true", "Exchange Online false"]);
  });
});
