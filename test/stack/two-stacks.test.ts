import { expect } from "chai";
import { family } from "../family";
import { Deployment, messages, steps } from "./deployment";

const perhaps = (name: string) =>
  `${name} was there exactly as this program wants it. If another stack manages it, a destroy of that one takes it ` +
  "away from this one, too: declare it in one stack, and read that one's outputs elsewhere. If a script or an earlier " +
  "run of this stack made it, or it only has a new name in this program, nothing is to be done.";

describe("two stacks on one organisation", () => {
  let deployment: Deployment;

  before(async () => {
    deployment = await Deployment.begin({ scenario: "push-app", program: "resources" });
    deployment.addStack("second");
    deployment.declared = {
      certificate: {},
      authServer: { tenantId: deployment.tenantId, tenantDomain: "contoso.example" },
      partnerApplication: {},
      proxy: { organization: "contoso.example" },
    };
  });
  after(() => deployment.end());

  const doubts = (run: Awaited<ReturnType<Deployment["up"]>>) =>
    messages(run, "warning").filter((line) => line.includes("another stack"));

  it("are not warned of in the first one, not by what setup made either", async () => {
    const run = await deployment.up();
    expect(messages(run, "error")).to.deep.equal([]);
    expect(doubts(run)).to.deep.equal([]);
  });

  it("are warned of in the second one, for each object that the first one's destroy takes away", async () => {
    const run = await deployment.up({ stack: "second" });
    expect(messages(run, "error")).to.deep.equal([]);
    expect(doubts(run).sort()).to.deep.equal([
      perhaps('The auth server "MicrosoftSts"'),
      perhaps("The push notification proxy OnPrem-Proxy"),
    ]);
  });

  it("are of one organisation: destroying the first takes those away, which a refresh of the second sees", async () => {
    const gone = await deployment.destroy();
    expect(messages(gone, "error")).to.deep.equal([]);
    const { authServers, pushNotificationApp } = await deployment.organisation();
    expect(authServers).to.deep.equal([]);
    expect(pushNotificationApp?.enabled).to.equal(false);
    const run = await deployment.up({ stack: "second", refresh: true });
    expect(messages(run, "error")).to.deep.equal([]);
    expect(steps(run)).to.include.members(["create auth-server", "update proxy"]);
    expect((await deployment.organisation()).pushNotificationApp?.enabled).to.equal(true);
  });
});

family("two stacks on one organisation whose proxy no cmdlet shows", () => {
  let deployment: Deployment;

  before(async () => {
    deployment = await Deployment.begin({ scenario: "ordinary", program: "resources" });
    deployment.addStack("second");
    deployment.declared = {
      authServer: { tenantId: deployment.tenantId, tenantDomain: "contoso.example" },
      proxy: { organization: "contoso.example" },
    };
    await deployment.up();
    await deployment.up({ stack: "second" });
  });
  after(() => deployment.end());

  const isEnabled = async () => (await deployment.organisation()).pushNotificationApp?.enabled;

  it("have it disabled by the second one's destroy, too, which leaves the auth server that it found", async () => {
    const gone = await deployment.destroy({ stack: "second" });
    expect(messages(gone, "error")).to.deep.equal([]);
    expect((await deployment.organisation()).authServers).to.have.length(1);
    expect(await isEnabled()).to.equal(false);
  });

  it("have it written again by the second one's next up, after a destroy of the first has disabled it", async () => {
    await deployment.up({ stack: "second" });
    expect(await isEnabled()).to.equal(true);
    await deployment.destroy();
    expect(await isEnabled()).to.equal(false);
    const run = await deployment.up({ stack: "second" });
    expect(messages(run, "error")).to.deep.equal([]);
    expect(steps(run)).to.deep.equal(["update proxy"]);
    expect(messages(run, "info").join("\n")).to.include("another stack has disabled it");
    expect(await isEnabled()).to.equal(true);
    expect(steps(await deployment.up({ stack: "second" })), "nothing is left to do").to.deep.equal([]);
  });

  it("do not tell where nothing was noted on this machine, but write it where the program says that each up does", async () => {
    await deployment.exchange("Disable-PushNotificationProxy", {});
    expect(steps(await deployment.up({ stack: "second" }))).to.deep.equal([]);
    deployment.declared = { ...deployment.declared, proxy: { organization: "contoso.example", alwaysWrite: true } };
    expect(steps(await deployment.up({ stack: "second" }))).to.include("update proxy");
    expect(await isEnabled()).to.equal(true);
  });
});
