import { createPrivateKey, X509Certificate } from "node:crypto";
import { expect } from "chai";
import { pki } from "node-forge";
import { type CertificateRequest, type Minted, mint, mintedOf } from "../../../sandbox/exchange/x509";

const REQUEST: CertificateRequest = {
  subject: [{ type: "CN", value: "Microsoft Exchange Server Auth Certificate" }],
  domains: [],
  keySize: 2048,
  subjectKeyIdentifier: "",
  notBefore: new Date("2025-01-02T03:04:05.678Z"),
  notAfter: new Date("2030-01-02T03:04:05.678Z"),
  maker: "exchange",
};

function extensionsOf(minted: Minted) {
  const pem = `-----BEGIN CERTIFICATE-----\n${minted.rawData}\n-----END CERTIFICATE-----`;
  return pki.certificateFromPem(pem).extensions.map(({ name, id, critical }) => [name ?? id, critical]);
}

describe("certificates that the organisation makes", () => {
  let setups: Minted;
  before(async () => {
    setups = await mint(REQUEST);
  });

  it("sign themselves with a real RSA key of the asked size", () => {
    const certificate = new X509Certificate(Buffer.from(setups.rawData, "base64"));
    expect(certificate.verify(certificate.publicKey)).to.equal(true);
    expect(certificate.checkPrivateKey(createPrivateKey(setups.privateKey as string))).to.equal(true);
    expect(certificate.publicKey.asymmetricKeyDetails).to.deep.equal({ modulusLength: 2048, publicExponent: 65537n });
    expect(certificate.issuer).to.equal("CN=Microsoft Exchange Server Auth Certificate");
  });

  it("have the extensions of setup's own, recorded from Exchange 2016 and 2019", () => {
    expect(extensionsOf(setups)).to.deep.equal([
      ["keyUsage", true],
      ["extKeyUsage", false],
      ["basicConstraints", true],
    ]);
  });

  it("have alternative names and a key identifier only where asked for", async () => {
    const minted = await mint({ ...REQUEST, domains: ["MBX1", "mbx1.example"], subjectKeyIdentifier: "00AABB" });
    expect(extensionsOf(minted).map(([name]) => name)).to.deep.equal([
      "keyUsage",
      "subjectAltName",
      "extKeyUsage",
      "basicConstraints",
      "subjectKeyIdentifier",
    ]);
    expect(minted).to.deep.include({ domains: ["MBX1", "mbx1.example"], subjectKeyIdentifier: "00AABB" });
  });

  it("have the extensions of IIS's own where IIS makes them", async () => {
    expect(extensionsOf(await mint({ ...REQUEST, maker: "webManagement" }))).to.deep.equal([
      ["extKeyUsage", false],
      ["keyUsage", false],
    ]);
  });

  it("are described as .NET prints them, dates to the second", () => {
    expect(setups).to.deep.include({
      subject: "CN=Microsoft Exchange Server Auth Certificate",
      keySize: 2048,
      domains: [],
      subjectKeyIdentifier: "",
      notBefore: "2025-01-02T03:04:05.000Z",
      notAfter: "2030-01-02T03:04:05.000Z",
    });
    expect(setups.thumbprint).to.match(/^[0-9A-F]{40}$/);
    expect(setups.serialNumber).to.match(/^[0-9A-F]{32}$/);
  });

  it("are described alike from their DER alone", () => {
    const der = Buffer.from(setups.rawData, "base64");
    expect(mintedOf(der, null)).to.deep.equal({ ...setups, privateKey: null });
  });

  it("keep the order of a subject's parts", async () => {
    const subject = [
      { type: "CN", value: "mail.contoso.example" },
      { type: "O", value: "Contoso, Ltd" },
      { type: "S", value: "NRW" },
    ];
    expect((await mint({ ...REQUEST, subject })).subject).to.equal('CN=mail.contoso.example, O="Contoso, Ltd", S=NRW');
  });
});
