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
  /** The thumbprints of the certificates that the tenant knows. */
  const known = async () => (await deployment.keyCredentials()).map(({ customKeyIdentifier }) => customKeyIdentifier);
  /** Whatever signs now or by itself later must be known to the tenant. */
  const expectKnown = async () => {
    const { current, next } = (await deployment.organisation()).authConfig;
    expect(await known(), "the current one").to.include(current);
    if (next !== "") expect(await known(), "the next one").to.include(next);
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
    expect(messages(run, "error")).to.deep.equal([]);
    expect(steps(run)).to.deep.equal(["update rollover"]);
    expect(await deployment.keyCredentials()).to.deep.equal(before);
    expect((await deployment.outputsOf("push-notifications-hold")).thumbprint).to.equal(first);
    declare([2]);
    expect(messages(await deployment.up(), "error").join("\n")).to.include(`servers may sign with ${first} until `);
    expect(await deployment.keyCredentials()).to.deep.equal(before);
    await later(1);
    expect(messages(await deployment.up(), "error")).to.deep.equal([]);
    const { current, previous } = (await deployment.organisation()).authConfig;
    expect({ current, previous }).to.deep.equal({ current: theirs, previous: "" });
    await expectKnown();
    expect(await known()).to.not.include(first);
  });

  it("when both generations show one certificate, and a program goes on: nothing is removed in the update that adds", async () => {
    await upOf([1, 2], { effectiveInDays: 0 });
    await deployment.refresh();
    await upOf([1, 2]);
    const { previous: first, current: second } = (await deployment.organisation()).authConfig;
    await deployment.exchange("Set-AuthConfig", { CertificateThumbprint: first, Force: true });
    await deployment.refresh();
    expect(messages(await upOf([1, 2]), "error")).to.deep.equal([]);
    await later(1);
    const before = await known();
    const run = await upOf([1, 3]);
    expect(messages(run, "error").join("\n")).to.include("another one must not be removed in the same one");
    expect(steps(run).filter((step) => step.startsWith("delete"))).to.deep.equal([]);
    expect((await known()).slice(0, before.length)).to.deep.equal(before);
    expect(messages(await upOf([1, 3]), "error")).to.deep.equal([]);
    await expectKnown();
    expect(await known()).to.not.include(second);
  });

  it("when a program goes on to [1, 3] after a crash that left no rollover: nothing is removed in the update that adds", async () => {
    await addFaults(deployment.home, [{ cmdlet: "Set-AuthConfig", when: "after", kind: "crash" }]);
    await upOf([1, 2]);
    const before = await deployment.keyCredentials();
    expect(messages(await upOf([1, 3]), "error").join("\n")).to.include(
      "the key credential of another generation is added to the tenant in this update. Run `pulumi up` once more",
    );
    expect((await deployment.keyCredentials()).slice(0, before.length)).to.deep.equal(before);
    await expectKnown();
    expect(messages(await upOf([1, 3]), "error")).to.deep.equal([]);
    expect(await deployment.keyCredentials()).to.have.length(before.length);
    await expectKnown();
  });

  it("when an administrator makes another one current: the former one's key credential stays until its day is over", async () => {
    await deployment.end();
    const certificates = [{ key: "auth" }, { key: "theirs", notBefore: -1, notAfter: 1800 }];
    deployment = await beginWith(
      { ...SERVERS, certificates, authConfig: { current: "auth" } },
      { program: "component" },
    );
    await upOf([1]);
    await upOf([1, 2]);
    const { current: first, next: second } = (await deployment.organisation()).authConfig;
    const { servers } = await deployment.organisation();
    const [one = [], other = []] = servers.map(({ certificates: all }) => all.map(({ thumbprint }) => thumbprint));
    const theirs = one.find((each) => other.includes(each) && ![first, second].includes(each)) as string;
    await deployment.exchange("Set-AuthConfig", { CertificateThumbprint: theirs, Force: true });
    await deployment.refresh();
    for (const _ of ["once", "and once more"]) {
      expect(messages(await deployment.up(), "error").join("\n")).to.include(`servers may sign with ${first} until `);
      expect(await known()).to.include.members([first, theirs]);
    }
    await later(1);
    expect(messages(await deployment.up(), "error")).to.deep.equal([]);
    expect(await known())
      .to.include(theirs)
      .and.not.include(first);
    expect(steps(await deployment.up())).to.deep.equal([]);
  });

  it("when a program goes from [1] to [2] directly, with --continue-on-error: nothing is removed after what failed", async () => {
    const before = await deployment.keyCredentials();
    declare([2]);
    const run = await deployment.up({ continueOnError: true });
    expect(run.succeeded).to.equal(false);
    expect(steps(run).filter((step) => step.startsWith("delete"))).to.deep.equal([]);
    expect(messages(run, "error").join("\n")).to.include("nothing is removed in this update");
    const known = (await deployment.keyCredentials()).map(({ keyId }) => keyId);
    expect(known).to.include.members(before.map(({ keyId }) => keyId));
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
    expect(await known()).to.include(previous);
  });
});
