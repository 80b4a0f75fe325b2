import { expect } from "chai";
import { family } from "../family";
import { begin, crash, crashesAt, expectConverged, titleOf } from "./crashes";
import type { Deployment } from "./deployment";
import { messages } from "./deployment";

const CRASHES = crashesAt(
  "New-ExchangeCertificate",
  "Export-ExchangeCertificate",
  "Import-ExchangeCertificate",
  "Set-AuthConfig",
  "New-AuthServer",
  "Enable-PushNotificationProxy",
);

family("a create that is cut short", () => {
  let deployment: Deployment;

  beforeEach(async () => {
    deployment = await begin();
  });
  afterEach(() => deployment.end());

  for (const fault of CRASHES) {
    it(`converges at the next up: ${titleOf(fault)}`, async () => {
      await crash(deployment, fault, () => deployment.up());
      const next = await deployment.up();
      expect(messages(next, "error")).to.deep.equal([]);
      await expectConverged(deployment);

      // Ours is known by its identifier, whatever was lost; of an auth server found as wanted nobody can tell who made
      // it; and no cmdlet shows the proxy.
      const madeUnseen = fault.cmdlet === "New-AuthServer" && fault.when === "after";
      const provenance = async (name: string) => (await deployment.outputsOf(name)).provenance;
      expect(await provenance("certificate")).to.equal("here");
      expect(await provenance("auth-server")).to.equal(madeUnseen ? "unknown" : "here");
      expect(await provenance("proxy")).to.equal("unknown");
    });
  }
});
