import { expect } from "chai";
import { addFaults } from "../../sandbox/exchange";
import { family } from "../family";
import { type Deployment, messages, steps } from "./deployment";
import { beginWith } from "./scenario";

const SERVERS = { servers: [{ name: "MBX1" }, { name: "MBX2" }], certificates: [{ key: "auth" }] };

family("what signs, or will, stays known to the tenant", () => {
  let deployment: Deployment;
  const declare = (certificateGenerations: number[], rollover: object = {}) => {
    deployment.declared = { component: { certificateGenerations, rollover } };
  };
  const upOf = async (generations: number[], rollover: object = {}) => {
    declare(generations, rollover);
    return deployment.up();
  };
  const away = (reachable: boolean) =>
    deployment.edit(({ servers }) => {
      for (const server of servers) if (server.name === "MBX2") server.reachable = reachable;
    });
  const later = (days: number) =>
    deployment.edit((state) => {
      state.clockOffset += days * 24 * 60 * 60 * 1000;
    });
  /** Whatever signs now or by itself later must be known to the tenant. */
  const expectKnown = async () => {
    const { current, next } = (await deployment.organisation()).authConfig;
    const known = (await deployment.keyCredentials()).map(({ customKeyIdentifier }) => customKeyIdentifier);
    expect(known, "the current one").to.include(current);
    if (next !== "") expect(known, "the next one").to.include(next);
  };
  beforeEach(async () => {
    deployment = await beginWith(SERVERS, { program: "component" });
    await upOf([1]);
  });
  afterEach(() => deployment.end());

  for (const effectiveInDays of [30, 0]) {
    it(`when a program goes back after a crash behind Set-AuthConfig (${effectiveInDays} days)`, async () => {
      await addFaults(deployment.home, [{ cmdlet: "Set-AuthConfig", when: "after", kind: "crash" }]);
      await upOf([1, 2], { effectiveInDays });
      await upOf([1]);
      await expectKnown();
    });
  }

  it("when a program goes back from [1, 3] to [1, 2] after a crash behind Set-AuthConfig", async () => {
    await upOf([1, 2]);
    await addFaults(deployment.home, [{ cmdlet: "Set-AuthConfig", when: "after", kind: "crash" }]);
    await upOf([1, 3]);
    await upOf([1, 2]);
    await expectKnown();
  });

  it("when a program goes on from [1, 2] to [1, 3] while a server is away", async () => {
    await upOf([1, 2]);
    await away(false);
    await upOf([1, 3]);
    await expectKnown();
  });

  it("when a program declares [2] too early, with --continue-on-error", async () => {
    await upOf([1, 2]);
    declare([2]);
    await deployment.up({ continueOnError: true });
    await expectKnown();
  });

  it("when another hand makes its own current and clears the previous one: [2] follows it", async () => {
    await upOf([1, 2], { effectiveInDays: 0 });
    await upOf([2], { effectiveInDays: 0 });
    await deployment.refresh();
    const { servers } = await deployment.organisation();
    const everywhere = (thumbprint: string) =>
      servers.every(({ certificates }) => certificates.some((one) => one.thumbprint === thumbprint));
    const setup = (servers[0]?.certificates ?? []).map(({ thumbprint }) => thumbprint).filter(everywhere);
    const { current } = (await deployment.organisation()).authConfig;
    const theirs = setup.find((thumbprint) => thumbprint !== current) as string;
    await deployment.exchange("Set-AuthConfig", { CertificateThumbprint: theirs, Force: true });
    await deployment.exchange("Set-AuthConfig", { ClearPreviousCertificate: true, Force: true });
    await deployment.refresh();
    expect(messages(await deployment.up(), "error")).to.deep.equal([]);
    await expectKnown();
  });

  it("when an administrator goes back to the former one: both key credentials stay as they are", async () => {
    await upOf([1, 2], { effectiveInDays: 0 });
    await deployment.refresh();
    await upOf([1, 2], { effectiveInDays: 0 });
    const { current: second, previous: first } = (await deployment.organisation()).authConfig;
    const before = await deployment.keyCredentials();
    await deployment.exchange("Set-AuthConfig", { CertificateThumbprint: first, Force: true });
    await deployment.refresh();
    expect(steps(await deployment.preview())).to.deep.equal(["update rollover"]);
    const run = await deployment.up();
    expect(messages(run, "error")).to.deep.equal([]);
    expect(steps(run).filter((step) => step.includes("key-credential"))).to.deep.equal([]);
    expect(await deployment.keyCredentials()).to.deep.equal(before);
    const { keyCredentialId, certificateThumbprint, certificateGenerations } =
      await deployment.outputsOf("push-notifications");
    expect(certificateThumbprint).to.equal(first);
    expect(before.find(({ keyId }) => keyId === keyCredentialId)?.customKeyIdentifier).to.equal(first);
    expect(certificateGenerations).to.have.length(2);
    expect(before.map(({ customKeyIdentifier }) => customKeyIdentifier)).to.include(second);
  });

  it("when a certificate that another hand has staged becomes current: the former one's stays until its day is over", async () => {
    await deployment.end();
    deployment = await beginWith(
      {
        ...SERVERS,
        certificates: [{ key: "auth" }, { key: "theirs", notBefore: -1, notAfter: 1800 }],
        authConfig: { current: "auth", next: "theirs", nextEffectiveDate: 40 },
      },
      { program: "component" },
    );
    await upOf([1]);
    await upOf([1, 2]);
    const { current: first, next: theirs } = (await deployment.organisation()).authConfig;
    const before = await deployment.keyCredentials();
    await later(41);
    await deployment.refresh();
    expect(steps(await deployment.preview())).to.deep.equal(["update rollover"]);
    const run = await deployment.up();
    expect(steps(run).filter((step) => step.includes("key-credential"))).to.deep.equal([]);
    expect(await deployment.keyCredentials()).to.deep.equal(before);
    declare([2]);
    expect(messages(await deployment.up(), "error").join("\n")).to.include(`servers may sign with ${first} until `);
    expect(await deployment.keyCredentials()).to.deep.equal(before);
    await later(1);
    expect(messages(await deployment.up(), "error")).to.deep.equal([]);
    const { current, previous } = (await deployment.organisation()).authConfig;
    expect({ current, previous }).to.deep.equal({ current: theirs, previous: "" });
    await expectKnown();
    const known = (await deployment.keyCredentials()).map(({ customKeyIdentifier }) => customKeyIdentifier);
    expect(known).to.not.include(first);
  });

  it("when a program declares [2] within the day, with --continue-on-error", async () => {
    await upOf([1, 2], { effectiveInDays: 0 });
    await deployment.refresh();
    declare([1, 2]);
    await deployment.up();
    const before = await deployment.keyCredentials();
    declare([2]);
    await deployment.up({ continueOnError: true });
    expect(await deployment.keyCredentials()).to.deep.equal(before);
  });

  it("and a later date that could not be set while a server was away is set once it is back", async () => {
    await upOf([1, 2], { effectiveInDays: 10 });
    const before = (await deployment.organisation()).authConfig.nextEffectiveDate;
    await away(false);
    await upOf([1, 2], { effectiveInDays: 60 });
    await away(true);
    await upOf([1, 2], { effectiveInDays: 60 });
    expect((await deployment.organisation()).authConfig.nextEffectiveDate).to.not.equal(before);
  });

  it("while a server lacks the current one: [2, 3] is held back like [2]", async () => {
    await upOf([1, 2], { effectiveInDays: 0 });
    const { current, previous } = (await deployment.organisation()).authConfig;
    await deployment.edit(({ servers }) => {
      for (const server of servers)
        if (server.name === "MBX2")
          server.certificates = server.certificates.filter(({ thumbprint }) => thumbprint !== current);
    });
    await upOf([2, 3]);
    const known = (await deployment.keyCredentials()).map(({ customKeyIdentifier }) => customKeyIdentifier);
    expect(known).to.include(previous);
  });
});
