import { cp, rm } from "node:fs/promises";
import path from "node:path";
import { expect } from "chai";
import type { Properties } from "pulumi-exchange-server/protocol";
import { startTenant } from "../../../../sandbox/entra";
import { type Organisation, openOrganisation, readOrganisation } from "../../../../sandbox/exchange";
import { ask, exchangeId, refusal } from "../asking";
import { emptyHome, makeHome, removeHomes } from "../homes";
import { metadataOf, serveMetadata } from "../metadata-host";

const NAMESPACE = "Microsoft.Exchange.Management.SystemConfigurationTasks";
const ACS = "https://accounts.accesscontrol.windows.net";
const TENANT = "6f1c0b7e-93d4-4a58-8c2e-7d5b1f0a4e63";
const OTHER = "0b9c1d2e-3f40-4a5b-8c6d-7e8f90a1b2c3";
const URL = `${ACS}/metadata/json/1/?realm=contoso.example`;
const OTHER_URL = `${ACS}/metadata/json/1/?realm=fabrikam.example`;
const PATHS = {
  "/metadata/json/1/?realm=contoso.example": metadataOf(TENANT),
  [`/${TENANT}/metadata/json/1`]: metadataOf(TENANT),
  "/metadata/json/1/?realm=fabrikam.example": metadataOf(OTHER),
  "/metadata/json/1/?realm=page.example": "<html>no metadata</html>",
  "/metadata/json/1/?realm=empty.example": "{}",
};

describe("the auth server cmdlets", () => {
  let home: string;
  let organisation: Organisation;
  let host: { close(): Promise<void> };

  let address: string;

  before(async () => {
    address = await emptyHome();
    host = await serveMetadata(address, PATHS);
  });
  after(async () => {
    await host.close();
    await removeHomes();
  });

  /** A fresh organisation, which finds the metadata at the one host of all these tests. */
  async function start(scenario = "ordinary"): Promise<void> {
    home = await makeHome(scenario);
    await cp(path.join(address, "entra"), path.join(home, "entra"), { recursive: true });
    organisation = await openOrganisation(home);
  }

  const sts = { Name: "MicrosoftSts", AuthMetadataUrl: URL };

  it("make a server of type MicrosoftACS from the metadata of its URL", async () => {
    await start();
    const made = await ask(organisation, "New-AuthServer", sts);
    const [stored] = (await readOrganisation(home)).authServers;
    const now = new Date(stored?.whenCreated as string);
    expect(made).to.deep.equal([
      {
        IssuerIdentifier: "00000001-0000-0000-c000-000000000000",
        TokenIssuingEndpoint: `${ACS}/${TENANT}/tokens/OAuth/2`,
        AuthorizationEndpoint: "",
        ApplicationIdentifier: "",
        AuthMetadataUrl: URL,
        GraphBaseUrl: "",
        Realm: TENANT,
        DomainName: [],
        Type: "MicrosoftACS",
        Enabled: true,
        IsDefaultAuthorizationEndpoint: false,
        Name: "MicrosoftSts",
        AdminDisplayName: "",
        ExchangeVersion: "0.20 (15.0.0.0)",
        DistinguishedName:
          "CN=MicrosoftSts,CN=Auth Servers,CN=Auth Configuration,CN=Contoso,CN=Microsoft Exchange,CN=Services,CN=Configuration,DC=corp,DC=contoso,DC=example",
        Identity: "MicrosoftSts",
        Guid: stored?.guid,
        ObjectCategory: "corp.contoso.example/Configuration/Schema/ms-Exch-Auth-Auth-Server",
        ObjectClass: ["top", "msExchAuthAuthServer"],
        WhenChanged: now,
        WhenCreated: now,
        WhenChangedUTC: now,
        WhenCreatedUTC: now,
        OrganizationId: "",
        Id: "MicrosoftSts",
        OriginatingServer: "DC1.corp.contoso.example",
        IsValid: true,
        ObjectState: "Unchanged",
      },
    ]);
    expect(await ask(organisation, "Get-AuthServer", { Identity: "microsoftsts" })).to.deep.equal(made);
    expect(await ask(organisation, "Get-AuthServer", { Identity: stored?.guid as string })).to.deep.equal(made);
    expect(await ask(organisation, "Get-AuthServer", { Identity: null })).to.deep.equal(made);
  });

  it("change a URL within the tenant, and the rest, and remove a server", async () => {
    await start();
    await ask(organisation, "New-AuthServer", { ...sts, Enabled: false, DomainName: ["a.example"] });
    const url = `${ACS}/${TENANT}/metadata/json/1`;
    const change = {
      Identity: "MicrosoftSts",
      AuthMetadataUrl: url,
      Enabled: true,
      Name: "Sts",
      DomainName: { Add: "b.example" },
    };
    expect(await ask(organisation, "Set-AuthServer", change)).to.deep.equal([]);
    const [changed] = await ask(organisation, "Get-AuthServer");
    expect(changed).to.deep.include({
      Name: "Sts",
      AuthMetadataUrl: url,
      Enabled: true,
      DomainName: ["a.example", "b.example"],
    });
    await ask(organisation, "Remove-AuthServer", { Identity: "Sts", Confirm: false });
    expect(await ask(organisation, "Get-AuthServer")).to.deep.equal([]);
  });

  it("warn when Set-AuthServer changes nothing", async () => {
    await start();
    await ask(organisation, "New-AuthServer", sts);
    const before = await readOrganisation(home);
    const { warnings } = await organisation.invoke("Set-AuthServer", {
      Identity: "MicrosoftSts",
      AuthMetadataUrl: URL,
    });
    expect(warnings).to.deep.equal([
      "The command completed successfully but no settings of 'MicrosoftSts' have been modified.",
    ]);
    expect(await readOrganisation(home)).to.deep.equal(before);
  });

  it("refresh the metadata without a URL", async () => {
    await start("hybrid");
    const name = `ACS - ${TENANT}`;
    expect(await ask(organisation, "Set-AuthServer", { Identity: name, RefreshAuthMetadata: true })).to.deep.equal([]);
  });

  it("ask before they remove, and nobody can answer", async () => {
    await start("hybrid");
    expect((await refusal(organisation, "Remove-AuthServer", { Identity: `ACS - ${TENANT}` })).id).to.equal(
      "HostException",
    );
    expect(await ask(organisation, "Get-AuthServer")).to.have.length(2);
  });

  interface Refused {
    title: string;
    scenario: string;
    cmdlet: string;
    parameters: Properties;
    reason: string;
    category: string;
    message: string;
  }
  const refusals: Refused[] = [
    {
      title: "a name that another one has",
      scenario: "name-taken",
      cmdlet: "New-AuthServer",
      parameters: sts,
      reason: "ADObjectAlreadyExistsException",
      category: "NotSpecified",
      message:
        "Active Directory operation failed on DC1.corp.contoso.example. The object 'CN=MicrosoftSts,CN=Auth Servers,CN=Auth Configuration,CN=Contoso,CN=Microsoft Exchange,CN=Services,CN=Configuration,DC=corp,DC=contoso,DC=example' already exists.",
    },
    {
      title: "a second one of the same tenant",
      scenario: "hybrid",
      cmdlet: "New-AuthServer",
      parameters: sts,
      reason: "TaskException",
      category: "InvalidArgument",
      message: `There is already an auth server with issuer identifier '00000001-0000-0000-c000-000000000000' and realm '${TENANT}': 'ACS - ${TENANT}'.`,
    },
    {
      title: "a URL of another tenant",
      scenario: "hybrid",
      cmdlet: "Set-AuthServer",
      parameters: { Identity: `ACS - ${TENANT}`, AuthMetadataUrl: OTHER_URL },
      reason: "TaskException",
      category: "InvalidArgument",
      message: `The issuer identifier or realm in the metadata ('00000001-0000-0000-c000-000000000000', '${OTHER}') doesn't match that of auth server 'ACS - ${TENANT}' ('00000001-0000-0000-c000-000000000000', '${TENANT}').`,
    },
    {
      title: "a name of more than 64 characters",
      scenario: "ordinary",
      cmdlet: "New-AuthServer",
      parameters: { ...sts, Name: "n".repeat(65) },
      reason: "DataValidationException",
      category: "InvalidData",
      message:
        "The length of the property is too long. The maximum length is 64 and the length of the value provided is 65.",
    },
    {
      title: "a domain that no tenant has",
      scenario: "ordinary",
      cmdlet: "New-AuthServer",
      parameters: { ...sts, AuthMetadataUrl: `${ACS}/metadata/json/1/?realm=nobody.example` },
      reason: "AuthMetadataClientException",
      category: "ResourceUnavailable",
      message: `Unable to access the auth metadata document at '${ACS}/metadata/json/1/?realm=nobody.example': the remote server returned an error: (404)`,
    },
    {
      title: "a host that does not resolve",
      scenario: "ordinary",
      cmdlet: "New-AuthServer",
      parameters: { ...sts, AuthMetadataUrl: "https://sts.contoso.invalid/metadata/json/1" },
      reason: "AuthMetadataClientException",
      category: "ResourceUnavailable",
      message:
        "Unable to access the auth metadata document at 'https://sts.contoso.invalid/metadata/json/1': the remote name 'sts.contoso.invalid' could not be resolved",
    },
    {
      title: "a page that is no metadata",
      scenario: "ordinary",
      cmdlet: "New-AuthServer",
      parameters: { ...sts, AuthMetadataUrl: `${ACS}/metadata/json/1/?realm=page.example` },
      reason: "AuthMetadataParserException",
      category: "ParserError",
      message: `Unable to parse the auth metadata document downloaded from '${ACS}/metadata/json/1/?realm=page.example'.`,
    },
    {
      title: "metadata without an issuer",
      scenario: "ordinary",
      cmdlet: "New-AuthServer",
      parameters: { ...sts, AuthMetadataUrl: `${ACS}/metadata/json/1/?realm=empty.example` },
      reason: "AuthMetadataParserException",
      category: "ParserError",
      message: `Unable to parse the auth metadata document downloaded from '${ACS}/metadata/json/1/?realm=empty.example'.`,
    },
    ...["Get-AuthServer", "Set-AuthServer", "Remove-AuthServer"].map(
      (cmdlet): Refused => ({
        title: `a server that is not there, from ${cmdlet}`,
        scenario: "ordinary",
        cmdlet,
        parameters: cmdlet === "Remove-AuthServer" ? { Identity: "Nobody", Confirm: false } : { Identity: "Nobody" },
        reason: "ManagementObjectNotFoundException",
        category: "NotSpecified",
        message:
          "The operation couldn't be performed because object 'Nobody' couldn't be found on 'DC1.corp.contoso.example'.",
      }),
    ),
  ];
  for (const { title, scenario, cmdlet, parameters, reason, category, message } of refusals) {
    it(`refuse ${title}`, async () => {
      await start(scenario);
      const before = await readOrganisation(home);
      const id = exchangeId(reason, `${NAMESPACE}.${cmdlet.replace("-", "")}`);
      expect(await refusal(organisation, cmdlet, parameters)).to.deep.equal({ reason, category, message, id });
      expect(await readOrganisation(home)).to.deep.equal(before);
    });
  }

  const binding: { title: string; cmdlet: string; parameters: Properties; id: string }[] = [
    {
      title: "a URL with an application identifier",
      cmdlet: "New-AuthServer",
      parameters: { ...sts, ApplicationIdentifier: "a" },
      id: "AmbiguousParameterSet",
    },
    {
      title: "a missing URL",
      cmdlet: "New-AuthServer",
      parameters: { Name: "MicrosoftSts" },
      id: "MissingMandatoryParameter",
    },
    {
      title: "a type that does not exist",
      cmdlet: "New-AuthServer",
      parameters: { ...sts, Type: "Kerberos" },
      id: "CannotConvertArgumentNoMessage",
    },
    {
      title: "a URL with a refresh",
      cmdlet: "Set-AuthServer",
      parameters: { Identity: "x", AuthMetadataUrl: URL, RefreshAuthMetadata: true },
      id: "AmbiguousParameterSet",
    },
    {
      title: "an identity of null",
      cmdlet: "Set-AuthServer",
      parameters: { Identity: null },
      id: "ParameterArgumentValidationErrorNullNotAllowed",
    },
  ];
  for (const { title, cmdlet, parameters, id } of binding) {
    it(`refuse ${title}`, async () => {
      await start();
      const expected = `${id},${NAMESPACE}.${cmdlet.replace("-", "")}`;
      expect((await refusal(organisation, cmdlet, parameters)).id).to.equal(expected);
    });
  }

  it("say that the metadata cannot be had while no tenant runs", async () => {
    await start();
    await rm(path.join(home, "entra", "address.json"));
    expect((await refusal(organisation, "New-AuthServer", sts)).message).to.equal(
      `Unable to access the auth metadata document at '${URL}': unable to connect to the remote server (the sandbox's tenant is not running)`,
    );
  });

  it("learn the tenant of a domain from the sandbox's own tenant", async () => {
    home = await makeHome();
    organisation = await openOrganisation(home);
    const tenant = await startTenant({ home });
    try {
      const [made] = await ask(organisation, "New-AuthServer", sts);
      const issuer = "00000001-0000-0000-c000-000000000000";
      expect(made).to.deep.include({ Realm: tenant.tenantId, IssuerIdentifier: issuer });
      const unknown = { Name: "x", AuthMetadataUrl: OTHER_URL };
      expect((await refusal(organisation, "New-AuthServer", unknown)).category).to.equal("ResourceUnavailable");
    } finally {
      await tenant.close();
    }
  });
});
