import { createHash } from "node:crypto";
import { expect } from "chai";
import type { State } from "../../sandbox/exchange";
import { family } from "../family";
import { type Deployment, messages, type Run, steps, writes } from "./deployment";
import { beginWith } from "./scenario";

const MADE = [
  "New-ExchangeCertificate MBX1",
  "Export-ExchangeCertificate MBX1",
  "Import-ExchangeCertificate MBX2",
  "Set-AuthConfig",
];
const TEN_HOURS = 0.42;
const TWENTY_MINUTES = 0.014;

/** An organisation whose current certificate has expired, and another one is staged. */
function staged(next: object = {}, authConfig: object = {}): object {
  return {
    servers: [{ name: "MBX1" }, { name: "MBX2" }],
    certificates: [
      { key: "auth", notBefore: -1828, notAfter: -2 },
      { key: "staged", notBefore: -1, notAfter: 1825, ...next },
    ],
    authConfig: { current: "auth", next: "staged", nextEffectiveDate: TEN_HOURS, ...authConfig },
  };
}

const warnings = (run: Run, about: RegExp) => messages(run, "warning").filter((text) => about.test(text));
const NEXT = /^AuthConfig will switch/;

family("a certificate that an administrator has staged in AuthConfig", () => {
  let deployment: Deployment;
  let before: State;
  afterEach(() => deployment.end());

  async function deploy(scenario: object, edit?: (state: State) => void): Promise<Run> {
    deployment = await beginWith(scenario, { program: "resources" });
    if (edit) await deployment.edit(edit);
    before = await deployment.organisation();
    deployment.declared = { certificate: {} };
    return deployment.up();
  }

  it("is the one that is named where the current one has expired: nothing is made, and nothing is taken back", async () => {
    const run = await deploy(staged());
    const { current, next } = before.authConfig;
    expect(messages(run, "error")).to.deep.equal([]);
    expect(writes(run)).to.deep.equal(["Set-AuthConfig"]);
    const { authConfig } = await deployment.organisation();
    expect(authConfig).to.include({ current: next, previous: current, next: "", nextEffectiveDate: null });
    expect(await deployment.outputsOf("certificate")).to.deep.include({
      thumbprint: next,
      provenance: "found",
      formerThumbprint: "",
      nextThumbprint: "",
      nextEffectiveDate: "",
      repair: [],
    });
    expect(warnings(run, /staged/)).to.have.length(1);
    expect(warnings(run, /what is left to do/)).to.have.length(1);

    const again = await deployment.up();
    expect(steps(again)).to.deep.equal([]);
    const destroyed = await deployment.destroy();
    expect(writes(destroyed)).to.deep.equal([]);
    expect((await deployment.organisation()).authConfig).to.deep.equal(authConfig);
  });

  const named: [string, object][] = [
    ["that is due within the hour", staged({}, { nextEffectiveDate: TWENTY_MINUTES })],
    ["whose effective date AuthConfig does not show", staged({}, { nextEffectiveDate: undefined })],
  ];
  for (const [title, scenario] of named) {
    it(`is the one that is named, too: one ${title}`, async () => {
      const run = await deploy(scenario);
      expect(writes(run)).to.deep.equal(["Set-AuthConfig"]);
      const { authConfig } = await deployment.organisation();
      expect(authConfig).to.include({ current: before.authConfig.next, next: "" });
    });
  }

  const made: { title: string; scenario: object; reason: RegExp }[] = [
    {
      title: "it has expired",
      scenario: staged({ notAfter: -1, notBefore: -1828 }),
      reason: / It expired on \d{4}-\d\d-\d\d: before that, stage /,
    },
    { title: "it is not valid yet", scenario: staged({ notBefore: 1 }), reason: /or up to a day later\. The tenant/ },
    {
      title: "a server lacks it and its key may not leave",
      scenario: staged({ missingOn: ["MBX2"] }),
      reason: / It is missing on MBX2: import it there before that\. /,
    },
    {
      title: "it is the current one, which has expired",
      scenario: staged({}, { next: "auth" }),
      reason: / It expired on \d{4}-\d\d-\d\d: before that, stage /,
    },
  ];
  for (const { title, scenario, reason } of made) {
    it(`does not keep one from being made where ${title}; that AuthConfig will switch to it is said`, async () => {
      const run = await deploy(scenario);
      expect(messages(run, "error")).to.deep.equal([]);
      expect(writes(run).slice(-MADE.length)).to.deep.equal(MADE);
      const { authConfig } = await deployment.organisation();
      const outputs = await deployment.outputsOf("certificate");
      expect(outputs).to.include({ provenance: "here", nextThumbprint: before.authConfig.next });
      expect(authConfig).to.include({ current: outputs.thumbprint, next: before.authConfig.next });
      const said = warnings(run, NEXT);
      expect(said).to.have.length(1);
      expect(said[0]).to.match(reason);
    });
  }

  it("stops everything if it cannot be read: it may be the certificate to name", async () => {
    const garbage = Buffer.from("a certificate that Exchange alone can read");
    const thumbprint = createHash("sha1").update(garbage).digest("hex").toUpperCase();
    const run = await deploy(staged(), (state) => {
      for (const certificate of state.servers.flatMap(({ certificates }) => certificates)) {
        if (certificate.thumbprint !== state.authConfig.next) continue;
        Object.assign(certificate, { thumbprint, rawData: garbage.toString("base64") });
      }
      state.authConfig.next = thumbprint;
    });
    expect(run.succeeded).to.equal(false);
    expect(messages(run, "error").join("\n")).to.include(
      `MBX1 could not be asked: it lists a certificate that cannot be read, and AuthConfig's ${thumbprint} may be that one`,
    );
    expect(writes(run)).to.deep.equal([]);
  });

  it("leaves a valid current one alone, and is told until AuthConfig has switched", async () => {
    const valid = { certificates: [{ key: "auth" }, { key: "staged", notBefore: -1, notAfter: 1825 }] };
    const run = await deploy({ ...staged(), ...valid });
    const { current, next, nextEffectiveDate } = before.authConfig;
    const effective = `${String(nextEffectiveDate).slice(0, 19)}Z`;
    expect(writes(run)).to.deep.equal([]);
    expect(await deployment.outputsOf("certificate")).to.include({
      thumbprint: current,
      nextThumbprint: next,
      nextEffectiveDate: effective,
    });
    const said = [
      `AuthConfig will switch to the certificate ${next} on ${effective} by Exchange's clock, or up to a day later. The ` +
        "tenant, and whatever else trusts the organisation, may not know it yet: before that, declare " +
        "`certificateGenerations: [1, 2]` of PushNotificationProxying and run `pulumi up`, which adopts it. See " +
        "https://github.com/pulumi-exchange-server/pulumi-exchange-server/blob/main/docs/rotation.md",
    ];
    expect(warnings(run, NEXT)).to.deep.equal(said);
    expect(warnings(await deployment.preview(), NEXT)).to.deep.equal(said);
    expect(steps(await deployment.refresh())).to.deep.equal([]);

    await deployment.exchange("Set-AuthConfig", { PublishCertificate: true, Force: true });
    await deployment.refresh();
    expect(await deployment.outputsOf("certificate")).to.include({
      thumbprint: next,
      nextThumbprint: "",
      nextEffectiveDate: "",
    });
    const after = await deployment.up();
    expect(warnings(after, NEXT)).to.deep.equal([]);
    expect(writes(after)).to.deep.equal([]);
  });
});

family("the thumbprint that AuthConfig holds", () => {
  let deployment: Deployment;
  afterEach(() => deployment.end());

  async function deploy(spelling: (thumbprint: string) => string): Promise<Run> {
    deployment = await beginWith({}, { program: "resources" });
    await deployment.edit(({ authConfig }) => {
      Object.assign(authConfig, { current: spelling(authConfig.current) });
    });
    deployment.declared = { certificate: {} };
    return deployment.up();
  }

  it("is understood as it was pasted from the certificate's dialog", async () => {
    const run = await deploy((thumbprint) => `\u200e${(thumbprint.toLowerCase().match(/../g) ?? []).join(" ")}`);
    expect(messages(run, "error")).to.deep.equal([]);
    expect(writes(run)).to.deep.equal([]);
    expect(await deployment.outputsOf("certificate")).to.deep.include({ provenance: "found", repair: [] });
  });

  it("is shown and refused if it is not a thumbprint: the intended certificate may be valid", async () => {
    const run = await deploy((thumbprint) => `\u200e${thumbprint.slice(1)}`);
    expect(run.succeeded).to.equal(false);
    expect(messages(run, "error").join("\n")).to.match(
      /Failed while reading AuthConfig: Get-AuthConfig shows CurrentCertificateThumbprint as “\\u200e[0-9A-F]{39}”; expected a thumbprint of 40 hexadecimal digits or nothing\./,
    );
    expect(writes(run)).to.deep.equal([]);
  });
});
