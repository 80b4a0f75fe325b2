import { X509Certificate } from "node:crypto";
import { expect } from "chai";
import type { Properties } from "pulumi-exchange-server/protocol";
import { readOrganisation } from "../../../../sandbox/exchange";
import { ask, exchangeId, refusal, storeOf } from "../asking";
import { organisationOf, removeHomes } from "../homes";

const NAMESPACE = "Microsoft.Exchange.Management.SystemConfigurationTasks";
const ABSENT = "0123456789ABCDEF0123456789ABCDEF01234567";

function thumbprintOf(rawData: unknown): string {
  return new X509Certificate(rawData as Buffer).fingerprint.replaceAll(":", "");
}

describe("Get-ExchangeCertificate", () => {
  after(removeHomes);

  it("lists the session's server only, the newest first, as RawData alone", async () => {
    const { organisation } = await organisationOf();
    await ask(organisation, "New-ExchangeCertificate", { Services: "None", SubjectName: "CN=new" });
    const listed = await ask(organisation, "Get-ExchangeCertificate");
    expect(listed.map((certificate) => Object.keys(certificate))).to.deep.equal(Array(4).fill(["RawData"]));
    const subjects = listed.map(({ RawData }) => new X509Certificate(RawData as Buffer).subject);
    expect(subjects).to.have.members([
      "CN=new",
      "CN=MBX1",
      "CN=Microsoft Exchange Server Auth Certificate",
      "CN=WMSvc-SHA2-MBX1",
    ]);
    expect([subjects[0], subjects[3]]).to.deep.equal(["CN=new", "CN=WMSvc-SHA2-MBX1"]);
  });

  it("lists all where the identity or the thumbprint is null", async () => {
    const { organisation } = await organisationOf();
    expect(await ask(organisation, "Get-ExchangeCertificate", { Identity: null })).to.have.length(3);
    expect(await ask(organisation, "Get-ExchangeCertificate", { Thumbprint: null })).to.have.length(3);
  });

  it("finds one by thumbprint, on the server named by -Server or in the identity", async () => {
    const { organisation, home } = await organisationOf();
    const own = (await storeOf(home, "MBX2")).find(({ subject }) => subject === "CN=MBX2")?.thumbprint as string;
    const ways: Properties[] = [
      { Thumbprint: own.toLowerCase(), Server: "mbx2.corp.contoso.example" },
      { Identity: `MBX2\\${own}` },
      { Identity: own, Server: "MBX2" },
    ];
    for (const parameters of ways) {
      const [found, ...others] = await ask(organisation, "Get-ExchangeCertificate", parameters);
      expect([thumbprintOf(found?.RawData), others]).to.deep.equal([own, []]);
    }
  });

  it("finds those with a domain name", async () => {
    const { organisation } = await organisationOf();
    const found = await ask(organisation, "Get-ExchangeCertificate", { DomainName: ["MBX1.corp.contoso.example"] });
    expect(found.map(({ RawData }) => new X509Certificate(RawData as Buffer).subject)).to.deep.equal(["CN=MBX1"]);
  });

  it("says InvalidOperationException of a thumbprint that a server which was asked lacks", async () => {
    const { organisation } = await organisationOf();
    expect(
      await refusal(organisation, "Get-ExchangeCertificate", { Thumbprint: ABSENT, Server: "MBX2" }),
    ).to.deep.equal({
      reason: "InvalidOperationException",
      category: "InvalidArgument",
      message: `A special Rpc error occurs on server MBX2: The certificate with thumbprint ${ABSENT} was not found.`,
      id: exchangeId("InvalidOperationException", `${NAMESPACE}.GetExchangeCertificate`),
    });
  });

  for (const { what, scenario, server } of [
    { what: "a server out of reach", scenario: "out-of-reach", server: "MBX2" },
    { what: "an Edge server", scenario: "ordinary", server: "EDGE1" },
  ] as const) {
    it(`says anything but that of ${what}`, async () => {
      const { organisation } = await organisationOf(scenario);
      expect(await refusal(organisation, "Get-ExchangeCertificate", { Server: server })).to.deep.equal({
        reason: "RpcClientException",
        category: "ResourceUnavailable",
        message: `The Microsoft Exchange service on server ${server} can't be contacted: the RPC server is unavailable (0x800706BA).`,
        id: exchangeId("RpcClientException", `${NAMESPACE}.GetExchangeCertificate`),
      });
    });
  }

  it("does not know a server that is not in the organisation", async () => {
    const { organisation } = await organisationOf();
    expect(await refusal(organisation, "Get-ExchangeCertificate", { Server: "MBX9" })).to.deep.equal({
      reason: "ManagementObjectNotFoundException",
      category: "NotSpecified",
      message:
        "The operation couldn't be performed because object 'MBX9' couldn't be found on 'DC1.corp.contoso.example'.",
      id: exchangeId("ManagementObjectNotFoundException", `${NAMESPACE}.GetExchangeCertificate`),
    });
  });

  it("takes a thumbprint or an identity, not both", async () => {
    const { organisation } = await organisationOf();
    const { id } = await refusal(organisation, "Get-ExchangeCertificate", { Thumbprint: ABSENT, Identity: "MBX1" });
    expect(id).to.equal(`AmbiguousParameterSet,${NAMESPACE}.GetExchangeCertificate`);
  });

  it("shows every property in a session on the server itself", async () => {
    const { organisation, home } = await organisationOf("on-server");
    const { current } = (await readOrganisation(home)).authConfig;
    const [auth] = await ask(organisation, "Get-ExchangeCertificate", { Thumbprint: current });
    const stored = (await storeOf(home, "MBX1")).find(({ thumbprint }) => thumbprint === current);
    expect(auth).to.deep.equal({
      RawData: Buffer.from(stored?.rawData as string, "base64"),
      Thumbprint: current,
      Identity: `MBX1.corp.contoso.example\\${current}`,
      FriendlyName: "Microsoft Exchange Server Auth Certificate",
      Services: "SMTP",
      Subject: "CN=Microsoft Exchange Server Auth Certificate",
      Issuer: "CN=Microsoft Exchange Server Auth Certificate",
      SerialNumber: stored?.serialNumber,
      SubjectKeyIdentifier: null,
      CertificateDomains: [],
      NotBefore: new Date(stored?.notBefore as string),
      NotAfter: new Date(stored?.notAfter as string),
      PublicKeySize: 2048,
      HasPrivateKey: true,
      PrivateKeyExportable: true,
      IsSelfSigned: true,
      RootCAType: "None",
      Status: "Valid",
    });
  });
});

describe("Remove-ExchangeCertificate", () => {
  after(removeHomes);

  it("takes a certificate that nothing uses out of one server's store", async () => {
    const { organisation, home } = await organisationOf();
    const unused = (await storeOf(home, "MBX2")).find(({ subject }) => subject.startsWith("CN=WMSvc"))
      ?.thumbprint as string;
    expect(
      await ask(organisation, "Remove-ExchangeCertificate", { Thumbprint: unused, Server: "MBX2", Confirm: false }),
    ).to.deep.equal([]);
    expect((await storeOf(home, "MBX2")).map(({ thumbprint }) => thumbprint)).not.to.include(unused);
    expect(await storeOf(home, "MBX1")).to.have.length(3);
  });

  it("asks first unless told not to, and nobody can answer", async () => {
    const { organisation, home } = await organisationOf();
    const unused = (await storeOf(home, "MBX1")).find(({ subject }) => subject.startsWith("CN=WMSvc"))
      ?.thumbprint as string;
    const asking: Properties[] = [{ Thumbprint: unused }, { Thumbprint: unused, Confirm: true }];
    for (const parameters of asking) {
      expect(await refusal(organisation, "Remove-ExchangeCertificate", parameters)).to.deep.equal({
        reason: "MethodInvocationException",
        category: "NotSpecified",
        message:
          "A command that prompts the user failed because the host program or the command type does not support user " +
          "interaction. The host was attempting to request confirmation with the following message: " +
          "Are you sure you want to perform this action?",
        id: "HostException",
      });
    }
    await ask(organisation, "Remove-ExchangeCertificate", { Thumbprint: unused, WhatIf: true });
    expect(await storeOf(home, "MBX1")).to.have.length(3);
  });

  it("refuses the default SMTP certificate", async () => {
    const { organisation, home } = await organisationOf();
    const own = (await storeOf(home, "MBX1")).find(({ subject }) => subject === "CN=MBX1")?.thumbprint as string;
    const { reason, message } = await refusal(organisation, "Remove-ExchangeCertificate", {
      Thumbprint: own,
      Confirm: false,
    });
    expect(reason).to.equal("InvalidOperationException");
    expect(message).to.match(
      /^A special Rpc error occurs on server MBX1: The internal transport certificate cannot be removed/,
    );
  });

  it("refuses a certificate that AuthConfig names, on every server", async () => {
    const { organisation, home } = await organisationOf();
    const { current } = (await readOrganisation(home)).authConfig;
    for (const server of ["MBX1", "MBX2"]) {
      const parameters = { Thumbprint: current, Server: server, Confirm: false };
      expect((await refusal(organisation, "Remove-ExchangeCertificate", parameters)).message).to.equal(
        `A special Rpc error occurs on server ${server}: The certificate with thumbprint ${current} is in use by the authorization configuration and cannot be removed.`,
      );
    }
  });

  it("refuses a certificate bound to IIS alone", async () => {
    const { organisation, home } = await organisationOf();
    await ask(organisation, "New-ExchangeCertificate", { Services: "SMTP", Force: true });
    const own = (await storeOf(home, "MBX1")).find(
      ({ subject, services }) => subject === "CN=MBX1" && services.includes("IIS"),
    );
    const parameters = { Thumbprint: own?.thumbprint as string, Confirm: false };
    expect((await refusal(organisation, "Remove-ExchangeCertificate", parameters)).message).to.equal(
      `A special Rpc error occurs on server MBX1: The certificate with thumbprint ${own?.thumbprint} is bound to IIS and cannot be removed.`,
    );
  });

  it("does not find what is not there", async () => {
    const { organisation } = await organisationOf();
    const { reason } = await refusal(organisation, "Remove-ExchangeCertificate", {
      Thumbprint: ABSENT,
      Confirm: false,
    });
    expect(reason).to.equal("InvalidOperationException");
  });
});
