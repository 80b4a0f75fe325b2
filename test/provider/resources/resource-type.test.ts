import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import * as everything from "../../../provider";
import { recordRegistrations, settled } from "../components/recording-mocks";
import { KINDS, typeOf } from "../kinds";

interface ResourceClass {
  readonly __pulumiType: string;
  isInstance(value: unknown): boolean;
}

const DECLARED: Record<string, () => pulumi.Resource> = {
  ExchangeAuthServer: () =>
    new everything.ExchangeAuthServer("it", { tenantId: "11111111-2222-3333-4444-555555555555" }),
  ExchangePrerequisites: () => new everything.ExchangePrerequisites("it"),
  ExchangeProvider: () => new everything.ExchangeProvider("it", { connection: "endpoint" }),
  OAuthCertificate: () => new everything.OAuthCertificate("it"),
  OAuthCertificateHold: () =>
    new everything.OAuthCertificateHold("it", { generation: 2, thumbprint: "A1", keyCredentialId: "1" }),
  OAuthCertificateRollover: () =>
    new everything.OAuthCertificateRollover("it", { generation: 2, thumbprint: "A1", keyCredentialId: "1" }),
  PartnerApplication: () => new everything.PartnerApplication("it"),
  PushNotificationProbe: () => new everything.PushNotificationProbe("it"),
  PushNotificationProxy: () => new everything.PushNotificationProxy("it", { organization: "contoso.example" }),
  PushNotificationProxying: () =>
    new everything.PushNotificationProxying("it", {
      tenantDomain: "contoso.example",
      acknowledgeSharedServicePrincipal: true,
    }),
};
const RESULTS = {
  "azuread:index/getClientConfig:getClientConfig": { tenantId: "11111111-2222-3333-4444-555555555555" },
  "azuread:index/getServicePrincipal:getServicePrincipal": { id: "/servicePrincipals/1", objectId: "1" },
};

// What Pulumi's policies ask of a class. One that answers nothing of its own has Pulumi's answers, which fit any
// resource or none: a mandatory policy for it then passes in silence.
describe("a class of the package", () => {
  const classes = everything as unknown as Record<string, ResourceClass>;
  const exported = Object.entries(everything)
    .filter(([, value]) => value.prototype instanceof pulumi.Resource)
    .map(([name]) => name);

  it("is in the table below if it is a resource", () => {
    expect(exported.sort()).to.deep.equal(Object.keys(DECLARED));
  });

  for (const kind of KINDS) {
    it(`has the name of the handler that carries it out, and the type that is state format: ${kind}`, () => {
      expect(classes[kind]?.__pulumiType).to.equal(typeOf(kind));
    });
  }

  it("has a handler if it is a resource of Exchange", () => {
    const ofExchange = exported.filter((name) => classes[name]?.__pulumiType.startsWith("pulumi-nodejs:dynamic/"));
    expect(ofExchange.sort()).to.deep.equal(KINDS);
  });

  for (const [name, declare] of Object.entries(DECLARED)) {
    it(`knows its own by the type that is registered, and nothing else: ${name}`, async () => {
      const { registrations } = await recordRegistrations({ results: RESULTS });
      const resource = declare();
      await settled(resource.urn);
      const { type } = registrations.find((registration) => registration.name === "it") ?? {};
      const known = exported.filter((other) => classes[other]?.isInstance(resource));
      const knownByType = exported.filter((other) => classes[other]?.isInstance({ __pulumiType: type }));
      expect(classes[name]?.__pulumiType).to.equal(type);
      expect(known).to.deep.equal([name]);
      expect(knownByType).to.deep.equal([name]);
    });
  }

  it("takes no other value for its own", () => {
    const values = [undefined, null, "OAuthCertificate", {}, { __pulumiType: "pulumi-nodejs:dynamic:Resource" }];
    const mistaken = exported.filter((name) => values.some((value) => classes[name]?.isInstance(value)));
    expect(mistaken).to.deep.equal([]);
  });
});
