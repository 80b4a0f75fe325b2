import { expect } from "chai";
import { type Properties, Secret } from "pulumi-exchange-server/protocol";
import { readOrganisation } from "../../../../sandbox/exchange";
import type { StoredCertificate } from "../../../../sandbox/exchange/state";
import { importPkcs12 } from "../../../../sandbox/shared/x509/pkcs12";
import { ask, refusal, thumbprintOf } from "../asking";
import { organisationOf, removeHomes } from "../homes";

const OWN = "MBX1.corp.contoso.example";
const OTHER = "MBX2.corp.contoso.example";
const ofServer = async (home: string) => (await readOrganisation(home)).servers[0]?.certificates ?? [];

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
      (await readOrganisation(home)).servers.map(({ healthManagerStarted }) => healthManagerStarted);
    const before = await started();
    await ask(organisation, "Restart-HealthManager", { Server: OWN });
    const after = await started();
    expect(Date.parse(after[0] ?? "")).to.be.greaterThan(Date.parse(before[0] ?? ""));
    expect(after.slice(1)).to.deep.equal(before.slice(1));
  });

  describe("of the machine store", () => {
    const password = new Secret("a random one");
    const parameters = (thumbprint: string) => ({ Server: OWN, Thumbprint: thumbprint, Password: password });

    it("export the auth certificate with its key, which Exchange itself refuses", async () => {
      const { organisation, home } = await organisationOf("on-server");
      const { current } = (await readOrganisation(home)).authConfig;
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

  describe("that make a certificate in the machine store", () => {
    const wish = {
      Server: OWN,
      SubjectName: "CN=Microsoft Exchange Server Auth Certificate",
      DomainName: ["corp.contoso.example"],
      FriendlyName: "Exchange S2S OAuth",
      KeySize: 2048,
      SubjectKeyIdentifier: "8bc41c46141d18a6f600e047f6d9ed17",
      LifetimeDays: 180,
    };

    it("give it the lifetime and the names that are asked for, and a key that may leave", async () => {
      const { organisation, home } = await organisationOf("on-server");
      const before = await ofServer(home);
      const [made, ...others] = await ask(organisation, "New-MachineCertificate", wish);
      expect([Object.keys(made ?? {}), others]).to.deep.equal([["RawData"], []]);
      const certificates = await ofServer(home);
      expect(certificates.slice(0, -1)).to.deep.equal(before);
      const { notBefore, notAfter, ...stored } = certificates.at(-1) as StoredCertificate;
      expect(stored).to.deep.include({
        thumbprint: thumbprintOf(made?.RawData as Buffer),
        privateKey: "[secret]",
        privateKeyExportable: true,
        friendlyName: "Exchange S2S OAuth",
        services: [],
        subject: "CN=Microsoft Exchange Server Auth Certificate",
        domains: ["corp.contoso.example"],
        subjectKeyIdentifier: "8BC41C46141D18A6F600E047F6D9ED17",
        keySize: 2048,
      });
      expect(Date.parse(notAfter) - Date.parse(notBefore)).to.equal(180 * 24 * 60 * 60 * 1000);
    });

    it("make one that AuthConfig may name", async () => {
      const { organisation, home } = await organisationOf("on-server");
      const [made] = await ask(organisation, "New-MachineCertificate", wish);
      const thumbprint = thumbprintOf(made?.RawData as Buffer) as string;
      await ask(organisation, "Set-AuthConfig", { CertificateThumbprint: thumbprint, Force: true, Confirm: false });
      expect((await readOrganisation(home)).authConfig.current).to.equal(thumbprint);
    });

    const refusals: [Properties, string][] = [
      [{ SubjectName: "Exchange" }, '"Exchange" is not a distinguished name'],
      [{ DomainName: ["münchen.example"] }, 'the domain name "münchen.example" is not one of ASCII letters'],
      [{ SubjectKeyIdentifier: "8BC" }, 'the subject key identifier "8BC" is not hexadecimal'],
      [{ LifetimeDays: 0 }, "a lifetime of 0 days ends before it begins"],
    ];
    for (const [wrong, why] of refusals) {
      it(`make none of ${JSON.stringify(wrong)}`, async () => {
        const { organisation, home } = await organisationOf("on-server");
        const before = await readOrganisation(home);
        expect(await refusal(organisation, "New-MachineCertificate", { ...wish, ...wrong })).to.deep.equal({
          reason: "CryptographicException",
          category: "InvalidArgument",
          message: `No certificate is made of this request: ${why}.`,
          id: "CertificateRequestRefused",
        });
        expect(await readOrganisation(home)).to.deep.equal(before);
      });
    }
  });

  const elsewhere = [
    { title: "a session that is a shell on another server", scenario: "on-server", server: OTHER, host: "MBX1" },
    { title: "a session of the endpoint alone", scenario: "ordinary", server: OWN, host: "WORKSTATION" },
  ] as const;
  for (const { title, scenario, server, host } of elsewhere) {
    it(`do nothing in ${title}`, async () => {
      const { organisation, home } = await organisationOf(scenario);
      const before = await readOrganisation(home);
      const exporting = { Thumbprint: "0".repeat(40), Password: new Secret("x") };
      const commands: [string, Properties][] = [
        ["Restart-HealthManager", {}],
        ["Export-MachineCertificate", exporting],
        ["New-MachineCertificate", { SubjectName: "CN=x", KeySize: 2048, SubjectKeyIdentifier: "00", LifetimeDays: 1 }],
        ["Get-ExSetupVersion", {}],
      ];
      for (const [command, parameters] of commands) {
        expect(await refusal(organisation, command, { Server: server, ...parameters })).to.deep.equal({
          reason: "NotOnServerException",
          category: "InvalidOperation",
          message: `The shell runs on ${host}; only ${server} itself can do this.`,
          id: `NotOnServer,${command}`,
        });
      }
      expect(await readOrganisation(home)).to.deep.equal(before);
    });
  }

  it("know no server that is none", async () => {
    const { organisation } = await organisationOf("on-server");
    expect(await refusal(organisation, "Restart-HealthManager", { Server: "MBX9" })).to.include({
      reason: "ManagementObjectNotFoundException",
    });
  });
});
