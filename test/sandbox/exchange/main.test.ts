import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect } from "chai";
import { type Properties, type Reply, requestLine } from "pulumi-exchange-server/protocol";
import { addFaults, type Fault, readJournal, readOrganisation } from "../../../sandbox/exchange";
import { makeHome, removeHomes } from "./homes";
import { ExchangeProcess, MAIN } from "./process";

const ENABLE: [string, Properties] = ["Enable-PushNotificationProxy", { Organization: "contoso.example" }];
const CRASHED = 70;

async function enabled(home: string): Promise<boolean> {
  return (await readOrganisation(home)).pushNotificationApp?.enabled ?? false;
}

async function homeWith(...faults: Fault[]): Promise<string> {
  const home = await makeHome();
  await addFaults(home, faults);
  return home;
}

describe("the sandbox's Exchange as a process", () => {
  let exchange: ExchangeProcess | undefined;
  afterEach(() => {
    exchange?.child.kill("SIGKILL");
    exchange = undefined;
  });
  after(removeHomes);

  it("says hello, connects, answers, and prints nothing else", async () => {
    exchange = new ExchangeProcess(await makeHome());
    const hello = (await exchange.ask({ type: "open", protocol: 1, nonce: exchange.nonce })) as Reply;
    expect(hello).to.deep.include({
      type: "hello",
      protocol: 1,
      name: "Exchange sandbox",
      processId: exchange.child.pid,
    });
    expect(await exchange.connect()).to.deep.include({ type: "connected", id: 1 });
    const result = (await exchange.invoke("Get-AuthConfig")) as Reply & { type: "result" };
    expect(result).to.deep.include({ type: "result", id: 2, warnings: [], errors: [] });
    expect((result.output[0] as Properties).Name).to.equal("Auth Configuration");
    expect(await exchange.close()).to.equal(0);
    expect(exchange.noise).to.deep.equal([]);
  });

  it("refuses another version of the protocol", async () => {
    exchange = new ExchangeProcess(await makeHome());
    expect(await exchange.ask({ type: "open", protocol: 2, nonce: exchange.nonce })).to.deep.include({
      type: "refused",
      reason: "version",
      message: "The Exchange sandbox speaks version 1 of the protocol, not 2.",
    });
    expect(await exchange.close()).to.equal(0);
  });

  it("refuses a call before connect, and a line that is no request", async () => {
    exchange = new ExchangeProcess(await makeHome());
    await exchange.ask({ type: "open", protocol: 1, nonce: exchange.nonce });
    expect(await exchange.invoke("Get-AuthConfig")).to.deep.include({
      type: "refused",
      id: 1,
      reason: "protocol",
      message: "An invoke came before connect.",
    });
    exchange.child.stdin.write("nonsense!\n");
    expect(await exchange.reply()).to.deep.include({
      type: "refused",
      id: 0,
      reason: "protocol",
      message: "The request cannot be read: a line that is not base64.",
    });
    expect(await exchange.close()).to.equal(0);
  });

  it("refuses to connect to a damaged state, and leaves the file untouched", async () => {
    const home = await makeHome();
    const file = path.join(home, "exchange.json");
    await writeFile(file, "{ half");
    exchange = new ExchangeProcess(home);
    await exchange.ask({ type: "open", protocol: 1, nonce: exchange.nonce });
    const refused = (await exchange.connect()) as Reply & { type: "refused" };
    expect(refused).to.deep.include({ type: "refused", id: 1, reason: "unreachable" });
    expect(refused.message).to.match(
      /^The sandbox's Exchange organisation in .*exchange\.json cannot be read: it is not JSON/,
    );
    expect(await readFile(file, "utf8")).to.equal("{ half");
    expect(await exchange.close()).to.equal(0);
  });

  it("refuses a call when the state was damaged meanwhile, and goes on when it is repaired", async () => {
    const home = await makeHome();
    const file = path.join(home, "exchange.json");
    const good = await readFile(file, "utf8");
    exchange = await ExchangeProcess.connected(home);
    await writeFile(file, "[]");
    expect(await exchange.invoke(...ENABLE)).to.deep.include({ type: "refused", reason: "unreachable" });
    expect(await readFile(file, "utf8")).to.equal("[]");
    await writeFile(file, good);
    expect(await exchange.invoke(...ENABLE)).to.deep.include({ type: "result", errors: [] });
    expect(await exchange.close()).to.equal(0);
  });

  for (const [when, done] of [
    ["before", false],
    ["after", true],
  ] as const) {
    it(`crashes ${when} the change is saved, once, and the next process goes on`, async () => {
      const home = await homeWith({ cmdlet: ENABLE[0], when, kind: "crash" });
      exchange = await ExchangeProcess.connected(home);
      void exchange.invoke(...ENABLE);
      expect(await exchange.end()).to.equal(CRASHED);
      expect(await enabled(home)).to.equal(done);
      exchange = await ExchangeProcess.connected(home);
      expect(await exchange.invoke(...ENABLE)).to.deep.include({ type: "result", errors: [] });
      expect((await readJournal(home)).map(({ outcome, changed }) => [outcome, changed])).to.deep.equal([
        ["crash", done],
        ["ok", !done],
      ]);
      expect(await exchange.close()).to.equal(0);
    });
  }

  it("kills the process that started it, and ends", async () => {
    const home = await homeWith({ cmdlet: ENABLE[0], when: "after", kind: "killParent" });
    // A parent of its own, which does nothing but start the sandbox.
    const script =
      "require('node:child_process').spawn(process.execPath, process.argv.slice(1), { stdio: 'inherit' })" +
      ".on('exit', () => process.exit(5))";
    const parent = spawn(process.execPath, ["-e", script, "--", "--require", "tsx/cjs", MAIN], {
      env: { ...process.env, SANDBOX_HOME: home },
    });
    parent.stdin.write(requestLine({ type: "open", protocol: 1, nonce: "0".repeat(32) }));
    parent.stdin.write(requestLine({ type: "connect", id: 1, connection: {}, userName: "", password: null }));
    const [cmdlet, parameters] = ENABLE;
    parent.stdin.write(requestLine({ type: "invoke", id: 2, cmdlet, parameters, timeoutSeconds: 60 }));
    // Both have ended when the pipe that they share is closed.
    const [code, signal] = await once(parent, "close");
    expect([code, signal]).to.deep.equal([null, "SIGKILL"]);
    expect(await enabled(home)).to.equal(true);
    expect((await readJournal(home)).map(({ outcome }) => outcome)).to.deep.equal(["killParent"]);
  });

  it("answers garbage in place of a frame, and a frame to the next call", async () => {
    const home = await homeWith({ cmdlet: ENABLE[0], when: "after", kind: "garbage" });
    exchange = await ExchangeProcess.connected(home);
    expect(await exchange.invoke(...ENABLE)).to.be.instanceOf(Error);
    expect(await enabled(home)).to.equal(true);
    expect(await exchange.invoke("Get-AuthConfig")).to.deep.include({ type: "result", errors: [] });
    expect(await exchange.close()).to.equal(0);
  });

  it("answers timedOut at the limit of a call that hangs, and changes nothing", async () => {
    const home = await homeWith({ cmdlet: ENABLE[0], when: "before", kind: "hang" });
    exchange = await ExchangeProcess.connected(home);
    expect(await exchange.invoke(...ENABLE, 1)).to.deep.include({ type: "timedOut", id: 2 });
    expect(await enabled(home)).to.equal(false);
    expect(await exchange.invoke(...ENABLE, 60)).to.deep.include({ type: "result", errors: [] });
    expect(await exchange.close()).to.equal(0);
  });

  it("answers timedOut of a delay after the change, which was made", async () => {
    const home = await homeWith({ cmdlet: ENABLE[0], when: "after", kind: "delay", milliseconds: 60_000 });
    exchange = await ExchangeProcess.connected(home);
    expect(await exchange.invoke(...ENABLE, 1)).to.deep.include({ type: "timedOut", id: 2 });
    expect(await enabled(home)).to.equal(true);
    expect(await exchange.close()).to.equal(0);
  });

  it("ends in the middle of a hang when its input ends", async () => {
    const home = await homeWith({ cmdlet: ENABLE[0], when: "before", kind: "hang" });
    exchange = await ExchangeProcess.connected(home);
    void exchange.invoke(...ENABLE, 600);
    expect(await exchange.close()).to.equal(0);
    expect(await enabled(home)).to.equal(false);
  });

  for (const [signal, code] of [
    ["SIGTERM", 143],
    ["SIGINT", 130],
  ] as const) {
    it(`ends at ${signal}`, async () => {
      exchange = await ExchangeProcess.connected(await makeHome());
      exchange.child.kill(signal);
      expect(await exchange.end()).to.equal(code);
    });
  }

  it("shares one organisation between processes without losing a change", async () => {
    const home = await makeHome();
    exchange = await ExchangeProcess.connected(home);
    const other = await ExchangeProcess.connected(home);
    try {
      const make = (process: ExchangeProcess, name: string) =>
        process.invoke("New-ExchangeCertificate", { Services: "None", KeySize: 1024, SubjectName: `CN=${name}` });
      const rounds = ["1", "2", "3", "4"];
      for (const round of rounds) await Promise.all([make(exchange, `one ${round}`), make(other, `other ${round}`)]);
      const [server] = (await readOrganisation(home)).servers;
      const subjects = server?.certificates.map(({ subject }) => subject);
      expect(subjects).to.include.members(rounds.flatMap((round) => [`CN=one ${round}`, `CN=other ${round}`]));
      expect(await exchange.close()).to.equal(0);
    } finally {
      await other.close();
    }
  });
});
