import { expect } from "chai";
import { family } from "../family";
import { type Deployment, messages, type Run, steps, writes } from "./deployment";
import { reachConfiguration } from "./reach";
import { beginWith } from "./scenario";

const DAY = 24 * 60 * 60 * 1000;
const SERVERS = { servers: [{ name: "MBX1" }, { name: "MBX2" }], certificates: [{ key: "auth" }] };
const MADE = ["New-ExchangeCertificate MBX1", "Export-ExchangeCertificate MBX1", "Import-ExchangeCertificate MBX2"];
const ADDED = (generation: number) => [
  `create certificate-${generation}`,
  `create key-credential-${generation}`,
  `create hold-${generation}`,
];

/** What AuthConfig names, and whether the tenant knows the current one. */
async function named(deployment: Deployment) {
  const { authConfig } = await deployment.organisation();
  const { current, next, previous } = authConfig;
  const known = (await deployment.keyCredentials()).map(({ customKeyIdentifier }) => customKeyIdentifier);
  expect(known, "the tenant knows the current certificate").to.include(current);
  return { current, next, previous, known };
}

/** Whether Exchange's clock can be moved: that of real PowerShell cannot. */
const hasClock = ({ home }: Deployment) => reachConfiguration(home)["exchange:connection"] === "process";

/** Exchange makes the next certificate current: half a day after its date, by its own clock where that can be moved. */
async function promoted(deployment: Deployment, days: number): Promise<void> {
  if (!hasClock(deployment)) {
    await deployment.exchange("Set-AuthConfig", { PublishCertificate: true, Force: true });
    return;
  }
  await deployment.edit((state) => {
    state.clockOffset += (days + 1) * DAY;
  });
  await deployment.exchange("Get-AuthConfig", {});
}

/** A day passes since AuthConfig was changed. */
async function aDayPassed(deployment: Deployment): Promise<void> {
  await deployment.edit((state) => {
    if (hasClock(deployment)) state.clockOffset += DAY;
    else state.authConfig.whenChanged = new Date(Date.parse(state.authConfig.whenChanged) - DAY).toISOString();
  });
}

/** Somebody removes a certificate from a server. */
async function missingOn(deployment: Deployment, server: string, thumbprint: string): Promise<void> {
  await deployment.edit(({ servers }) => {
    for (const one of servers) {
      if (one.name === server) one.certificates = one.certificates.filter((other) => other.thumbprint !== thumbprint);
    }
  });
}

const declare = (deployment: Deployment, certificateGenerations: number[], rollover: object = {}) => {
  deployment.declared = { component: { certificateGenerations, rollover } };
};

async function succeeded(operation: Promise<Run>): Promise<Run> {
  const run = await operation;
  expect(messages(run, "error")).to.deep.equal([]);
  return run;
}

describe("the auth certificate's renewal, from setup's own to generation 3", () => {
  let deployment: Deployment;
  let first = "";
  let second = "";
  let third = "";

  before(async () => {
    deployment = await beginWith(SERVERS, { program: "component" });
  });
  after(() => deployment.end());

  it("1: begins with the organisation's own certificate, with the names of stacks that never renewed", async () => {
    declare(deployment, [1]);
    const run = await succeeded(deployment.up());
    expect(steps(run)).to.include.members(["create certificate", "create key-credential"]);
    first = (await named(deployment)).current;
  });

  it("2: previews what is added alone, and stages the next generation once the tenant knows it", async () => {
    declare(deployment, [1, 2]);
    const added = ["create hold", ...ADDED(2), "create rollover"];
    expect(steps(await succeeded(deployment.preview()))).to.have.members(added);
    const run = await succeeded(deployment.up());
    expect(steps(run)).to.have.members(added);
    expect(steps(run).at(-1)).to.equal("create rollover");
    expect(writes(run)).to.deep.equal([...MADE, "Set-AuthConfig"]);
    const { current, next, known } = await named(deployment);
    second = next;
    expect(current).to.equal(first);
    expect(known).to.include.members([first, second]);
    const rollover = await deployment.outputsOf("push-notifications-rollover");
    expect(rollover).to.include({ state: "Next", formerState: "Current", currentThumbprint: first });
    expect(Date.parse(String(rollover.effectiveDate)) - Date.now()).to.be.within(29.9 * DAY, 30.2 * DAY);
  });

  it("3: finds nothing more to do, and no drift", async () => {
    expect(steps(await succeeded(deployment.refresh()))).to.deep.equal([]);
    const run = await succeeded(deployment.up());
    expect(steps(run)).to.deep.equal([]);
    expect(
      messages(run, "warning").filter((text) => text.includes(`generation 2's certificate ${second}`)),
    ).to.have.length(1);
  });

  it("4: refuses to take the former generation away while it is current, with the date, and removes nothing", async () => {
    declare(deployment, [2]);
    const before = await named(deployment);
    const preview = await succeeded(deployment.preview());
    expect(messages(preview, "info").join("\n")).to.match(
      /^Generation 2 of the auth certificate, [0-9A-F]{40}, is not current by what was last seen/m,
    );
    const run = await deployment.up();
    expect(run.succeeded).to.equal(false);
    expect(messages(run, "error").join("\n")).to.include(`Exchange makes ${second} current on `);
    expect(writes(run)).to.deep.equal([]);
    expect(await named(deployment)).to.deep.equal(before);
  });

  it("5: follows Exchange, which makes it current by itself: refresh shows it, and no key credential changes", async () => {
    declare(deployment, [1, 2]);
    const before = await named(deployment);
    await promoted(deployment, 30);
    await succeeded(deployment.refresh());
    const run = await succeeded(deployment.up());
    expect(writes(run)).to.deep.equal([]);
    const after = await named(deployment);
    expect(after).to.deep.equal({ current: second, next: "", previous: first, known: before.known });
    const rollover = await deployment.outputsOf("push-notifications-rollover");
    expect(rollover).to.include({
      state: "Current",
      formerState: "Previous",
      currentThumbprint: second,
      effectiveDate: "",
    });
    expect((await deployment.outputsOf("push-notifications-certificate")).supersededBy).to.equal(second);
  });

  it("6: keeps the former generation for a day, in which servers may sign with it, and says until when", async () => {
    declare(deployment, [2]);
    const before = await named(deployment);
    const { formerSignsUntil } = await deployment.outputsOf("push-notifications-rollover");
    const until = `servers may sign with ${first} until ${formerSignsUntil} by Exchange's clock`;
    expect(messages(await succeeded(deployment.preview()), "info").join("\n")).to.include(
      `Servers may sign with the former certificate ${first} until ${formerSignsUntil}, by what was last seen: an update ` +
        "that removes it before is refused, unless the program declares `rollover: { effectiveInDays: 0 }`.",
    );
    const run = await deployment.up();
    expect(messages(run, "error").join("\n")).to.include(until);
    expect(writes(run)).to.deep.equal([]);
    expect(await named(deployment)).to.deep.equal(before);
  });

  it("7: takes the former generation away: its key credential first, then AuthConfig's previous; setup's own stays", async () => {
    await aDayPassed(deployment);
    const expected = ["update rollover", "delete hold", "delete key-credential", "delete certificate"];
    expect(steps(await succeeded(deployment.preview()))).to.deep.equal(expected);
    const run = await succeeded(deployment.up());
    expect(steps(run)).to.deep.equal(expected);
    expect(writes(run)).to.deep.equal(["Set-AuthConfig"]);
    expect(messages(run, "info").join("\n")).to.include(
      `The certificate ${first} stays on the servers: it was not made by this stack.`,
    );
    const { current, previous, known } = await named(deployment);
    expect({ current, previous }).to.deep.equal({ current: second, previous: "" });
    expect(known).to.not.include(first);
  });

  it("8: goes on to the generation after it", async () => {
    declare(deployment, [2, 3]);
    const expected = [...ADDED(3), "update rollover"];
    expect(steps(await succeeded(deployment.preview()))).to.have.members(expected);
    const run = await succeeded(deployment.up());
    expect(writes(run)).to.deep.equal([...MADE, "Set-AuthConfig"]);
    const { current, next, known } = await named(deployment);
    third = next;
    expect(current).to.equal(second);
    expect(known).to.include.members([second, third]);
  });

  it("9: gives what is staged another date", async () => {
    declare(deployment, [2, 3], { effectiveInDays: 10 });
    const before = String((await deployment.outputsOf("push-notifications-rollover")).effectiveDate);
    expect(steps(await succeeded(deployment.preview()))).to.deep.equal(["update rollover"]);
    const run = await succeeded(deployment.up());
    expect(writes(run)).to.deep.equal(["Set-AuthConfig"]);
    const { effectiveDate } = await deployment.outputsOf("push-notifications-rollover");
    expect((Date.parse(before) - Date.parse(String(effectiveDate))) / DAY).to.be.within(19.9, 20.1);
    expect((await named(deployment)).next).to.equal(third);
  });

  it("10: removes from the servers what was made here, once it is no longer needed", async () => {
    await promoted(deployment, 10);
    await aDayPassed(deployment);
    declare(deployment, [3]);
    await succeeded(deployment.refresh());
    const run = await succeeded(deployment.up());
    expect(writes(run)).to.deep.equal([
      "Set-AuthConfig",
      "Remove-ExchangeCertificate MBX1",
      "Remove-ExchangeCertificate MBX2",
    ]);
    const { current, previous, known } = await named(deployment);
    expect({ current, previous }).to.deep.equal({ current: third, previous: "" });
    expect(known).to.not.include(second);
    const { servers } = await deployment.organisation();
    const holders = (thumbprint: string) =>
      servers.filter(({ certificates }) => certificates.some((one) => one.thumbprint === thumbprint)).length;
    expect([first, second, third].map(holders)).to.deep.equal([2, 0, 2]);
  });

  it("11: has nothing left to do, and no drift", async () => {
    expect(steps(await succeeded(deployment.up()))).to.deep.equal([]);
    expect(steps(await succeeded(deployment.refresh()))).to.deep.equal([]);
  });
});

family("a renewal of the auth certificate", () => {
  let deployment: Deployment;
  afterEach(() => deployment.end());

  async function begin(scenario: object = SERVERS): Promise<string> {
    deployment = await beginWith(scenario, { program: "component" });
    declare(deployment, [1]);
    await succeeded(deployment.up());
    return (await named(deployment)).current;
  }

  it("is previewed as nothing to do once it is staged, also after a refresh", async () => {
    await begin();
    declare(deployment, [1, 2]);
    const added = ["create hold", ...ADDED(2), "create rollover"];
    expect(steps(await succeeded(deployment.preview()))).to.have.members(added);
    await succeeded(deployment.up());
    expect(steps(await succeeded(deployment.refresh()))).to.deep.equal([]);
    expect(steps(await succeeded(deployment.preview()))).to.deep.equal([]);
    await missingOn(deployment, "MBX2", (await named(deployment)).current);
    await succeeded(deployment.refresh());
    expect(steps(await succeeded(deployment.preview())), "its key credential stays").to.deep.equal([
      "update certificate",
    ]);
  });

  it("takes effect at once where the program says so, and once the tenant knows it", async () => {
    const first = await begin();
    declare(deployment, [1, 2], { effectiveInDays: 0 });
    const run = await succeeded(deployment.up());
    expect(writes(run)).to.deep.equal([...MADE, "Set-AuthConfig"]);
    const { current, previous } = await named(deployment);
    expect(previous).to.equal(first);
    expect((await deployment.outputsOf("push-notifications-rollover")).state).to.equal("Current");
    expect(messages(run, "warning").join("\n")).to.include(
      `AuthConfig names the certificate ${current} now; what is left to do`,
    );
  });

  it("is taken back while nothing is staged: certificate and key credential go", async () => {
    const first = await begin({ ...SERVERS, servers: [{ name: "MBX1" }, { name: "MBX2", reachable: false }] });
    const before = await named(deployment);
    declare(deployment, [1, 2]);
    const waiting = await succeeded(deployment.up());
    expect(writes(waiting)).to.deep.equal(["New-ExchangeCertificate MBX1"]);
    expect(messages(waiting, "warning").join("\n")).to.match(
      /AuthConfig does not name generation 2's certificate [0-9A-F]{40} yet: MBX2 could not be asked/,
    );
    declare(deployment, [1]);
    const run = await succeeded(deployment.up());
    expect(writes(run)).to.deep.equal(["Remove-ExchangeCertificate MBX1"]);
    expect(await named(deployment)).to.deep.equal({ ...before, current: first });
  });

  it("is not taken back once it is staged, and says how it can be put off: nothing is removed", async () => {
    await begin();
    declare(deployment, [1, 2]);
    await succeeded(deployment.up());
    const before = await named(deployment);
    declare(deployment, [1]);
    const run = await deployment.up();
    expect(run.succeeded).to.equal(false);
    expect(messages(run, "error").join("\n")).to.include("and a next certificate cannot be unset");
    expect(writes(run)).to.deep.equal([]);
    expect(await named(deployment)).to.deep.equal(before);
  });

  it("adds a key credential and removes another one in two updates, of which the first says so and removes nothing", async () => {
    const first = await begin();
    declare(deployment, [1, 2], { effectiveInDays: 0 });
    await succeeded(deployment.up());
    const { current: second, known } = await named(deployment);
    declare(deployment, [2, 3]);
    const preview = await succeeded(deployment.preview());
    expect(messages(preview, "info").join("\n")).to.include("which takes two updates");
    const run = await deployment.up();
    expect(messages(run, "error").join("\n")).to.include("Run `pulumi up` once more; nothing was removed.");
    expect(writes(run)).to.deep.equal(MADE);
    const between = await named(deployment);
    expect(between).to.include({ current: second, next: "", previous: first });
    expect(between.known).to.have.length(known.length + 1);
    await aDayPassed(deployment);
    expect(writes(await succeeded(deployment.up()))).to.deep.equal(["Set-AuthConfig", "Set-AuthConfig"]);
    const after = await named(deployment);
    expect(after).to.include({ current: second, previous: "" });
    expect(after.known).to.include.members([second, after.next]).and.not.include(first);
  });

  it("adopts what another hand has staged: nothing is made, and nothing of theirs is changed", async () => {
    const first = await begin({
      ...SERVERS,
      certificates: [{ key: "auth" }, { key: "theirs", notBefore: -1, notAfter: 1800 }],
      authConfig: { current: "auth", next: "theirs", nextEffectiveDate: 40 },
    });
    const { next } = await named(deployment);
    declare(deployment, [1, 2]);
    const run = await succeeded(deployment.up());
    expect(writes(run)).to.deep.equal([]);
    const after = await named(deployment);
    expect(after).to.include({ current: first, next });
    expect(after.known).to.include(next);
    expect((await deployment.outputsOf("push-notifications-certificate-2")).provenance).to.equal("found");
    const destroyed = await succeeded(deployment.destroy());
    expect(writes(destroyed).filter((write) => write.includes("Certificate"))).to.deep.equal([]);
  });

  it("publishes what Exchange has not made current a day after its date, and says so before", async () => {
    await begin({ ...SERVERS, serviceletHours: null });
    declare(deployment, [1, 2]);
    await succeeded(deployment.up());
    const { next } = await named(deployment);
    await deployment.edit((state) => {
      state.clockOffset += 32 * DAY;
    });
    await succeeded(deployment.refresh());
    const preview = await succeeded(deployment.preview());
    expect(steps(preview)).to.deep.equal(["update rollover"]);
    expect(messages(preview, "info")).to.include(
      `Generation 2 of the auth certificate, ${next}, is to be updated: to be made current.`,
    );
    const run = await succeeded(deployment.up());
    expect(writes(run)).to.deep.equal(["Set-AuthConfig"]);
    expect((await named(deployment)).current).to.equal(next);
  });
});
