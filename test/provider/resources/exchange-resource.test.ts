import { type Output, output } from "@pulumi/pulumi";
import { expect } from "chai";
import {
  ExchangeAuthServer,
  ExchangePrerequisites,
  OAuthCertificate,
  OAuthCertificateHold,
  OAuthCertificateRollover,
  PartnerApplication,
  PushNotificationProbe,
  PushNotificationProxy,
} from "../../../provider";
import { recordRegistrations, settled, warningsOf } from "../components/recording-mocks";
import { KINDS, type Kind, providerText, typeOf } from "../kinds";

const TENANT = "11111111-2222-3333-4444-555555555555";

interface Declared {
  declare(): { urn: Output<string> };
  inputs: object;
}

// State format, kept for ever: a change of token, provider text or argument name is a diff for every user.
const DECLARED: Record<Kind, Declared[]> = {
  OAuthCertificate: [
    { declare: () => new OAuthCertificate("it", { keySize: 4096 }), inputs: { keySize: 4096 } },
    { declare: () => new OAuthCertificate("it"), inputs: {} },
  ],
  OAuthCertificateHold: [
    {
      declare: () => new OAuthCertificateHold("it", { generation: 2, thumbprint: output("A1"), keyCredentialId: "1" }),
      inputs: { generation: 2, thumbprint: "A1", keyCredentialId: "1" },
    },
  ],
  OAuthCertificateRollover: [
    {
      declare: () =>
        new OAuthCertificateRollover("it", { generation: 2, thumbprint: output("A1"), keyCredentialId: "1" }),
      inputs: { generation: 2, thumbprint: "A1", keyCredentialId: "1" },
    },
  ],
  ExchangeAuthServer: [
    {
      declare: () => new ExchangeAuthServer("it", { tenantId: TENANT, enabled: output(false) }),
      inputs: { tenantId: TENANT, enabled: false },
    },
  ],
  PushNotificationProxy: [
    {
      declare: () => new PushNotificationProxy("it", { organization: "contoso.example", timeoutSeconds: 5 }),
      inputs: { organization: "contoso.example", timeoutSeconds: 5 },
    },
  ],
  ExchangePrerequisites: [
    {
      declare: () => new ExchangePrerequisites("it", { ignoreServers: ["OLD1"] }),
      inputs: { ignoreServers: ["OLD1"] },
    },
  ],
  PartnerApplication: [{ declare: () => new PartnerApplication("it", { enabled: true }), inputs: { enabled: true } }],
  PushNotificationProbe: [
    { declare: () => new PushNotificationProbe("it", { server: "MBX1" }), inputs: { server: "MBX1" } },
  ],
};

/** The probe, the hold and the rollover are nothing that is there to be looked up. */
const LOOKED_UP: Record<
  Exclude<Kind, "PushNotificationProbe" | "OAuthCertificateHold" | "OAuthCertificateRollover">,
  () => { urn: Output<string> }
> = {
  OAuthCertificate: () => OAuthCertificate.get("it", "the-id"),
  ExchangeAuthServer: () => ExchangeAuthServer.get("it", "the-id"),
  PushNotificationProxy: () => PushNotificationProxy.get("it", output("the-id")),
  ExchangePrerequisites: () => ExchangePrerequisites.get("it", "the-id"),
  PartnerApplication: () => PartnerApplication.get("it", "the-id"),
};

describe("a resource of Exchange", () => {
  it("is in the table of what is declared, and in that of what is looked up if it can be", () => {
    expect(Object.keys(DECLARED).sort()).to.deep.equal(KINDS);
    expect(
      [...Object.keys(LOOKED_UP), "PushNotificationProbe", "OAuthCertificateHold", "OAuthCertificateRollover"].sort(),
    ).to.deep.equal(KINDS);
  });

  for (const [kind, rows] of Object.entries(DECLARED)) {
    for (const { declare, inputs } of rows) {
      it(`is declared with the constant text and its arguments alone: ${kind} ${JSON.stringify(inputs)}`, async () => {
        const { registrations } = await recordRegistrations({});
        await settled(declare().urn);
        expect(registrations).to.deep.equal([
          {
            type: typeOf(kind),
            name: "it",
            parent: "",
            dependencies: [],
            inputs: { ...inputs, __provider: providerText(kind) },
            secrets: [],
            provider: "",
          },
        ]);
      });
    }
  }

  for (const [kind, look] of Object.entries(LOOKED_UP)) {
    it(`is looked up with its id and the constant text alone: ${kind}`, async () => {
      const { registrations, lookups } = await recordRegistrations({});
      await settled(look().urn);
      expect(registrations).to.deep.equal([]);
      expect(lookups).to.deep.equal([
        { type: typeOf(kind), name: "it", id: "the-id", inputs: { __provider: providerText(kind) } },
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
