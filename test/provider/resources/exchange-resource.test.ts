import { type Output, output } from "@pulumi/pulumi";
import { expect } from "chai";
import { ExchangeAuthServer, OAuthCertificate, PushNotificationProxy } from "../../../provider";
import { recordRegistrations, settled, warningsOf } from "../components/recording-mocks";

const TENANT = "11111111-2222-3333-4444-555555555555";
const text = (kind: string) => `exports.handler=()=>require("pulumi-exchange-server/provider").${kind};`;

describe("a resource of Exchange", () => {
  // State format, kept for ever: a change of token, provider text or argument name is a diff for every user.
  const rows: [string, () => { urn: Output<string> }, object][] = [
    ["OAuthCertificate", () => new OAuthCertificate("it", { keySize: 4096 }), { keySize: 4096 }],
    ["OAuthCertificate", () => new OAuthCertificate("it"), {}],
    [
      "ExchangeAuthServer",
      () => new ExchangeAuthServer("it", { tenantId: TENANT, enabled: output(false) }),
      { tenantId: TENANT, enabled: false },
    ],
    [
      "PushNotificationProxy",
      () => new PushNotificationProxy("it", { organization: "contoso.example", timeoutSeconds: 5 }),
      { organization: "contoso.example", timeoutSeconds: 5 },
    ],
  ];
  for (const [kind, declare, inputs] of rows) {
    it(`is declared with the constant text and its arguments alone: ${kind} ${JSON.stringify(inputs)}`, async () => {
      const { registrations } = await recordRegistrations({});
      await settled(declare().urn);
      expect(registrations).to.deep.equal([
        {
          type: `pulumi-nodejs:dynamic/exchange:${kind}`,
          name: "it",
          parent: "",
          dependencies: [],
          inputs: { ...inputs, __provider: text(kind) },
          secrets: [],
          provider: "",
        },
      ]);
    });
  }

  const lookups: [string, () => { urn: Output<string> }][] = [
    ["OAuthCertificate", () => OAuthCertificate.get("it", "the-id")],
    ["ExchangeAuthServer", () => ExchangeAuthServer.get("it", "the-id")],
    ["PushNotificationProxy", () => PushNotificationProxy.get("it", output("the-id"))],
  ];
  for (const [kind, look] of lookups) {
    it(`is looked up with its id and the constant text alone: ${kind}`, async () => {
      const { registrations, lookups } = await recordRegistrations({});
      await settled(look().urn);
      expect(registrations).to.deep.equal([]);
      expect(lookups).to.deep.equal([
        {
          type: `pulumi-nodejs:dynamic/exchange:${kind}`,
          name: "it",
          id: "the-id",
          inputs: { __provider: text(kind) },
        },
      ]);
    });
  }

  it("logs each of its warnings as its own, with the page to read where there is one", async () => {
    const warnings = [
      { name: "missingOnServers", text: "MBX2 lacks it.", link: "https://x.example" },
      { name: "unreachableServers", text: "MBX3 did not answer.", link: "" },
    ];
    await recordRegistrations({ outputs: { "pulumi-nodejs:dynamic/exchange:OAuthCertificate": { warnings } } });
    let certificate: OAuthCertificate | undefined;
    const logged = await warningsOf(async () => {
      certificate = new OAuthCertificate("it");
      await settled(certificate.warnings);
    });
    expect(logged.map(({ text }) => text)).to.deep.equal([
      "MBX2 lacks it. See https://x.example",
      "MBX3 did not answer.",
    ]);
    expect(logged.every(({ resource }) => resource === certificate)).to.equal(true);
  });

  it("has outputs that a program can use although no argument bears their names", async () => {
    await recordRegistrations({
      outputs: { "pulumi-nodejs:dynamic/exchange:OAuthCertificate": { thumbprint: "D0D6", provenance: "found" } },
    });
    const { thumbprint, provenance } = new OAuthCertificate("it");
    expect([await settled(thumbprint), await settled(provenance)]).to.deep.equal(["D0D6", "found"]);
  });
});
