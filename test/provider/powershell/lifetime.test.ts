import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface, type Interface } from "node:readline";
import { expect } from "chai";
import { isDynamicProvider } from "../../../provider/powershell/lifetime";
import { fixture, gone } from "./fixture";

const PROVIDER = join(__dirname, "fixtures", "cmd", "dynamic-provider", "index.js");
const NO_PROVIDER = join(__dirname, "fixtures", "with-session.js");

/** What a started process told of itself. */
interface Started {
  child: ChildProcess;
  /** Of its standard output. */
  lines: Interface;
  process: number;
  farEnd: number;
}

describe("Lifetime of a provider", () => {
  const children: ChildProcess[] = [];

  afterEach(() => {
    for (const child of children.splice(0)) child.kill("SIGKILL");
  });

  async function start(command: string[]): Promise<Started> {
    const child = spawn(command[0] as string, command.slice(1), { stdio: ["pipe", "pipe", "inherit"] });
    children.push(child);
    const lines = createInterface({ input: child.stdout });
    const [line] = await once(lines, "line");
    return { child, lines, ...JSON.parse(line) };
  }

  const script = (path: string, farEnd: string, then: string) => [
    process.execPath,
    "--require",
    "tsx/cjs",
    path,
    farEnd,
    then,
  ];

  const SIGNALS: [NodeJS.Signals, number][] = [
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ];
  for (const [signal, exitCode] of SIGNALS) {
    it(`closes its session at ${signal} and ends`, async () => {
      const { child, farEnd } = await start(script(PROVIDER, "echoes", "stay"));
      child.kill(signal);
      expect(await once(child, "exit")).to.deep.equal([exitCode, null]);
      await gone(farEnd);
    });
  }

  it("stops a call that runs at SIGINT, and lives until its caller has been told", async () => {
    const { child, farEnd, lines } = await start(script(PROVIDER, "cancellable", "call"));
    const told = once(lines, "line");
    child.kill("SIGINT");
    expect(JSON.parse((await told)[0])).to.deep.equal({ answer: "it was stopped because the session was closed" });
    expect(await once(child, "exit")).to.deep.equal([130, null]);
    await gone(farEnd);
  });

  it("ends at a second SIGINT without waiting for a far end that does not", async () => {
    const { child, farEnd } = await start(script(PROVIDER, "forever", "stay"));
    const begin = performance.now();
    child.kill("SIGINT");
    setTimeout(() => child.kill("SIGINT"), 100);
    expect(await once(child, "exit")).to.deep.equal([130, null]);
    // The session itself would wait for two seconds.
    expect(performance.now() - begin).to.be.below(1_900);
    await gone(farEnd);
  });

  it("closes its session at the end of its standard input and ends", async () => {
    const { child, farEnd } = await start(script(PROVIDER, "echoes", "stay"));
    child.stdin?.end();
    expect(await once(child, "exit")).to.deep.equal([0, null]);
    await gone(farEnd);
  });

  const HOSTS: { whose: string; input: string; way: string }[] = [
    { whose: "that gave it a pipe, through a shell", input: "pipe", way: "shell" },
    { whose: "that gave it a pipe", input: "pipe", way: "direct" },
    { whose: "that gave it no pipe", input: "ignore", way: "direct" },
  ];
  for (const { whose, input, way } of HOSTS) {
    it(`ends, with its far end, after the death of a parent ${whose}`, async () => {
      const { child, ...started } = await start([
        ...fixture("host", input, way),
        ...script(PROVIDER, "echoes", "stay"),
      ]);
      child.kill("SIGKILL");
      await gone(started.process);
      await gone(started.farEnd);
    });
  }

  it("is not kept alive by watching for its end", async () => {
    const { child } = await start(script(PROVIDER, "echoes", "close"));
    expect(await once(child, "exit")).to.deep.equal([0, null]);
  });

  it("changes nothing in a process that is no provider", async () => {
    const { child, farEnd } = await start(script(NO_PROVIDER, "echoes", "stay"));
    child.kill("SIGINT");
    expect(await once(child, "exit")).to.deep.equal([null, "SIGINT"]);
    await gone(farEnd);
  });

  it("kills what is open when any process exits", async () => {
    const { child, farEnd } = await start(script(NO_PROVIDER, "forever", "exit"));
    expect(await once(child, "exit")).to.deep.equal([3, null]);
    await gone(farEnd);
  });

  const SCRIPTS: [string | undefined, boolean][] = [
    ["/app/node_modules/@pulumi/pulumi/cmd/dynamic-provider/index.js", true],
    ["/app/node_modules/@pulumi/pulumi/cmd/dynamic-provider", true],
    ["C:\\app\\node_modules\\@pulumi\\pulumi\\cmd\\dynamic-provider\\index.js", true],
    ["/app/node_modules/@pulumi/pulumi/cmd/run/index.js", false],
    ["/app/node_modules/mocha/bin/mocha.js", false],
    ["/app/cmd/dynamic-provider/other.js", false],
    [undefined, false],
  ];
  for (const [path, expected] of SCRIPTS) {
    it(`${expected ? "knows" : "does not take"} ${path ?? "a process without a script"} for a provider`, () => {
      expect(isDynamicProvider(path)).to.equal(expected);
    });
  }
});
