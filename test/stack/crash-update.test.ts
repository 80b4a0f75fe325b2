import { expect } from "chai";
import { family } from "../family";
import { begin, crash, crashesAt, expectConverged, titleOf } from "./crashes";
import type { Deployment } from "./deployment";
import { messages, writes } from "./deployment";

const YEAR = 365.25 * 24 * 60 * 60 * 1000;

family("an update that is cut short", () => {
  let deployment: Deployment;

  beforeEach(async () => {
    deployment = await begin("ordinary");
    expect(messages(await deployment.up(), "error")).to.deep.equal([]);
  });
  afterEach(() => deployment.end());

  for (const fault of crashesAt("Set-AuthServer", "Enable-PushNotificationProxy")) {
    it(`converges at the next up: ${titleOf(fault)}`, async () => {
      const other = `https://accounts.accesscontrol.windows.net/${deployment.tenantId}/metadata/json/1`;
      deployment.declared = {
        ...deployment.declared,
        authServer: { tenantId: deployment.tenantId, authMetadataUrl: other },
        proxy: { organization: "contoso.example", uri: "https://push.contoso.example/" },
      };
      await crash(deployment, fault, () => deployment.up());
      expect(messages(await deployment.up(), "error")).to.deep.equal([]);
      const { authServers, pushNotificationApp } = await deployment.organisation();
      expect(authServers.map(({ authMetadataUrl }) => authMetadataUrl)).to.deep.equal([other]);
      expect(pushNotificationApp).to.include({ enabled: true, uri: "https://push.contoso.example/" });
      expect((await deployment.outputsOf("auth-server")).provenance).to.equal("here");
      expect(writes(await deployment.up())).to.deep.equal([]);
    });
  }

  for (const fault of crashesAt("New-ExchangeCertificate", "Import-ExchangeCertificate", "Set-AuthConfig")) {
    it(`of an expired certificate converges at the next up: ${titleOf(fault)}`, async () => {
      const former = (await deployment.outputsOf("certificate")).thumbprint;
      await deployment.edit((state) => {
        state.clockOffset += 5 * YEAR;
      });
      await deployment.refresh();
      await crash(deployment, fault, () => deployment.up());
      expect(messages(await deployment.up(), "error")).to.deep.equal([]);
      await expectConverged(deployment);
      expect(await deployment.outputsOf("certificate")).to.include({ provenance: "here", formerThumbprint: former });
    });
  }
});
