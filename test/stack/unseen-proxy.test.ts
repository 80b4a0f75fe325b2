import { rmSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { family } from "../family";
import { begin, type Crash, crash, crashesAt, titleOf } from "./crashes";
import { type Deployment, messages, steps, writes } from "./deployment";

const CUT_SHORT =
  "The push notification proxy OnPrem-Proxy is to be updated: whether it is enabled is not known: an operation that wrote " +
  "it was cut short, or another stack has disabled it.";
const OTHER_URI = "https://push.contoso.example/";

family("a proxy that no cmdlet shows", () => {
  let deployment: Deployment;

  beforeEach(async () => {
    deployment = await begin("ordinary");
    deployment.declared = { proxy: { organization: "contoso.example" } };
    expect(messages(await deployment.up(), "error")).to.deep.equal([]);
  });
  afterEach(() => deployment.end());

  /** The next `up` writes the proxy and says why, and the one after it does nothing. */
  async function expectWritten(): Promise<void> {
    const previewed = await deployment.preview();
    expect(steps(previewed)).to.deep.equal(["update proxy"]);
    expect(messages(previewed, "info")).to.deep.equal([CUT_SHORT]);
    const run = await deployment.up();
    expect(messages(run, "error")).to.deep.equal([]);
    expect(messages(run, "info")).to.deep.equal([CUT_SHORT]);
    expect(writes(run)).to.deep.equal(["Enable-PushNotificationProxy"]);
    const { pushNotificationApp } = await deployment.organisation();
    expect(pushNotificationApp).to.include({ enabled: true, organization: "contoso.example" });
    expect(await deployment.outputsOf("proxy")).to.deep.include({ repair: [], stateSource: "last known" });
    const again = await deployment.up();
    expect([...steps(again), ...messages(again, "info")]).to.deep.equal([]);
  }

  for (const fault of crashesAt("Disable-PushNotificationProxy")) {
    it(`is written by the up after a destroy that was cut short: ${titleOf(fault)}`, async () => {
      await crash(deployment, fault, () => deployment.destroy());
      await expectWritten();
    });
  }

  it("is shown in repair by the refresh after an interrupted destroy", async () => {
    const fault: Crash = { cmdlet: "Disable-PushNotificationProxy", when: "after", kind: "crash" };
    await crash(deployment, fault, () => deployment.destroy());
    expect(steps(await deployment.refresh())).to.deep.equal(["update proxy"]);
    expect((await deployment.outputsOf("proxy")).repair).to.deep.equal([
      "whether it is enabled is not known: an operation that wrote it was cut short, or another stack has disabled it",
    ]);
    // From here on the state knows it, on every machine.
    rmSync(path.join(deployment.home, "pulumi-home"), { recursive: true });
    await expectWritten();
  });

  for (const fault of crashesAt("Enable-PushNotificationProxy")) {
    it(`is written by the up after an update that was cut short and taken back: ${titleOf(fault)}`, async () => {
      deployment.declared = { proxy: { organization: "contoso.example", uri: OTHER_URI } };
      await crash(deployment, fault, () => deployment.up());
      deployment.declared = { proxy: { organization: "contoso.example" } };
      await expectWritten();
      expect((await deployment.organisation()).pushNotificationApp?.uri).to.equal(
        "https://outlook.office365.com/PushNotifications",
      );
    });
  }

  it("is not written again after a destroy that ended, a new up, or an update", async () => {
    await deployment.destroy();
    expect(steps(await deployment.up())).to.deep.equal(["create proxy"]);
    expect(steps(await deployment.up())).to.deep.equal([]);
    deployment.declared = { proxy: { organization: "contoso.example", uri: OTHER_URI } };
    expect(steps(await deployment.up())).to.deep.equal(["update proxy"]);
    expect(steps(await deployment.refresh())).to.deep.equal([]);
    expect(steps(await deployment.up())).to.deep.equal([]);
  });

  it("is written by each up where the program asks for that, and each preview says why", async () => {
    deployment.declared = { proxy: { organization: "contoso.example", alwaysWrite: true } };
    await deployment.exchange("Disable-PushNotificationProxy", {});
    expect(steps(await deployment.refresh())).to.deep.equal([]);
    const why =
      "The push notification proxy OnPrem-Proxy is to be updated: no cmdlet shows whether it is as declared, and " +
      "`alwaysWrite` asks to write it each time.";
    expect(messages(await deployment.preview(), "info")).to.deep.equal([why]);
    for (const _time of ["first", "second"]) {
      const run = await deployment.up();
      expect(steps(run)).to.deep.equal(["update proxy"]);
      expect(writes(run)).to.deep.equal(["Enable-PushNotificationProxy"]);
      expect(messages(run, "info")).to.deep.equal([why]);
    }
    expect((await deployment.organisation()).pushNotificationApp).to.include({ enabled: true });
  });

  it("is written by a replacement that the user asks for, which disables it for that moment", async () => {
    await deployment.exchange("Disable-PushNotificationProxy", {});
    const { urn } = (await deployment.resources()).proxy ?? {};
    const run = await deployment.up({ replace: [String(urn)] });
    expect(messages(run, "error")).to.deep.equal([]);
    expect(writes(run)).to.deep.equal(["Disable-PushNotificationProxy", "Enable-PushNotificationProxy"]);
    expect((await deployment.organisation()).pushNotificationApp).to.include({ enabled: true });
    expect(steps(await deployment.up())).to.deep.equal([]);
  });

  it("that is gone is no reason for a destroy to fail", async () => {
    await deployment.edit((state) => {
      state.pushNotificationApp = null;
    });
    const run = await deployment.destroy();
    expect(messages(run, "error")).to.deep.equal([]);
    expect(messages(run, "info")).to.deep.equal([
      "The push notification proxy OnPrem-Proxy no longer exists: there was nothing to disable.",
    ]);
    expect(await deployment.resources()).to.deep.equal({});
  });
});
