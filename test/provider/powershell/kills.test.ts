import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { expect } from "chai";
import { ConnectionLost } from "../../../provider/errors";
import { killGroup } from "../../../provider/powershell/process-group";
import { createSession, type Session } from "../../../provider/powershell/session";
import { gone, isAlive } from "./fixture";

const SHELL = path.join(__dirname, "fixtures", "played-shell.js");
const LIMIT = { timeoutSeconds: 20 };

/** A session whose shell is played: Windows knows no script that is a program. */
function played(environment: Record<string, string>): Session {
  Object.assign(process.env, environment);
  return createSession({ kind: "module", shell: SHELL, opening: { module: "/none.psm1" } }, undefined, {
    close: 2_000,
  });
}

describe("what a session kills", () => {
  let bystander: ChildProcess;

  before(function () {
    if (process.platform === "win32") this.skip();
  });
  beforeEach(async () => {
    bystander = spawn(process.execPath, ["-e", "console.log(1); setInterval(() => undefined, 1000)"], {
      stdio: ["ignore", "pipe", "ignore"],
    });
    await once(bystander.stdout as NodeJS.ReadableStream, "data");
  });
  afterEach(() => {
    bystander.kill("SIGKILL");
    delete process.env.PLAYED;
    delete process.env.PLAYED_ID;
  });

  // Before any of these could be believed, each would have killed every process of its user, this test's too.
  for (const id of ["1", "0", "-1", "2", "own parent's", "bystander's"]) {
    it(`is its own shell alone, where that says that its process id is ${id}`, async () => {
      const said = { "own parent's": String(process.pid), "bystander's": String(bystander.pid) }[id] ?? id;
      const killed: [number, unknown][] = [];
      const { kill } = process;
      process.kill = (pid, signal) => {
        killed.push([pid, signal]);
        return true;
      };
      try {
        const session = played({ PLAYED_ID: said });
        const { output } = await session.invoke("Get-Pid", {}, LIMIT);
        await session.close();
        expect(killed.filter(([pid]) => pid !== output[0])).to.deep.equal([]);
      } finally {
        process.kill = kill;
      }
      expect(isAlive(bystander.pid as number)).to.equal(true);
    });
  }

  it("is also the shell that a launcher has started and left behind", async () => {
    const session = played({ PLAYED: "launcher" });
    const { output } = await session.invoke("Get-Pid", {}, LIMIT);
    const farEnd = output[0] as number;
    expect(isAlive(farEnd)).to.equal(true);
    process.kill(parentOf(farEnd), "SIGTERM");
    await gone(farEnd);
    await session.close();
  });

  it("is also what a cmdlet has started, where the shell ends in the middle of the call", async function () {
    if (process.platform !== "linux") this.skip();
    const session = played({ PLAYED: "leaves" });
    const error: ConnectionLost = await expect(session.invoke("Set-It", {}, LIMIT)).to.be.rejectedWith(ConnectionLost);
    const left = Number(/it printed: “(\d+)”/.exec(error.message)?.[1]);
    await gone(left);
    await session.close();
    expect(isAlive(bystander.pid as number)).to.equal(true);
  });

  for (const pid of [-1, 0, 1, undefined]) {
    it(`is nothing for a child whose id is ${pid}`, () => {
      const { kill } = process;
      process.kill = () => {
        throw new Error("It was to kill nothing.");
      };
      try {
        killGroup({ pid, exitCode: null, signalCode: null });
      } finally {
        process.kill = kill;
      }
    });
  }
});

function parentOf(pid: number): number {
  return Number(spawnSync("ps", ["-o", "ppid=", "-p", String(pid)], { encoding: "utf8" }).stdout);
}
