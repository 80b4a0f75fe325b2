import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { ConnectionLost, type ExchangeError, TimedOut } from "../../../provider/errors";
import { type Properties, Secret } from "../../../provider/powershell/protocol";
import type { Session } from "../../../provider/powershell/session";
import { buried, fixture, gone, isAlive } from "./fixture";
import { NOT_KNOWN_WHETHER } from "./sentences";
import { closeSessions, sessionOver } from "./sessions";

const LIMIT = { timeoutSeconds: 20 };

/** Over an open session a call is sent before the event loop turns. */
const sent = () => new Promise((resolve) => setImmediate(resolve));

describe("Session", () => {
  afterEach(closeSessions);

  async function pidOf(session: Session): Promise<number> {
    const { output } = await session.invoke("Get-Pid", {}, LIMIT);
    return output[0] as number;
  }

  it("starts nothing until the first call", async () => {
    const folder = await mkdtemp(join(tmpdir(), "session-"));
    try {
      const trace = join(folder, "started");
      const session = sessionOver(fixture("leaves-a-trace", trace));
      // Had it been started with its session, it would be done by the time that another has answered.
      await pidOf(sessionOver(fixture("echoes")));
      await pidOf(sessionOver(fixture("echoes")));
      expect(existsSync(trace)).to.equal(false);
      await session.invoke("Get-It", {}, LIMIT);
      expect(existsSync(trace)).to.equal(true);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it("answers with output, warnings, error records and the far end's clock", async () => {
    const session = sessionOver(fixture("echoes"));
    const { output, warnings, errors, now } = await session.invoke("Get-AuthConfig", { Server: "MBX1" }, LIMIT);
    expect({ ...(output[1] as Properties) }).to.deep.equal({ Server: "MBX1" });
    expect(warnings).to.deep.equal([]);
    expect(errors).to.deep.equal([]);
    expect(now).to.deep.equal(new Date("2026-03-01T12:00:00.000Z"));
  });

  it("asks one far end, in the order of the calls, one at a time", async () => {
    const session = sessionOver(fixture("echoes"));
    const ended: number[] = [];
    const numbers = Array.from({ length: 20 }, (_, number) => number);
    const results = await Promise.all(
      numbers.map(async (number) => {
        const { output } = await session.invoke("Get-It", { number }, LIMIT);
        ended.push((output[1] as Properties).number as number);
        return output[0];
      }),
    );
    expect(ended).to.deep.equal(numbers);
    expect(new Set(results)).to.have.lengthOf(1);
  });

  it("carries parameters as they were when the call was made", async () => {
    const session = sessionOver(fixture("echoes"));
    const parameters: Properties = { Name: "before" };
    const call = session.invoke("Set-It", parameters, LIMIT);
    parameters.Name = "after";
    const { output } = await call;
    expect((output[1] as Properties).Name).to.equal("before");
  });

  it("takes the real answer out of noise, escapes, a forged frame and Windows line ends", async () => {
    const session = sessionOver(fixture("prints"));
    const { output } = await session.invoke("Get-It", {}, LIMIT);
    expect(output).to.deep.equal(["real"]);
  });

  it("gives children neither Pulumi's nor the tenant's secrets", async () => {
    process.env.PULUMI_CONFIG_PASSPHRASE = "a passphrase";
    process.env.ARM_CLIENT_SECRET = "a client secret";
    try {
      const { output } = await sessionOver(fixture("environment")).invoke("Get-It", {}, LIMIT);
      const environment = output[0] as Properties;
      expect(environment).to.include({ TERM: "dumb", PATH: process.env.PATH });
      expect(environment).not.to.have.any.keys("PULUMI_CONFIG_PASSPHRASE", "ARM_CLIENT_SECRET");
    } finally {
      delete process.env.PULUMI_CONFIG_PASSPHRASE;
      delete process.env.ARM_CLIENT_SECRET;
    }
  });

  it("starts another far end for the next call, and never sends a call twice", async () => {
    const session = sessionOver(fixture("foreign", "twice"));
    const first = await pidOf(session);
    const second = await pidOf(session);
    expect(second).not.to.equal(first);
    await buried(first);
  });

  it("settles each of the calls that wait behind one that dies", async () => {
    const session = sessionOver(fixture("dies", "3"));
    const calls = ["Set-One", "Set-Two", "Set-Three"].map(
      (cmdlet) => expect(session.invoke(cmdlet, {}, LIMIT)).to.be.rejected,
    );
    const errors: ExchangeError[] = await Promise.all(calls);
    expect(errors.map((error) => [error.name, error.doing])).to.deep.equal([
      ["ConnectionLost", "running Set-One"],
      ["ConnectionLost", "running Set-Two"],
      ["ConnectionLost", "running Set-Three"],
    ]);
  });

  it("takes an answer that came just before the far end ended", async () => {
    const session = sessionOver(fixture("dies-after"));
    const first = await pidOf(session);
    await buried(first);
    expect(await pidOf(session)).not.to.equal(first);
  });

  it("leaves behind a far end whose call passed the time limit", async () => {
    const session = sessionOver(fixture("times-out"));
    const first = await pidOf(session);
    await expect(session.invoke("Set-It", {}, LIMIT)).to.be.rejectedWith(TimedOut);
    expect(isAlive(first)).to.equal(false);
    expect(await pidOf(session)).not.to.equal(first);
  });

  it("does not offer a refused password again, since that would lock the account", async () => {
    const credential = { userName: "CONTOSO\\admin", password: new Secret("not the right one") };
    const session = sessionOver(fixture("refuses", "connect", "unauthorised"), {}, credential);
    const first: Error = await expect(session.invoke("Get-It", {}, LIMIT)).to.be.rejectedWith(Error);
    await expect(session.invoke("Get-It", {}, LIMIT)).to.be.rejectedWith(first);
  });

  it("ends with its whole family: the far end and what that started", async () => {
    const session = sessionOver(fixture("family"));
    const grandchild = await pidOf(session);
    expect(isAlive(grandchild)).to.equal(true);
    await session.close();
    await gone(grandchild);
  });

  it("kills a far end that does not end by itself when the session closes", async () => {
    const session = sessionOver(fixture("forever"), { close: 100 });
    const pid = await pidOf(session);
    const call = expect(session.invoke("Set-It", {}, LIMIT)).to.be.rejectedWith(ConnectionLost);
    await sent();
    await session.close();
    const error: ConnectionLost = await call;
    expect(error.answer).to.equal("the session was closed before it answered");
    expect(error.outcomeUnknown).to.equal(true);
    await gone(pid);
  });

  it("stops a call under way when it closes, and says so", async () => {
    const session = sessionOver(fixture("cancellable"), { close: 5_000 });
    const pid = await pidOf(session);
    const calls = ["Set-It", "Get-It"].map((cmdlet) => expect(session.invoke(cmdlet, {}, LIMIT)).to.be.rejected);
    expect(session.busy).to.equal(true);
    await sent();
    await session.close();
    const [running, waiting] = (await Promise.all(calls)) as [ExchangeError, ExchangeError];
    expect(running).to.be.instanceOf(ConnectionLost);
    expect(running.message).to.equal(
      `Failed while running Set-It: it was stopped because the session was closed. ${NOT_KNOWN_WHETHER}.`,
    );
    expect(running.outcomeUnknown).to.equal(true);
    expect(waiting.answer).to.equal("the session was closed before it was sent");
    expect(session.busy).to.equal(false);
    await gone(pid);
  });

  it("still takes the answer of a call under way while it closes", async () => {
    const session = sessionOver(fixture("slow-goodbye"), { close: 5_000 });
    await pidOf(session);
    const call = session.invoke("Set-It", {}, LIMIT);
    await sent();
    await session.close();
    expect((await call).output).to.deep.equal(["finished"]);
  });

  it("rejects the calls that wait while it closes, none of which was sent", async () => {
    const session = sessionOver(fixture("forever"), { close: 100 });
    await pidOf(session);
    const first = expect(session.invoke("Set-One", {}, LIMIT)).to.be.rejected;
    const second = expect(session.invoke("Set-Two", {}, LIMIT)).to.be.rejected;
    await sent();
    await session.close();
    expect(((await first) as ExchangeError).outcomeUnknown).to.equal(true);
    expect(((await second) as ExchangeError).answer).to.equal("the session was closed before it was sent");
    expect(((await second) as ExchangeError).outcomeUnknown).to.equal(false);
  });

  it("rejects calls after it was closed, and closes twice without harm", async () => {
    const session = sessionOver(fixture("echoes"));
    await pidOf(session);
    await session.close();
    await session.close();
    const error: ConnectionLost = await expect(session.invoke("Set-It", {}, LIMIT)).to.be.rejectedWith(ConnectionLost);
    expect(error.message).to.equal(
      "Failed while running Set-It: the session was closed before it was sent. Nothing was changed; try again.",
    );
    expect(error.outcomeUnknown).to.equal(false);
  });
});
