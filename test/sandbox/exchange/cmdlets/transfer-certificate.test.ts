import { X509Certificate } from "node:crypto";
import { expect } from "chai";
import { type Properties, Secret } from "pulumi-exchange-server/protocol";
import { type Organisation, readOrganisation } from "../../../../sandbox/exchange";
import { importPkcs12 } from "../../../../sandbox/shared/x509/pkcs12";
import { ask, refusal, storeOf, thumbprintOf } from "../asking";
import { organisationOf, removeHomes } from "../homes";

const OURS = { Services: "Federation", PrivateKeyExportable: true, FriendlyName: "Exchange S2S OAuth" };
const PASSWORD = new Secret("correct horse");

async function make(organisation: Organisation, parameters: Properties = {}): Promise<string> {
  const [made] = await ask(organisation, "New-ExchangeCertificate", { ...OURS, ...parameters });
  return new X509Certificate(made?.RawData as Buffer).fingerprint.replaceAll(":", "");
}

async function exported(organisation: Organisation, thumbprint: string): Promise<Buffer> {
  const parameters = { Thumbprint: thumbprint, BinaryEncoded: true, Password: PASSWORD };
  const [file] = await ask(organisation, "Export-ExchangeCertificate", parameters);
  return file?.FileData as Buffer;
}

describe("Export- and Import-ExchangeCertificate", () => {
  after(removeHomes);

  it("carry certificate and key to another server, encrypted under the password", async () => {
    const { organisation, home } = await organisationOf();
    const thumbprint = await make(organisation);
    const file = await exported(organisation, thumbprint);
    expect(importPkcs12(file, "wrong")).to.equal(undefined);
    expect(importPkcs12(file, "correct horse")?.privateKey).to.match(/^-----BEGIN PRIVATE KEY-----/);
    const parameters = { FileData: file, Password: PASSWORD, PrivateKeyExportable: true, Server: "MBX2" };
    const [arrived] = await ask(organisation, "Import-ExchangeCertificate", parameters);
    expect(new X509Certificate(arrived?.RawData as Buffer).fingerprint.replaceAll(":", "")).to.equal(thumbprint);
    const [there] = (await storeOf(home, "MBX2")).slice(-1);
    expect(there).to.deep.include({ thumbprint, privateKey: "[secret]", privateKeyExportable: true, services: [] });
  });

  it("make the key unexportable by default on import", async () => {
    const { organisation, home } = await organisationOf();
    const file = await exported(organisation, await make(organisation));
    await ask(organisation, "Import-ExchangeCertificate", { FileData: file, Password: PASSWORD, Server: "MBX2" });
    expect((await storeOf(home, "MBX2")).at(-1)?.privateKeyExportable).to.equal(false);
  });

  it("write base64 text where binary was not asked for", async () => {
    const { organisation } = await organisationOf();
    const thumbprint = await make(organisation);
    const [file] = await ask(organisation, "Export-ExchangeCertificate", {
      Thumbprint: thumbprint,
      Password: PASSWORD,
    });
    const bytes = Buffer.from(String(file?.FileData), "base64");
    expect(thumbprintOf(importPkcs12(bytes, "correct horse")?.der)).to.equal(thumbprint);
  });

  it("leave the key behind where no password was given", async () => {
    const { organisation } = await organisationOf();
    const thumbprint = await make(organisation);
    const [file] = await ask(organisation, "Export-ExchangeCertificate", {
      Thumbprint: thumbprint,
      BinaryEncoded: true,
    });
    const imported = importPkcs12(file?.FileData as Buffer, null);
    expect({ thumbprint: thumbprintOf(imported?.der), privateKey: imported?.privateKey }).to.deep.equal({
      thumbprint,
      privateKey: null,
    });
  });

  it("refuse a wrong password", async () => {
    const { organisation, home } = await organisationOf();
    const file = await exported(organisation, await make(organisation));
    const parameters = { FileData: file, Password: new Secret("wrong"), Server: "MBX2" };
    expect((await refusal(organisation, "Import-ExchangeCertificate", parameters)).message).to.equal(
      "A special Rpc error occurs on server MBX2: The data is no certificate, or the password is not correct.",
    );
    expect(await storeOf(home, "MBX2")).to.have.length(3);
  });

  it("refuse a certificate that the server has", async () => {
    const { organisation } = await organisationOf();
    const thumbprint = await make(organisation);
    const parameters = { FileData: await exported(organisation, thumbprint), Password: PASSWORD };
    expect((await refusal(organisation, "Import-ExchangeCertificate", parameters)).message).to.equal(
      `A special Rpc error occurs on server MBX1: Cannot import certificate. A certificate with the thumbprint ${thumbprint} already exists.`,
    );
  });

  it("refuse a key that may not leave its server", async () => {
    const { organisation } = await organisationOf();
    const thumbprint = await make(organisation, { PrivateKeyExportable: false });
    const parameters = { Thumbprint: thumbprint, BinaryEncoded: true, Password: PASSWORD };
    expect(await refusal(organisation, "Export-ExchangeCertificate", parameters)).to.deep.include({
      reason: "InvalidOperationException",
      category: "InvalidArgument",
      message: `A special Rpc error occurs on server MBX1: The private key of the certificate with thumbprint ${thumbprint} is not exportable.`,
    });
  });

  it("refuse the auth certificate since the update of October 2025", async () => {
    const { organisation, home } = await organisationOf();
    const { current } = (await readOrganisation(home)).authConfig;
    const parameters = { Thumbprint: current, BinaryEncoded: true, Password: PASSWORD };
    expect((await refusal(organisation, "Export-ExchangeCertificate", parameters)).message).to.equal(
      "A special Rpc error occurs on server MBX1: The auth certificate cannot be exported.",
    );
  });

  it("carry the auth certificate before that update", async () => {
    const { organisation, home } = await organisationOf("missing-before-update");
    const { current } = (await readOrganisation(home)).authConfig;
    const file = await exported(organisation, current);
    await ask(organisation, "Import-ExchangeCertificate", { FileData: file, Password: PASSWORD, Server: "MBX2" });
    expect((await storeOf(home, "MBX2")).at(-1)?.thumbprint).to.equal(current);
  });

  it("refuse a password as plain text", async () => {
    const { organisation } = await organisationOf();
    const { id } = await refusal(organisation, "Export-ExchangeCertificate", { Thumbprint: "AB", Password: "plain" });
    expect(id).to.equal(
      "ParameterArgumentTransformationError,Microsoft.Exchange.Management.SystemConfigurationTasks.ExportExchangeCertificate",
    );
  });
});
