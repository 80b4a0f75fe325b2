import { type Output, output, RunError, secret } from "@pulumi/pulumi";
import { expect } from "chai";
import {
  PushNotificationProxying,
  type PushNotificationProxyingArgs,
} from "../../../provider/components/push-notification-proxying";
import { uriOf } from "../../../provider/components/push-notification-proxying-arguments";
import { WARNING_NAMES } from "../../../provider/resources/outputs";
import { EXCHANGE_ONLINE } from "../../../provider/resources/partner-application/fields";
import { providerText } from "../kinds";
import { NO_DOMAIN, NO_DOMAIN_CONTROLLER, NO_GUID, NO_LIST_OF_SERVERS, NO_TIME_LIMIT } from "../resources/reasons";
import { type MockedEngine, recordRegistrations, settled, warningsOf } from "./recording-mocks";

const TENANT = "11111111-2222-3333-4444-555555555555";
const PEM = "-----BEGIN CERTIFICATE-----\nAQEB\n-----END CERTIFICATE-----\n";
const LINK = "https://support.microsoft.com/help/5069337";
const warning = { name: "missingOnServers", text: "MBX2 lacks it.", link: LINK };
const SERVERS = [{ name: "MBX1", build: "15.2.2562.17", product: "Exchange Server 2019", state: "sufficient" }];
const engine: MockedEngine = {
  outputs: {
    "pulumi-nodejs:dynamic/exchange:ExchangePrerequisites": { servers: SERVERS, hybrid: "no", warnings: [] },
    "pulumi-nodejs:dynamic/exchange:PartnerApplication": { enabled: true, warnings: [] },
    "pulumi-nodejs:dynamic/exchange:PushNotificationProbe": { resultType: "Succeeded", warnings: [] },
    "pulumi-nodejs:dynamic/exchange:OAuthCertificate": {
      organizationId: "org",
      thumbprint: "D0D6",
      certificatePem: PEM,
      notAfter: "2028-01-05T09:04:48Z",
      warnings: [warning],
    },
    "pulumi-nodejs:dynamic/exchange:ExchangeAuthServer": { name: "ACS - 1", realm: TENANT, warnings: [] },
    "azuread:index/servicePrincipalCertificate:ServicePrincipalCertificate": { keyId: "key" },
    "pulumi-nodejs:dynamic/exchange:PushNotificationProxy": {
      organization: "contoso.example",
      uri: "https://outlook.office365.com/PushNotifications",
      enabled: true,
      stateSource: "last known",
      warnings: [],
    },
  },
  results: {
    "azuread:index/getClientConfig:getClientConfig": { tenantId: TENANT },
    "azuread:index/getServicePrincipal:getServicePrincipal": { id: "/servicePrincipals/sp", objectId: "sp" },
  },
};
const required = { tenantDomain: "contoso.example", acknowledgeSharedServicePrincipal: true } as const;

const OUTPUTS =
  /^(certificate|authServer|servicePrincipal|keyCredential|proxy|organizationId|servers|hybrid|partnerApplication|probe)/;

async function declared(args: PushNotificationProxyingArgs, mocked = engine) {
  const recorded = await recordRegistrations(mocked);
  const component = new PushNotificationProxying("push", args);
  const outputs = Object.fromEntries(
    await Promise.all(
      Object.entries(component)
        .filter(([name]) => OUTPUTS.test(name))
        .map(async ([name, value]) => [name, await settled(value)]),
    ),
  );
  return { ...recorded, outputs };
}

describe("the component PushNotificationProxying", () => {
  it("declares the article's steps in their order, each with the constant provider text and its arguments", async () => {
    const { registrations } = await declared(required);
    expect(registrations).to.deep.equal([
      {
        type: "exchange:index:PushNotificationProxying",
        name: "push",
        parent: "",
        dependencies: [],
        inputs: {},
        secrets: [],
        provider: "",
      },
      {
        type: "pulumi-nodejs:dynamic/exchange:ExchangePrerequisites",
        name: "push-prerequisites",
        parent: "push",
        dependencies: [],
        inputs: { __provider: providerText("ExchangePrerequisites") },
        secrets: [],
        provider: "",
      },
      {
        type: "pulumi-nodejs:dynamic/exchange:OAuthCertificate",
        name: "push-certificate",
        parent: "push",
        dependencies: ["push-prerequisites"],
        inputs: { __provider: providerText("OAuthCertificate") },
        secrets: [],
        provider: "",
      },
      {
        type: "pulumi-nodejs:dynamic/exchange:ExchangeAuthServer",
        name: "push-auth-server",
        parent: "push",
        dependencies: ["push-certificate"],
        inputs: { __provider: providerText("ExchangeAuthServer"), tenantId: TENANT, tenantDomain: "contoso.example" },
        secrets: [],
        provider: "",
      },
      {
        type: "pulumi-nodejs:dynamic/exchange:PartnerApplication",
        name: "push-partner-application",
        parent: "push",
        dependencies: ["push-auth-server"],
        inputs: { __provider: providerText("PartnerApplication") },
        secrets: [],
        provider: "",
      },
      {
        type: "azuread:index/servicePrincipalCertificate:ServicePrincipalCertificate",
        name: "push-key-credential",
        parent: "push",
        dependencies: ["push-certificate", "push-partner-application"],
        inputs: { servicePrincipalId: "/servicePrincipals/sp", type: "AsymmetricX509Cert", value: PEM },
        secrets: ["value"],
        provider: "",
      },
      {
        type: "pulumi-nodejs:dynamic/exchange:PushNotificationProxy",
        name: "push-proxy",
        parent: "push",
        dependencies: ["push-key-credential"],
        inputs: { __provider: providerText("PushNotificationProxy"), organization: "contoso.example" },
        secrets: [],
        provider: "",
      },
    ]);
  });

  it("passes every argument to the child that takes it", async () => {
    const { registrations } = await declared({
      ...required,
      tenantId: output(TENANT),
      domainName: "corp.contoso.example",
      subjectName: "CN=Push",
      friendlyName: "Push",
      keySize: 4096,
      authMetadataUrl: "https://x.example",
      cloud: "usGovernment",
      authServerName: "Push",
      uri: "https://y.example",
      alwaysWriteProxy: true,
      domainController: "dc1.contoso.example",
      timeoutSeconds: 5,
      minimumBuild: "15.2.0.0",
      ignoreServers: ["OLD1"],
      acknowledge: ["hybrid"],
      probe: { server: "MBX1", restartHealthService: true, required: true, triggers: ["now"] },
    });
    const common = { domainController: "dc1.contoso.example", timeoutSeconds: 5 };
    expect(Object.fromEntries(registrations.map(({ name, inputs }) => [name, inputs]))).to.deep.equal({
      push: {},
      "push-prerequisites": {
        ...common,
        __provider: providerText("ExchangePrerequisites"),
        minimumBuild: "15.2.0.0",
        ignoreServers: ["OLD1"],
      },
      "push-partner-application": { ...common, __provider: providerText("PartnerApplication") },
      "push-probe": {
        ...common,
        __provider: providerText("PushNotificationProbe"),
        ignoreServers: ["OLD1"],
        server: "MBX1",
        restartHealthService: true,
        required: true,
        triggers: ["now"],
      },
      "push-certificate": {
        ...common,
        __provider: providerText("OAuthCertificate"),
        domainName: "corp.contoso.example",
        subjectName: "CN=Push",
        friendlyName: "Push",
        ignoreServers: ["OLD1"],
        keySize: 4096,
      },
      "push-auth-server": {
        ...common,
        __provider: providerText("ExchangeAuthServer"),
        tenantId: TENANT,
        tenantDomain: "contoso.example",
        authMetadataUrl: "https://x.example",
        cloud: "usGovernment",
        name: "Push",
      },
      "push-key-credential": {
        servicePrincipalId: "/servicePrincipals/sp",
        type: "AsymmetricX509Cert",
        value: PEM,
      },
      "push-proxy": {
        ...common,
        __provider: providerText("PushNotificationProxy"),
        organization: "contoso.example",
        uri: "https://y.example",
        alwaysWrite: true,
      },
    });
  });

  it("asks azuread for the shared principal by its application id, and for its tenant", async () => {
    const principal = {
      token: "azuread:index/getServicePrincipal:getServicePrincipal",
      inputs: { clientId: EXCHANGE_ONLINE },
    };
    const tenant = { token: "azuread:index/getClientConfig:getClientConfig", inputs: {} };
    expect((await declared(required)).calls).to.have.deep.members([tenant, principal]);
    expect((await declared({ ...required, tenantId: TENANT })).calls).to.have.deep.members([tenant, principal]);
  });

  const naive: Record<string, MockedEngine["results"]> = {
    nothing: {},
    "what was asked": { "azuread:index/getDomains:getDomains": { includeUnverified: true } },
  };
  for (const [answers, results] of Object.entries(naive)) {
    it(`is declared whole where azuread answers ${answers}, as many mocks do`, async () => {
      const { registrations } = await declared({ ...required, verifyTenantDomain: true }, { ...engine, results });
      expect(registrations).to.have.length(7);
    });
  }

  it("takes the program's tenant in a preview where azuread's configuration is not known yet: it answers nothing", async () => {
    const unknown = { ...engine, results: { ...engine.results, "azuread:index/getClientConfig:getClientConfig": {} } };
    const { registrations } = await declared({ ...required, tenantId: TENANT }, unknown);
    const authServer = registrations.find(({ name }) => name === "push-auth-server");
    expect(authServer?.inputs.tenantId).to.equal(TENANT);
  });

  it("gives the outputs that other projects read", async () => {
    expect((await declared(required)).outputs).to.deep.equal({
      certificateThumbprint: "D0D6",
      certificatePem: PEM,
      certificateNotAfter: "2028-01-05T09:04:48Z",
      certificateNextThumbprint: "",
      certificateNextEffectiveDate: "",
      certificateGenerations: [
        { generation: 1, thumbprint: "D0D6", notAfter: "2028-01-05T09:04:48Z", state: "Current", effectiveDate: "" },
      ],
      authServerName: "ACS - 1",
      authServerRealm: TENANT,
      servicePrincipalObjectId: "sp",
      keyCredentialId: "key",
      proxyOrganization: "contoso.example",
      proxyUri: "https://outlook.office365.com/PushNotifications",
      proxyEnabled: true,
      proxyStateSource: "last known",
      organizationId: "org",
      servers: SERVERS,
      hybrid: "no",
      partnerApplicationEnabled: true,
      probeResult: "",
    });
    expect((await declared({ ...required, probe: {} })).outputs.probeResult).to.equal("Succeeded");
  });

  it("shows each warning of its children with the child's name, and where to read more", async () => {
    const warnings = await warningsOf(() => declared(required));
    const names = await Promise.all(
      warnings.map(async ({ text, resource }) => [resource && (await settled(resource.urn)).split("::").at(-1), text]),
    );
    expect(names).to.deep.equal([["push-certificate", `MBX2 lacks it. See ${LINK}`]]);
  });

  describe("refuses, at once and before anything is registered,", () => {
    const refused = (reason: string) => `PushNotificationProxying "push": ${reason}.`;
    const shared =
      "acknowledgeSharedServicePrincipal: it must be true, to acknowledge that the certificate is added to the service principal of Exchange Online that Microsoft's services share; since CVE-2025-53786 Microsoft recommends a dedicated hybrid application of the tenant instead (https://aka.ms/ExchangeHybridApp)";
    const sharedMissing = shared.replace("it must", "it is required: it must");
    const rows: { title: string; wrong: Record<string, unknown>; reason: string }[] = [
      {
        title: "everything that is missing",
        wrong: { tenantDomain: undefined, acknowledgeSharedServicePrincipal: undefined },
        reason: `tenantDomain: it is required: ${NO_DOMAIN}; ${sharedMissing}`,
      },
      { title: "an acknowledgement that is none", wrong: { acknowledgeSharedServicePrincipal: false }, reason: shared },
      {
        title: "an acknowledgement that is to come",
        wrong: { acknowledgeSharedServicePrincipal: output(true) },
        reason: shared,
      },
      {
        title: "tenantDomain",
        wrong: { tenantDomain: "contoso" },
        reason: `tenantDomain: ${NO_DOMAIN}`,
      },
      {
        title: "tenantId",
        wrong: { tenantId: "contoso.example" },
        reason: `tenantId: ${NO_GUID}`,
      },
      {
        title: "domainName",
        wrong: { domainName: "x" },
        reason: `domainName: ${NO_DOMAIN}`,
      },
      {
        title: "subjectName",
        wrong: { subjectName: "Auth" },
        reason: "subjectName: it must be a distinguished name, such as CN=Microsoft Exchange Server Auth Certificate",
      },
      {
        title: "friendlyName",
        wrong: { friendlyName: "" },
        reason: 'friendlyName: it must be text of 1 to 63 characters on one line, such as "Exchange S2S OAuth"',
      },
      ...[[], [0], [65], [2, 1], [1, 1], [1, 2, 3], [1.5]].map((certificateGenerations) => ({
        title: `certificateGenerations: ${JSON.stringify(certificateGenerations)}`,
        wrong: { certificateGenerations },
        reason:
          "certificateGenerations: it must be one generation from 1 to 64, or two in rising order, such as [1] or [1, 2]",
      })),
      {
        title: "a lifetime that a renewal's wait would use up",
        wrong: { certificateGenerations: [1, 2], lifetimeDays: 89 },
        reason:
          "lifetimeDays: 89 is too few for a certificate that becomes current 30 days after it is created: it must be at " +
          "least 60 days more than `rollover.effectiveInDays`",
      },
      {
        title: "a renewal's wait that uses up the lifetime",
        wrong: { certificateGenerations: [2], lifetimeDays: 365, rollover: { effectiveInDays: 306 } },
        reason:
          "lifetimeDays: 365 is too few for a certificate that becomes current 306 days after it is created: it must be at " +
          "least 60 days more than `rollover.effectiveInDays`",
      },
      { title: "keySize", wrong: { keySize: 1024 }, reason: "keySize: it must be 2048 or 4096" },
      {
        title: "authMetadataUrl",
        wrong: { authMetadataUrl: "http://x.example" },
        reason:
          "authMetadataUrl: it must be an https URL, such as https://accounts.accesscontrol.windows.net/metadata/json/1/?realm=contoso.example",
      },
      {
        title: "cloud",
        wrong: { cloud: "china", uri: "https://push.example" },
        reason: "cloud: it must be worldwide or usGovernment",
      },
      {
        title: "another cloud than the one of the default uri",
        wrong: { cloud: "usGovernment" },
        reason:
          "uri: it is required when `cloud` is usGovernment: the default, https://outlook.office365.com/PushNotifications, is for the worldwide cloud",
      },
      {
        title: "minimumBuild",
        wrong: { minimumBuild: "CU3" },
        reason: "minimumBuild: it must be a build of four numbers, such as 15.0.775.38",
      },
      {
        title: "ignoreServers",
        wrong: { ignoreServers: "MBX3" },
        reason: `ignoreServers: ${NO_LIST_OF_SERVERS}`,
      },
      {
        title: "a name that is none of an argument",
        wrong: { probe: { sever: "MBX1" }, keysize: 4096 },
        reason:
          "probe: sever: unknown argument (did you mean server?); keysize: unknown argument (did you mean keySize?)",
      },
      {
        title: "probe",
        wrong: { probe: true },
        reason: "probe: it must be the probe's arguments, or {} for its defaults",
      },
      {
        title: "verifyTenantDomain",
        wrong: { verifyTenantDomain: "yes" },
        reason: "verifyTenantDomain: it must be true or false",
      },
      {
        title: "the acknowledgement of everything at once",
        wrong: { acknowledge: ["*"] },
        reason: `acknowledge: it must be a list of warnings by name, each of ${WARNING_NAMES.join(", ")}`,
      },
      {
        title: "the shared principal among the acknowledged warnings: it has an argument of its own",
        wrong: { acknowledge: ["sharedServicePrincipal"] },
        reason: `acknowledge: it must be a list of warnings by name, each of ${WARNING_NAMES.join(", ")}`,
      },
      {
        title: "authServerName",
        wrong: { authServerName: "a".repeat(65) },
        reason: 'authServerName: it must be text of 1 to 64 characters on one line, such as "MicrosoftSts"',
      },
      {
        title: "alwaysWriteProxy",
        wrong: { alwaysWriteProxy: "yes" },
        reason: "alwaysWriteProxy: it must be true or false",
      },
      {
        title: "uri",
        wrong: { uri: "x" },
        reason: "uri: it must be an https URL, such as https://outlook.office365.com/PushNotifications",
      },
      {
        title: "domainController",
        wrong: { domainController: "dc1" },
        reason: `domainController: ${NO_DOMAIN_CONTROLLER}`,
      },
      {
        title: "timeoutSeconds",
        wrong: { timeoutSeconds: 0 },
        reason: `timeoutSeconds: ${NO_TIME_LIMIT}`,
      },
    ];
    for (const { title, wrong, reason } of rows) {
      it(title, async () => {
        const { registrations } = await recordRegistrations(engine);
        const args = { ...required, ...wrong } as PushNotificationProxyingArgs;
        expect(() => new PushNotificationProxying("push", args)).to.throw(RunError, refused(reason));
        expect(registrations).to.deep.equal([]);
      });
    }

    const later: Partial<PushNotificationProxyingArgs>[] = [
      { cloud: output("usGovernment" as const) },
      { cloud: "usGovernment", uri: output(undefined) },
    ];
    for (const args of later) {
      it(`or as soon as it is known, a cloud whose proxy's URI is missing: ${Object.keys(args).join(" and ")}`, async () => {
        const given = uriOf("push", { ...required, ...args }) as Output<string>;
        const { promise } = given as unknown as { promise(): Promise<unknown> };
        const error: RunError = await expect(promise.call(given)).to.be.rejectedWith(RunError);
        expect(error.message).to.equal(
          refused(
            "uri: it is required when `cloud` is usGovernment: the default, " +
              "https://outlook.office365.com/PushNotifications, is for the worldwide cloud",
          ),
        );
      });
    }

    it("but not one whose default is right, though it is known late", async () => {
      const { registrations } = await declared({ ...required, cloud: output("worldwide" as const) });
      const { uri } = registrations.find(({ name }) => name === "push-proxy")?.inputs ?? {};
      expect(uri).to.equal(undefined);
    });

    it("nothing that is not known yet: the resource that takes it checks it then", async () => {
      const { registrations } = await declared({
        ...required,
        tenantDomain: secret("not a domain"),
        uri: Promise.resolve("neither a URL"),
      });
      expect(registrations).to.have.length(7);
    });
  });
});
