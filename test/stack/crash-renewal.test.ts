import { expect } from "chai";
import { generationIdentifierOf } from "../../provider/resources/oauth-certificate/identifiers";
import { family } from "../family";
import { crash, crashesAt, titleOf } from "./crashes";
import { Deployment, messages, writes } from "./deployment";

const DAY = 24 * 60 * 60 * 1000;

family("a renewal of the auth certificate that is cut short", () => {
  let deployment: Deployment;

  async function up(certificateGenerations: number[]): Promise<void> {
    deployment.declared = { component: { certificateGenerations } };
    expect(messages(await deployment.up(), "error")).to.deep.equal([]);
  }

  /** The certificates with generation 2's identifier, by server. */
  async function made(): Promise<string[][]> {
    const { authConfig, servers } = await deployment.organisation();
    const identifier = generationIdentifierOf(authConfig.guid, 2);
    return servers
      .filter(({ role }) => role === "Mailbox")
      .map(({ certificates }) =>
        certificates
          .filter(({ subjectKeyIdentifier }) => subjectKeyIdentifier === identifier)
          .map(({ thumbprint }) => thumbprint),
      );
  }

  const known = async () => (await deployment.keyCredentials()).map(({ customKeyIdentifier }) => customKeyIdentifier);

  beforeEach(async () => {
    deployment = await Deployment.begin({ scenario: "ordinary", program: "component" });
    await up([1]);
  });
  afterEach(() => deployment.end());

  for (const fault of crashesAt("New-ExchangeCertificate", "Import-ExchangeCertificate", "Set-AuthConfig")) {
    it(`ahead of the change converges at the next up: ${titleOf(fault)}`, async () => {
      const { current } = (await deployment.organisation()).authConfig;
      deployment.declared = { component: { certificateGenerations: [1, 2] } };
      await crash(deployment, fault, () => deployment.up());
      expect((await deployment.organisation()).authConfig.current).to.equal(current);
      expect(await known()).to.include(current);
      await up([1, 2]);
      const { authConfig } = await deployment.organisation();
      expect(authConfig.current).to.equal(current);
      expect(await made(), "one certificate, on both servers").to.deep.equal([[authConfig.next], [authConfig.next]]);
      expect(await known()).to.include.members([current, authConfig.next]);
      expect(writes(await deployment.up())).to.deep.equal([]);
    });
  }

  for (const fault of crashesAt("Set-AuthConfig")) {
    it(`behind the change converges at the next up: ${titleOf(fault)}`, async () => {
      await up([1, 2]);
      await deployment.edit((state) => {
        // Exchange makes it current, and a day passes.
        state.clockOffset += 33 * DAY;
      });
      await deployment.refresh();
      deployment.declared = { component: { certificateGenerations: [2] } };
      await crash(deployment, fault, () => deployment.up());
      await up([2]);
      const { authConfig } = await deployment.organisation();
      expect(authConfig.previous).to.equal("");
      expect(await made()).to.deep.equal([[authConfig.current], [authConfig.current]]);
      expect(await known()).to.include(authConfig.current);
      expect(writes(await deployment.up())).to.deep.equal([]);
    });
  }

  for (const fault of crashesAt("Remove-ExchangeCertificate")) {
    it(`when it is taken back converges at the next up: ${titleOf(fault)}`, async () => {
      await deployment.edit(({ servers }) => {
        for (const server of servers) if (server.name === "MBX2") server.reachable = false;
      });
      await up([1, 2]);
      deployment.declared = { component: { certificateGenerations: [1] } };
      await crash(deployment, fault, () => deployment.up());
      await up([1]);
      expect(await made()).to.deep.equal([[], []]);
      const { authConfig } = await deployment.organisation();
      expect(authConfig.next).to.equal("");
      expect((await known()).length, "key credentials").to.equal(3);
    });
  }
});
