import { output, RunError } from "@pulumi/pulumi";
import { expect } from "chai";
import { ExchangeProvider, type ExchangeProviderArgs } from "../../../provider/resources/exchange-provider";
import { OAuthCertificate } from "../../../provider/resources/oauth-certificate/oauth-certificate";
import { recordRegistrations, settled } from "../components/recording-mocks";

describe("an explicit provider", () => {
  it("hands its configuration over as text under the namespace's keys, the password as a secret", async () => {
    const { registrations } = await recordRegistrations({});
    const provider = new ExchangeProvider("berlin", {
      connection: "process",
      command: ["exchange-far-end", output("a b")],
      domainController: "dc1.contoso.example",
      timeoutSeconds: 20,
      username: "CONTOSO\\admin",
      password: "word",
    });
    await settled(provider.urn);
    expect(registrations).to.deep.equal([
      {
        type: "pulumi:providers:pulumi-nodejs",
        name: "berlin",
        parent: "",
        dependencies: [],
        inputs: {
          "exchange:connection": "process",
          "exchange:command": '["exchange-far-end","a b"]',
          "exchange:domainController": "dc1.contoso.example",
          "exchange:timeoutSeconds": "20",
          "exchange:username": "CONTOSO\\admin",
          "exchange:password": "word",
        },
        secrets: ["exchange:password"],
        provider: "",
      },
    ]);
  });

  it("hands over nothing that is not given", async () => {
    const { registrations } = await recordRegistrations({});
    await settled(new ExchangeProvider("berlin", { connection: "process" }).urn);
    expect(registrations[0]?.inputs).to.deep.equal({ "exchange:connection": "process" });
  });

  it("refuses at once an argument that there is none of, and names the nearest", () => {
    const args = { connection: "process", Command: ["far-end"], domain: "x" } as ExchangeProviderArgs;
    expect(() => new ExchangeProvider("berlin", args)).to.throw(
      RunError,
      /^ExchangeProvider "berlin": Command: unknown argument \(did you mean command\?\); domain: unknown argument \(did you mean domainController\?\)\.$/,
    );
  });

  it("is what a resource that is given it goes through", async () => {
    const { registrations } = await recordRegistrations({});
    const provider = new ExchangeProvider("berlin", { connection: "process", command: ["far-end"] });
    const certificate = new OAuthCertificate("auth", {}, { provider });
    await settled(certificate.urn);
    expect(registrations.map(({ name, provider }) => ({ name, provider }))).to.deep.equal([
      { name: "berlin", provider: "" },
      { name: "auth", provider: "berlin" },
    ]);
  });
});
