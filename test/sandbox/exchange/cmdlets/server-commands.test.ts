import { expect } from "chai";
import { type Properties, Secret } from "pulumi-exchange-server/protocol";
import { describeOrganisation } from "../../../../sandbox/exchange";
import { importPkcs12 } from "../../../../sandbox/shared/x509/pkcs12";
import { ask, refusal, thumbprintOf } from "../asking";
import { organisationOf, removeHomes } from "../homes";

const OWN = "MBX1.corp.contoso.example";
const OTHER = "MBX2.corp.contoso.example";

describe("the commands that only a server itself has", () => {
  after(removeHomes);

  it("read the true build, as the file's version has it", async () => {
    const { organisation } = await organisationOf("on-server");
    expect(await ask(organisation, "Get-ExSetupVersion", { Server: OWN })).to.deep.equal([
      { FileVersion: "15.02.2562.041" },
    ]);
  });

  it("restart the health manager", async () => {
    const { organisation, home } = await organisationOf("on-server");
    const started = async () =>
      (await describeOrganisation(home)).servers.map(({ healthManagerStarted }) => healthManagerStarted);
    const before = await started();
    await ask(organisation, "Restart-HealthManager", { Server: OWN });
    const after = await started();
    expect(Date.parse(after[0] ?? "")).to.be.greaterThan(Date.parse(before[0] ?? ""));
    expect(after.slice(1)).to.deep.equal(before.slice(1));
  });

  describe("of the machine store", () => {
    const password = new Secret("a random one");
    const ofServer = async (home: string) => (await describeOrganisation(home)).servers[0]?.certificates ?? [];
    const parameters = (thumbprint: string) => ({ Server: OWN, Thumbprint: thumbprint, Password: password });

    it("export the auth certificate with its key, which Exchange itself refuses", async () => {
      const { organisation, home } = await organisationOf("on-server");
      const { current } = (await describeOrganisation(home)).authConfig;
      const asked = { Thumbprint: current, BinaryEncoded: true, Password: password, Confirm: false };
      expect(await refusal(organisation, "Export-ExchangeCertificate", asked)).to.include({
        reason: "InvalidOperationException",
      });
      const [file] = await ask(organisation, "Export-MachineCertificate", parameters(current));
      const minted = importPkcs12((file as Properties).FileData as Uint8Array, password.reveal());
      expect([minted && thumbprintOf(minted.der), minted?.privateKey === null]).to.deep.equal([current, false]);
    });

    it("keep a key that may not leave, and know no certificate that is not there", async () => {
      const { organisation, home } = await organisationOf("on-server");
      const locked = (await ofServer(home)).find(({ privateKeyExportable }) => !privateKeyExportable);
      expect(await refusal(organisation, "Export-MachineCertificate", parameters(locked?.thumbprint ?? ""))).to.include(
        {
          id: "PrivateKeyNotExportable",
          category: "InvalidArgument",
        },
      );
      expect(await refusal(organisation, "Export-MachineCertificate", parameters("0".repeat(40)))).to.include({
        id: "CertificateNotFoundException",
        category: "ObjectNotFound",
      });
    });
  });

  const elsewhere = [
    { title: "a session that is a shell on another server", scenario: "on-server", server: OTHER },
    { title: "a session of the endpoint alone", scenario: "ordinary", server: OWN },
  ] as const;
  for (const { title, scenario, server } of elsewhere) {
    it(`do nothing in ${title}`, async () => {
      const { organisation, home } = await organisationOf(scenario);
      const before = await describeOrganisation(home);
      const exporting = { Thumbprint: "0".repeat(40), Password: new Secret("x") };
      const commands: [string, Properties][] = [
        ["Restart-HealthManager", {}],
        ["Export-MachineCertificate", exporting],
        ["Get-ExSetupVersion", {}],
      ];
      for (const [command, parameters] of commands) {
        expect(await refusal(organisation, command, { Server: server, ...parameters })).to.deep.equal({
          reason: "NotOnServerException",
          category: "InvalidOperation",
          message: `This session is not a shell on ${server}; it was opened to ${OWN}.`,
          id: "NotOnServer",
        });
      }
      expect(await describeOrganisation(home)).to.deep.equal(before);
    });
  }

  it("know no server that is none", async () => {
    const { organisation } = await organisationOf("on-server");
    expect(await refusal(organisation, "Restart-HealthManager", { Server: "MBX9" })).to.include({
      reason: "ManagementObjectNotFoundException",
    });
  });
});
