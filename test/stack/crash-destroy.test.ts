import { expect } from "chai";
import { family } from "../family";
import { begin, crash, crashesAt, titleOf } from "./crashes";
import type { Deployment } from "./deployment";
import { messages } from "./deployment";
import { undone } from "./undone";

family("a destroy that is cut short", () => {
  let deployment: Deployment;
  afterEach(() => deployment.end());

  for (const fault of crashesAt("Disable-PushNotificationProxy", "Remove-AuthServer")) {
    it(`is finished by the next one: ${titleOf(fault)}`, async () => {
      deployment = await begin("ordinary");
      const before = await deployment.organisation();
      await deployment.up();
      await crash(deployment, fault, () => deployment.destroy());
      expect(messages(await deployment.destroy(), "error")).to.deep.equal([]);
      expect(await deployment.resources()).to.deep.equal({});
      expect(undone(await deployment.organisation(), before, undefined)).to.deep.equal(
        undone(before, before, undefined),
      );
    });
  }

  for (const fault of crashesAt("Remove-ExchangeCertificate")) {
    it(`is finished by the next one, where our certificate is no longer named: ${titleOf(fault)}`, async () => {
      deployment = await begin("expired");
      const before = await deployment.organisation();
      await deployment.up();
      // Somebody names another certificate and clears the former one: ours is no longer in use.
      const [other] = before.servers.filter(({ role }) => role === "Mailbox");
      await deployment.edit((state) => {
        state.authConfig.current = other?.smtpCertificate ?? "";
        state.authConfig.previous = "";
      });
      await crash(deployment, fault, () => deployment.destroy());
      expect(messages(await deployment.destroy(), "error")).to.deep.equal([]);
      const { servers } = await deployment.organisation();
      expect(servers.map(({ certificates }) => certificates.length)).to.deep.equal(
        before.servers.map(({ certificates }) => certificates.length),
      );
    });
  }
});
