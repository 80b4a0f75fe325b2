import { X509Certificate } from "node:crypto";
import { expect } from "chai";
import type { Properties } from "pulumi-exchange-server/protocol";
import { type Organisation, readOrganisation } from "../../../../sandbox/exchange";
import { ask, exchangeId, refusal, storeOf } from "../asking";
import { organisationOf, removeHomes } from "../homes";

const TYPE = "Microsoft.Exchange.Management.SystemConfigurationTasks.SetAuthConfig";
const FORCE = { Force: true, Confirm: false };
const DAY = 24 * 60 * 60 * 1000;

async function make(organisation: Organisation, parameters: Properties = {}): Promise<string> {
  const given = { Services: "Federation", SubjectName: "CN=new", PrivateKeyExportable: true, ...parameters };
  const [made] = await ask(organisation, "New-ExchangeCertificate", given);
  return new X509Certificate(made?.RawData as Buffer).fingerprint.replaceAll(":", "");
}

async function thumbprints(organisation: Organisation): Promise<unknown[]> {
  const [config] = await ask(organisation, "Get-AuthConfig");
  return [
    config?.CurrentCertificateThumbprint,
    config?.PreviousCertificateThumbprint,
    config?.NextCertificateThumbprint,
    config?.NextCertificateEffectiveDate,
  ];
}

describe("Get-AuthConfig", () => {
  after(removeHomes);

  it("returns the recorded properties", async () => {
    const { organisation, home } = await organisationOf();
    const { authConfig } = await readOrganisation(home);
    const installed = new Date(authConfig.whenCreated);
    expect(await ask(organisation, "Get-AuthConfig")).to.deep.equal([
      {
        CurrentCertificateThumbprint: authConfig.current,
        PreviousCertificateThumbprint: "",
        NextCertificateThumbprint: "",
        NextCertificateEffectiveDate: null,
        ServiceName: "00000002-0000-0ff1-ce00-000000000000",
        Realm: "",
        DeploymentId: "",
        IssuerIdentifier: "",
        Name: "Auth Configuration",
        AdminDisplayName: "",
        ExchangeVersion: "0.20 (15.0.0.0)",
        DistinguishedName:
          "CN=Auth Configuration,CN=Contoso,CN=Microsoft Exchange,CN=Services,CN=Configuration,DC=corp,DC=contoso,DC=example",
        Identity: "Auth Configuration",
        Guid: authConfig.guid,
        ObjectCategory: "corp.contoso.example/Configuration/Schema/ms-Exch-Auth-Auth-Config",
        ObjectClass: ["top", "container", "msExchContainer", "msExchAuthAuthConfig"],
        WhenChanged: installed,
        WhenCreated: installed,
        WhenChangedUTC: installed,
        WhenCreatedUTC: installed,
        OrganizationId: "",
        Id: "Auth Configuration",
        OriginatingServer: "DC1.corp.contoso.example",
        IsValid: true,
        ObjectState: "Unchanged",
      },
    ]);
  });

  it("is answered by the domain controller that was asked for", async () => {
    const { organisation } = await organisationOf();
    const [config] = await ask(organisation, "Get-AuthConfig", { DomainController: "dc2.corp.contoso.example" });
    expect(config?.OriginatingServer).to.equal("DC2.corp.contoso.example");
    const { reason, category } = await refusal(organisation, "Get-AuthConfig", { DomainController: "dc9" });
    expect([reason, category]).to.deep.equal(["SuitabilityDirectoryException", "ResourceUnavailable"]);
  });

  for (const [scenario, current] of [
    ["gone", "C3EDCF181EF4F9B53D01768ECA99564014BCA6E7"],
    ["unset", ""],
  ] as const) {
    it(`names what the scenario "${scenario}" says`, async () => {
      const { organisation } = await organisationOf(scenario);
      expect((await thumbprints(organisation))[0]).to.equal(current);
    });
  }
});

describe("Set-AuthConfig", () => {
  after(removeHomes);

  it("names a certificate at once, remembers the former one, and puts it on the servers of the site", async () => {
    const { organisation, home } = await organisationOf();
    const [former] = await thumbprints(organisation);
    const made = await make(organisation);
    await ask(organisation, "Set-AuthConfig", { CertificateThumbprint: made.toLowerCase(), ...FORCE });
    expect(await thumbprints(organisation)).to.deep.equal([made, former, "", null]);
    expect((await storeOf(home, "MBX2")).map(({ thumbprint }) => thumbprint)).to.include(made);
    const { authConfig } = await readOrganisation(home);
    expect(authConfig.whenChanged > authConfig.whenCreated).to.equal(true);
  });

  it("puts nothing on another site, nor anywhere when told to skip that", async () => {
    const two = await organisationOf("two-sites");
    const made = await make(two.organisation);
    await ask(two.organisation, "Set-AuthConfig", { CertificateThumbprint: made, ...FORCE });
    expect((await storeOf(two.home, "MBX2")).map(({ thumbprint }) => thumbprint)).not.to.include(made);

    const { organisation, home } = await organisationOf();
    const other = await make(organisation);
    const skip = { SkipImmediateCertificateDeployment: true };
    await ask(organisation, "Set-AuthConfig", { CertificateThumbprint: other, ...skip, ...FORCE });
    expect((await storeOf(home, "MBX2")).map(({ thumbprint }) => thumbprint)).not.to.include(other);
  });

  it("keeps Previous when the present one is named again", async () => {
    const { organisation } = await organisationOf();
    const [current] = await thumbprints(organisation);
    await ask(organisation, "Set-AuthConfig", { CertificateThumbprint: current as string, ...FORCE });
    expect(await thumbprints(organisation)).to.deep.equal([current, "", "", null]);
  });

  it("stages a next certificate, publishes it and clears the previous one", async () => {
    const { organisation } = await organisationOf();
    const [current] = await thumbprints(organisation);
    const made = await make(organisation);
    const date = new Date(Date.now() + 30 * DAY);
    const stage = { NewCertificateThumbprint: made, NewCertificateEffectiveDate: date, ...FORCE };
    expect((await organisation.invoke("Set-AuthConfig", stage)).warnings).to.deep.equal([]);
    expect(await thumbprints(organisation)).to.deep.equal([current, "", made, date]);
    await ask(organisation, "Set-AuthConfig", { PublishCertificate: true, ...FORCE });
    expect(await thumbprints(organisation)).to.deep.equal([made, current, "", null]);
    await ask(organisation, "Set-AuthConfig", { ClearPreviousCertificate: true, ...FORCE });
    expect(await thumbprints(organisation)).to.deep.equal([made, "", "", null]);
  });

  it("warns of a next certificate that takes effect within 48 hours", async () => {
    const { organisation } = await organisationOf();
    const date = new Date(Date.now() + DAY);
    const stage = { NewCertificateThumbprint: await make(organisation), NewCertificateEffectiveDate: date, ...FORCE };
    expect((await organisation.invoke("Set-AuthConfig", stage)).warnings).to.deep.equal([
      "The effective date is less than 48 hours away. The certificate may not have reached all servers of the organization by then.",
    ]);
  });

  it("asks without -Force, and nobody can answer", async () => {
    const { organisation } = await organisationOf();
    const before = await thumbprints(organisation);
    const made = await make(organisation);
    const { id } = await refusal(organisation, "Set-AuthConfig", { CertificateThumbprint: made, Confirm: false });
    expect(id).to.equal("HostException");
    expect(await thumbprints(organisation)).to.deep.equal(before);
  });

  it("changes nothing under -WhatIf", async () => {
    const { organisation, home } = await organisationOf();
    const made = await make(organisation);
    const before = await readOrganisation(home);
    await ask(organisation, "Set-AuthConfig", { CertificateThumbprint: made, Force: true, WhatIf: true });
    expect(await readOrganisation(home)).to.deep.equal(before);
  });

  it("sets realm and service name, and puts nothing anywhere", async () => {
    const { organisation } = await organisationOf("missing");
    await ask(organisation, "Set-AuthConfig", { Realm: "contoso.example" });
    expect((await ask(organisation, "Get-AuthConfig"))[0]?.Realm).to.equal("contoso.example");
  });

  interface Refused {
    title: string;
    scenario: string;
    parameters: (organisation: Organisation) => Promise<Properties>;
    message: string | RegExp;
  }
  const refusals: Refused[] = [
    {
      title: "a thumbprint that is not in the store of the server which runs it",
      scenario: "ordinary",
      parameters: async (organisation) => ({ CertificateThumbprint: await make(organisation, { Server: "MBX2" }) }),
      message: /^The certificate with thumbprint [0-9A-F]{40} was not found in the certificate store of server MBX1\.$/,
    },
    {
      title: "an expired certificate",
      scenario: "expired",
      parameters: async (organisation) => ({ CertificateThumbprint: (await thumbprints(organisation))[0] as string }),
      message: /^The certificate with thumbprint [0-9A-F]{40} has expired\.$/,
    },
    {
      title: "a small key",
      scenario: "ordinary",
      parameters: async (organisation) => ({ CertificateThumbprint: await make(organisation, { KeySize: 1024 }) }),
      message: /^The certificate with thumbprint [0-9A-F]{40} has a key of less than 2048 bits\.$/,
    },
    {
      title: "an effective date that has passed",
      scenario: "ordinary",
      parameters: async (organisation) => ({
        NewCertificateThumbprint: await make(organisation),
        NewCertificateEffectiveDate: new Date(),
      }),
      message:
        "The new certificate effective date is invalid. The effective date must be greater than the current time.",
    },
    {
      title: "the current certificate as the next one",
      scenario: "ordinary",
      parameters: async (organisation) => ({
        NewCertificateThumbprint: (await thumbprints(organisation))[0] as string,
        NewCertificateEffectiveDate: new Date(Date.now() + 3 * DAY),
      }),
      message: /^The certificate with thumbprint [0-9A-F]{40} is the current certificate\.$/,
    },
    {
      title: "a next certificate without a date",
      scenario: "ordinary",
      parameters: async (organisation) => ({ NewCertificateThumbprint: await make(organisation) }),
      message: "NewCertificateEffectiveDate must be given with the first NewCertificateThumbprint.",
    },
    {
      title: "a next certificate that expires before it would take effect",
      scenario: "ordinary",
      parameters: async (organisation) => ({
        NewCertificateThumbprint: await make(organisation),
        NewCertificateEffectiveDate: new Date(Date.now() + 6 * 365 * DAY),
      }),
      message: /^The certificate with thumbprint [0-9A-F]{40} expires before it would take effect\.$/,
    },
    {
      title: "to publish where nothing is staged",
      scenario: "ordinary",
      parameters: async () => ({ PublishCertificate: true }),
      message: "There is no next certificate to publish.",
    },
    {
      title: "a date without a certificate",
      scenario: "ordinary",
      parameters: async () => ({ NewCertificateEffectiveDate: new Date(Date.now() + DAY) }),
      message: "There is no next certificate: give NewCertificateThumbprint as well.",
    },
  ];
  for (const { title, scenario, parameters, message } of refusals) {
    it(`refuses ${title}`, async () => {
      const { organisation } = await organisationOf(scenario);
      const given = await parameters(organisation);
      const before = await thumbprints(organisation);
      const said = await refusal(organisation, "Set-AuthConfig", { ...given, ...FORCE });
      expect(said).to.deep.include({
        reason: "TaskException",
        category: "InvalidArgument",
        id: exchangeId("TaskException", TYPE),
      });
      if (typeof message === "string") expect(said.message).to.equal(message);
      else expect(said.message).to.match(message);
      expect(await thumbprints(organisation)).to.deep.equal(before);
    });
  }

  it("refuses the next certificate as the current one", async () => {
    const { organisation } = await organisationOf();
    const made = await make(organisation);
    const date = new Date(Date.now() + 3 * DAY);
    await ask(organisation, "Set-AuthConfig", {
      NewCertificateThumbprint: made,
      NewCertificateEffectiveDate: date,
      ...FORCE,
    });
    const { message } = await refusal(organisation, "Set-AuthConfig", { CertificateThumbprint: made, ...FORCE });
    expect(message).to.equal(`The certificate with thumbprint ${made} is the next certificate. Publish it instead.`);
  });

  it("refuses parameters of two sets", async () => {
    const { organisation } = await organisationOf();
    const { id } = await refusal(organisation, "Set-AuthConfig", {
      CertificateThumbprint: "A",
      PublishCertificate: true,
    });
    expect(id).to.equal(`AmbiguousParameterSet,${TYPE}`);
  });
});
