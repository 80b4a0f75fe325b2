import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { expect } from "chai";
import { EXCHANGE_ONLINE, resetTenant, startTenant, type Tenant } from "../../../../sandbox/entra/index";
import { type Properties, writeProperties } from "../../../../sandbox/entra/provider/wire";
import { type Home, makeHome } from "../home";
import { call, configure, PRINCIPAL_ID, type ServedProvider, serveProvider } from "./client";

const GET_DOMAINS = "azuread:index/getDomains:getDomains";
const GET_SERVICE_PRINCIPAL = "azuread:index/getServicePrincipal:getServicePrincipal";

describe("the functions of the sandbox's azuread provider", () => {
  let home: Home;
  let tenant: Tenant;
  let provider: ServedProvider;

  before(async () => {
    home = await makeHome();
    tenant = await startTenant({ home: home.path });
    provider = await serveProvider(tenant.environment);
    await configure(provider.client);
  });

  after(async () => {
    provider.close();
    await tenant.close();
    await home.remove();
  });

  function invoke(token: string, args: Properties): Promise<messages.InvokeResponse> {
    const request = new messages.InvokeRequest().setTok(token).setArgs(writeProperties(args));
    return call(provider.client, ResourceProviderService.invoke, request);
  }

  async function failure(attempt: Promise<unknown>): Promise<string> {
    return attempt.then(
      () => expect.fail("it succeeded"),
      (error: { details: string }) => error.details,
    );
  }

  it("say who is signed in", async () => {
    const answer = await invoke("azuread:index/getClientConfig:getClientConfig", {});
    expect(answer.getReturn()?.toJavaScript()).to.deep.equal({
      clientId: tenant.clientId,
      id: `${tenant.tenantId}-${tenant.clientId}-8d0c52c1-6a1f-4f0b-9b57-2f4f3c0e7a91`,
      objectId: "8d0c52c1-6a1f-4f0b-9b57-2f4f3c0e7a91",
      tenantId: tenant.tenantId,
    });
  });

  const lookups: { what: string; args: Properties; id: string }[] = [
    { what: "the application's id", args: { clientId: EXCHANGE_ONLINE }, id: PRINCIPAL_ID },
    { what: "the display name", args: { displayName: "office 365 exchange online" }, id: PRINCIPAL_ID },
    { what: "the object id", args: { objectId: "5d1e8f7a-0c1b-4a2d-9e3f-a1b2c3d4e5f6" }, id: PRINCIPAL_ID },
  ];
  for (const { what, args, id } of lookups) {
    it(`find a principal by ${what}`, async () => {
      const answer = await invoke(GET_SERVICE_PRINCIPAL, args);
      expect(answer.getReturn()?.toJavaScript()).to.include({ id, clientId: EXCHANGE_ONLINE });
    });
  }

  it("turn a principal's tags into feature flags", async () => {
    const answer = await invoke(GET_SERVICE_PRINCIPAL, { displayName: "Infrastructure deployment" });
    expect(answer.getReturn()?.toJavaScript()).to.deep.include({
      featureTags: [{ customSingleSignOn: false, enterprise: true, gallery: false, hide: false }],
      features: [
        { customSingleSignOnApp: false, enterpriseApplication: true, galleryApplication: false, visibleToUsers: true },
      ],
      servicePrincipalNames: [],
      tags: ["WindowsAzureActiveDirectoryIntegratedApp"],
    });
  });

  const misses: { what: string; args: Properties; message: string }[] = [
    {
      what: "no application",
      args: { clientId: "none" },
      message: "No service principal found: no service principal found",
    },
    {
      what: "no display name",
      args: { displayName: "none" },
      message: `Service principal not found: no service principals found matching filter: "displayName eq 'none'"`,
    },
    {
      what: "no object",
      args: { objectId: "none" },
      message: 'Service Principal (Service Principal: "none") was not found',
    },
  ];
  for (const { what, args, message } of misses) {
    it(`fail where ${what} fits`, async () => {
      expect(await failure(invoke(GET_SERVICE_PRINCIPAL, args))).to.equal(
        `invoking ${GET_SERVICE_PRINCIPAL}: 1 error occurred:\n\t* ${message}\n\n`,
      );
    });
  }

  it("find no Exchange Online in a tenant without it", async () => {
    await resetTenant(home.path, { exchangeOnline: false });
    const message = await failure(invoke(GET_SERVICE_PRINCIPAL, { clientId: EXCHANGE_ONLINE }));
    await resetTenant(home.path);
    expect(message).to.equal(
      `invoking ${GET_SERVICE_PRINCIPAL}: 1 error occurred:\n\t* No service principal found: no service principal found\n\n`,
    );
  });

  it("want one argument to find a principal by", async () => {
    const answer = await invoke(GET_SERVICE_PRINCIPAL, { clientId: "a", objectId: "b" });
    expect(answer.getFailuresList().map((item) => item.getReason())).to.deep.equal([
      "Invalid combination of arguments. one of clientId, displayName, objectId must be specified, got 2",
    ]);
  });

  const names = async (args: Properties) => {
    const { domains } = (await invoke(GET_DOMAINS, args)).getReturn()?.toJavaScript() ?? {};
    return (domains as { domainName: string; verified: boolean }[]).map((domain) => [
      domain.domainName,
      domain.verified,
    ]);
  };

  it("list the tenant's domains, those that are not verified only where they are asked for", async () => {
    const initial = ["contoso.onmicrosoft.example", true];
    expect(await names({})).to.deep.equal([["contoso.example", true], initial]);
    await resetTenant(home.path, { domainVerified: false });
    expect(await names({})).to.deep.equal([initial]);
    expect(await names({ includeUnverified: true })).to.deep.equal([["contoso.example", false], initial]);
    await resetTenant(home.path);
  });

  it("list no domains for an application that may not read them", async () => {
    await resetTenant(home.path, { mayReadDomains: false });
    expect(await failure(invoke(GET_DOMAINS, {}))).to.equal(
      `invoking ${GET_DOMAINS}: 1 error occurred:\n\t* Could not list domains: unexpected status 403 (403 Forbidden) with ` +
        "error: Authorization_RequestDenied: Insufficient privileges to complete the operation.\n\n",
    );
    await resetTenant(home.path);
    expect(await failure(invoke(GET_DOMAINS, { onlyRoot: true }))).to.include(
      'The sandbox\'s getDomains has no argument "onlyRoot"; it has "includeUnverified"',
    );
  });

  it("are three; any other is refused by name", async () => {
    expect(await failure(invoke("azuread:index/getUsers:getUsers", {}))).to.equal(
      "The sandbox's azuread provider has no function azuread:index/getUsers:getUsers; it has " +
        `azuread:index/getClientConfig:getClientConfig, ${GET_DOMAINS} and ${GET_SERVICE_PRINCIPAL}.`,
    );
  });
});

describe("the sandbox's azuread provider", () => {
  let provider: ServedProvider;

  before(async () => {
    provider = await serveProvider({});
  });

  after(() => provider.close());

  const refusals: { what: string; attempt: () => Promise<unknown>; code: number; details: string }[] = [
    {
      what: "a resource of another type",
      attempt: () => {
        const urn = "urn:pulumi:dev::stack::exchange:index:Parent$azuread:index/application:Application::app";
        return call(provider.client, ResourceProviderService.check, new messages.CheckRequest().setUrn(urn));
      },
      code: 2,
      details:
        "The sandbox's azuread provider has no resource azuread:index/application:Application; it has " +
        "azuread:index/servicePrincipalCertificate:ServicePrincipalCertificate.",
    },
    {
      what: "an RPC that it does not have",
      attempt: () => call(provider.client, ResourceProviderService.update, new messages.UpdateRequest()),
      code: 12,
      details: "method Update not implemented",
    },
    {
      what: "to be used before it is configured",
      attempt: () => call(provider.client, ResourceProviderService.invoke, new messages.InvokeRequest()),
      code: 2,
      details: "The sandbox's azuread provider was asked for something before it was configured.",
    },
    {
      what: "to be configured without a tenant",
      attempt: () => call(provider.client, ResourceProviderService.configure, new messages.ConfigureRequest()),
      code: 2,
      details:
        "The sandbox's azuread provider lacks azuread:metadataHost (or ARM_METADATA_HOSTNAME), azuread:tenantId (or " +
        "ARM_TENANT_ID), azuread:clientId (or ARM_CLIENT_ID), azuread:clientSecret (or ARM_CLIENT_SECRET). The sandbox " +
        "sets them when it starts its tenant.",
    },
  ];
  for (const { what, attempt, code, details } of refusals) {
    it(`refuses ${what}`, async () => {
      await attempt().then(
        () => expect.fail("it was not refused"),
        (error: unknown) => expect(error).to.include({ code, details }),
      );
    });
  }

  it("reports changed settings as a change that replaces nothing", async () => {
    const request = new messages.DiffRequest()
      .setOlds(writeProperties({ metadataHost: "localhost:1", tenantId: "a" }))
      .setNews(writeProperties({ metadataHost: "localhost:2", tenantId: "a" }));
    const answer = await call(provider.client, ResourceProviderService.diffConfig, request);
    expect(answer.getChanges()).to.equal(messages.DiffResponse.DiffChanges.DIFF_SOME);
    expect(answer.getDiffsList()).to.deep.equal(["metadataHost"]);
    expect(answer.getReplacesList()).to.deep.equal([]);
  });
});
