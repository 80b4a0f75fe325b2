import { X509Certificate } from "node:crypto";
import { expect } from "chai";
import type { Properties } from "pulumi-exchange-server/protocol";
import { readOrganisation } from "../../../../sandbox/exchange";
import { ask, exchangeId, refusal, storeOf } from "../asking";
import { organisationOf, removeHomes } from "../homes";

const TYPE = "Microsoft.Exchange.Management.SystemConfigurationTasks.NewExchangeCertificate";
const OURS = {
  FriendlyName: "Exchange S2S OAuth",
  SubjectName: "CN=Microsoft Exchange Server Auth Certificate",
  DomainName: ["corp.contoso.example"],
  Services: "Federation",
  KeySize: 2048,
  PrivateKeyExportable: true,
  SubjectKeyIdentifier: "00a1b2c3d4e5f60718293a4b5c6d7e8f",
};

describe("New-ExchangeCertificate", () => {
  after(removeHomes);

  it("makes what it was asked for, on the server that was named, and returns it as RawData", async () => {
    const { organisation, home } = await organisationOf();
    const [made] = await ask(organisation, "New-ExchangeCertificate", { ...OURS, Server: "MBX2" });
    expect(Object.keys(made as Properties)).to.deep.equal(["RawData"]);
    expect(await storeOf(home, "MBX1")).to.have.length(3);
    const stored = (await storeOf(home, "MBX2"))[3];
    expect(stored?.rawData).to.equal((made?.RawData as Buffer | undefined)?.toString("base64"));
    expect(stored).to.deep.include({
      subject: "CN=Microsoft Exchange Server Auth Certificate",
      domains: ["corp.contoso.example"],
      services: ["Federation"],
      friendlyName: "Exchange S2S OAuth",
      keySize: 2048,
      privateKeyExportable: true,
      subjectKeyIdentifier: "00A1B2C3D4E5F60718293A4B5C6D7E8F",
      privateKey: "[secret]",
    });
    const { validFrom, validTo } = new X509Certificate(made?.RawData as Buffer);
    expect(new Date(validTo).getUTCFullYear() - new Date(validFrom).getUTCFullYear()).to.equal(5);
  });

  it("lets two certificates have one SubjectKeyIdentifier", async () => {
    const { organisation, home } = await organisationOf();
    await ask(organisation, "New-ExchangeCertificate", OURS);
    await ask(organisation, "New-ExchangeCertificate", OURS);
    expect(await storeOf(home, "MBX1")).to.have.length(5);
  });

  it("names the server, and makes no exportable key, where nothing is said", async () => {
    const { organisation, home } = await organisationOf();
    await ask(organisation, "New-ExchangeCertificate", { Services: "None" });
    expect((await storeOf(home, "MBX1"))[3]).to.deep.include({
      subject: "CN=MBX1",
      domains: ["MBX1", "MBX1.corp.contoso.example"],
      services: [],
      friendlyName: "Microsoft Exchange",
      keySize: 2048,
      privateKeyExportable: false,
      subjectKeyIdentifier: "",
    });
  });

  it("adds the server's names where asked to", async () => {
    const { organisation, home } = await organisationOf();
    const include = { IncludeServerFQDN: true, IncludeServerNetBIOSName: true, DomainName: "mbx1.example" };
    await ask(organisation, "New-ExchangeCertificate", { Services: "None", ...include });
    expect((await storeOf(home, "MBX1"))[3]?.domains).to.deep.equal([
      "mbx1.example",
      "MBX1",
      "MBX1.corp.contoso.example",
    ]);
  });

  const { Services: _, ...withoutServices } = OURS;
  const prompts: [string, Properties][] = [
    ["with its default services", withoutServices],
    ["with SMTP among them", { ...OURS, Services: ["SMTP", "Federation"] }],
  ];
  for (const [title, parameters] of prompts) {
    it(`asks ${title} whether to replace the default SMTP certificate, and nobody can answer`, async () => {
      const { organisation, home } = await organisationOf();
      const { id } = await refusal(organisation, "New-ExchangeCertificate", { ...parameters, Confirm: false });
      expect(id).to.equal("HostException");
      expect(await storeOf(home, "MBX1")).to.have.length(3);
    });
  }

  it("replaces the default SMTP certificate under -Force", async () => {
    const { organisation, home } = await organisationOf();
    const [made] = await ask(organisation, "New-ExchangeCertificate", { Force: true });
    const [server] = (await readOrganisation(home)).servers;
    expect(server?.smtpCertificate).to.equal(
      new X509Certificate(made?.RawData as Buffer).fingerprint.replaceAll(":", ""),
    );
  });

  const refusals: { title: string; parameters: Properties; message: string }[] = [
    {
      title: "a friendly name of 64 characters",
      parameters: { FriendlyName: "n".repeat(64) },
      message: "The friendly name must be less than 64 characters.",
    },
    {
      title: "another key size",
      parameters: { KeySize: 3072 },
      message: "The key size 3072 is not valid. Valid values are 1024, 2048 and 4096.",
    },
    {
      title: "a key identifier that is not hexadecimal",
      parameters: { SubjectKeyIdentifier: "xyz" },
      message: "The subject key identifier 'XYZ' is not hexadecimal.",
    },
    {
      title: "a subject that is no name",
      parameters: { SubjectName: "contoso" },
      message: "'contoso' is not a valid X.500 distinguished name.",
    },
    {
      title: "a service that does not exist",
      parameters: { Services: "Federation,FTP" },
      message: "'ftp' is not a service of Exchange.",
    },
    {
      title: "a domain name with a space",
      parameters: { DomainName: ["a b"] },
      message: "A domain name holds characters that no certificate can.",
    },
  ];
  for (const { title, parameters, message } of refusals) {
    it(`refuses ${title}`, async () => {
      const { organisation, home } = await organisationOf();
      expect(await refusal(organisation, "New-ExchangeCertificate", { ...OURS, ...parameters })).to.deep.equal({
        reason: "InvalidOperationException",
        category: "InvalidArgument",
        message: `A special Rpc error occurs on server MBX1: ${message}`,
        id: exchangeId("InvalidOperationException", TYPE),
      });
      expect(await storeOf(home, "MBX1")).to.have.length(3);
    });
  }

  it("takes services or a request, not both", async () => {
    const { organisation } = await organisationOf();
    const { id } = await refusal(organisation, "New-ExchangeCertificate", { ...OURS, GenerateRequest: true });
    expect(id).to.equal(`AmbiguousParameterSet,${TYPE}`);
  });
});
