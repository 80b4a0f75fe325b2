import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";
import { expect } from "chai";
import { ConnectionLost, type ExchangeError, TimedOut, Unreachable } from "../../provider/errors";
import type { Session } from "../../provider/powershell/session";
import { createSession } from "../../provider/powershell/session";
import { family } from "../family";
import { gone, isAlive } from "../provider/powershell/fixture";
import { NOT_KNOWN_WHETHER, ONLY_READS } from "../provider/powershell/sentences";
import { moduleOf } from "./sessions";
import { LAUNCHER, needShell } from "./shell";

type Failure = new (...details: never[]) => ExchangeError;

describe("a shell that fails", () => {
  let shell: string;
  const sessions: Session[] = [];
  const children: ChildProcess[] = [];

  before(function () {
    shell = needShell(this);
  });
  afterEach(async () => {
    await Promise.all(sessions.splice(0).map((session) => session.close()));
    for (const child of children.splice(0)) child.kill("SIGKILL");
  });

  function open(executable = shell, module = moduleOf("hostile"), limits = {}): Session {
    const session = createSession({ kind: "module", shell: executable, opening: { module } }, undefined, limits);
    sessions.push(session);
    return session;
  }

  async function pidOf(session: Session): Promise<number> {
    const { output } = await session.invoke("Get-AuthConfig", { DomainController: "pid" }, { timeoutSeconds: 60 });
    return output[0] as number;
  }

  // In the middle of a write: what the cmdlet does, its time limit, then the error of the call.
  const IN_CALL: { what: string; behaviour: string; timeoutSeconds: number; type: Failure; message: string }[] = [
    {
      what: "ends with 0",
      behaviour: "exit",
      timeoutSeconds: 60,
      type: ConnectionLost,
      message: `it ended with exit code 0 before it answered. ${NOT_KNOWN_WHETHER}.`,
    },
    {
      what: "is killed",
      behaviour: "kill",
      timeoutSeconds: 60,
      type: ConnectionLost,
      message: `it was ended by SIGKILL before it answered. ${NOT_KNOWN_WHETHER}.`,
    },
    {
      what: "hangs in a cmdlet",
      behaviour: "hang",
      timeoutSeconds: 1,
      type: TimedOut,
      message: `it was stopped at its time limit of 1 seconds. ${NOT_KNOWN_WHETHER}; to allow more time, set exchange:timeoutSeconds or the resource's timeoutSeconds.`,
    },
    {
      what: "hangs in .NET code, which nothing can stop",
      behaviour: "stuck",
      timeoutSeconds: 1,
      type: TimedOut,
      message: `it was stopped at its time limit of 1 seconds. ${NOT_KNOWN_WHETHER}; to allow more time, set exchange:timeoutSeconds or the resource's timeoutSeconds.`,
    },
  ];
  family("leaves the outcome of a write unknown, no process, and the next call to another shell:", () => {
    for (const { what, behaviour, timeoutSeconds, type, message } of IN_CALL) {
      it(`it ${what}`, async () => {
        const session = open();
        const first = await pidOf(session);
        const call = session.invoke("Set-AuthConfig", { CertificateThumbprint: behaviour }, { timeoutSeconds });
        // Waits behind it, and is not harmed.
        const waiting = pidOf(session);
        const error: ExchangeError = await expect(call).to.be.rejectedWith(type);
        expect(error.message).to.equal(`Failed while running Set-AuthConfig: ${message}`);
        expect(error.outcomeUnknown).to.equal(true);
        await gone(first);
        expect(await waiting).to.not.equal(first);
      });
    }
  });

  // A session that closes sends the cancel frame: what can be stopped is, and of the rest the answer comes first.
  for (const [what, behaviour] of [
    ["that can be stopped", "hang"],
    ["in .NET code, which nothing can stop", "stuck"],
  ] as const) {
    it(`is answered for when its session closes in the middle of a write ${what}`, async () => {
      const session = open();
      const first = await pidOf(session);
      const call = expect(
        session.invoke("Set-AuthConfig", { CertificateThumbprint: behaviour }, { timeoutSeconds: 60 }),
      ).to.be.rejectedWith(ConnectionLost);
      await wait(300);
      await session.close();
      const error: ConnectionLost = await call;
      expect(error.message).to.equal(
        `Failed while running Set-AuthConfig: it was stopped because the session was closed. ${NOT_KNOWN_WHETHER}.`,
      );
      expect(error.outcomeUnknown).to.equal(true);
      await gone(first);
    });
  }

  it("takes along what a cmdlet started and what no end of input ends", async () => {
    const session = open();
    const { output } = await session.invoke("Get-AuthConfig", { DomainController: "start" }, { timeoutSeconds: 60 });
    const started = output[0] as number;
    expect(isAlive(started)).to.equal(true);
    await session.close();
    await gone(started);
  });

  it("is replaced for a read too, which is not asked again by itself", async () => {
    const session = open();
    await pidOf(session);
    const call = session.invoke("Get-AuthConfig", { DomainController: "crash" }, { timeoutSeconds: 60 });
    const error: ConnectionLost = await expect(call).to.be.rejectedWith(ConnectionLost);
    expect(error.message)
      .to.contain("it was ended by SIGABRT before it answered; it printed: “")
      .and.contain(ONLY_READS);
    expect(error.outcomeUnknown).to.equal(false);
  });

  // Before the first call is sent nothing can have been changed.
  const BEFORE_CALL: { what: string; given: () => [string, string]; message: string }[] = [
    {
      what: "that is not there",
      given: () => ["/there/is/no/pwsh", moduleOf("hostile")],
      message:
        "Failed while looking for PowerShell: there is no program /there/is/no/pwsh. " +
        "Install PowerShell, or set its path, such as `pulumi config set exchange:shell /usr/bin/pwsh`.",
    },
    {
      what: "that is no PowerShell",
      given: () => ["/bin/false", moduleOf("hostile")],
      message:
        "Failed while starting “/bin/false”, the program that answers for Exchange: it ended with exit code 1 before it was ready. " +
        "Check exchange:shell, a PowerShell that this machine can run, such as /usr/bin/pwsh.",
    },
    {
      what: "whose module is not there",
      given: () => [shell, "/there/is/no/module"],
      message:
        "the specified module '/there/is/no/module' was not loaded because no valid module file was found in any module directory",
    },
  ];
  for (const { what, given, message } of BEFORE_CALL) {
    it(`changes nothing and says what to do: one ${what}`, async () => {
      const [executable, module] = given();
      const error: Unreachable = await expect(
        open(executable, module).invoke("Set-AuthConfig", {}, { timeoutSeconds: 60 }),
      ).to.be.rejectedWith(Unreachable);
      expect(error.message.toLowerCase()).to.contain(message.toLowerCase());
      expect(error.outcomeUnknown).to.equal(false);
    });
  }

  it("that says no hello in time is given up, and nothing of it is left", async () => {
    const session = open(shell, moduleOf("hostile"), { open: 100 });
    const error: Unreachable = await expect(
      session.invoke("Get-AuthConfig", {}, { timeoutSeconds: 60 }),
    ).to.be.rejectedWith(Unreachable);
    expect(error.message).to.contain("0.1 seconds passed before it was ready");
  });

  // Who holds the session dies. The launcher of the .NET tool has a second process behind it.
  const DEATHS: [NodeJS.Signals, string][] = [
    ["SIGKILL", "idle"],
    ["SIGKILL", "hang"],
    ["SIGKILL", "stuck"],
    ["SIGTERM", "hang"],
  ];
  family("ends after its provider got", () => {
    for (const launched of [false, true]) {
      // Idle, and at SIGTERM, what stands behind the launcher only sees the end of its input, as the shell itself does.
      const deaths = launched ? DEATHS.filter(([signal, doing]) => signal === "SIGKILL" && doing !== "idle") : DEATHS;
      for (const [signal, behaviour] of deaths) {
        it(`${signal}, ${behaviour}${launched ? ", behind a launcher" : ""}`, async function () {
          if (launched && !existsSync(LAUNCHER)) {
            process.stdout.write("    SKIPPED: the shell on PATH was not installed by dotnet, so it has no launcher\n");
            return this.skip();
          }
          const host = path.join(__dirname, "fixtures/host.ts");
          const child = spawn(
            process.execPath,
            ["--require", "tsx/cjs", host, launched ? LAUNCHER : shell, moduleOf("hostile"), behaviour],
            { stdio: ["ignore", "pipe", "inherit"] },
          );
          children.push(child);
          const [pid] = await once(createInterface({ input: child.stdout }), "line");
          child.kill(signal);
          await once(child, "exit");
          await gone(Number(pid), 10_000);
        });
      }
    }
  });
});
