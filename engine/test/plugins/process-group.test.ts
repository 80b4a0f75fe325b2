import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import { expect } from "chai";
import { ProcessGroup } from "../../plugins/process-group";

const fixtures = path.join(__dirname, "..", "fixtures");

function start(script: string, ...list: string[]) {
  const lines: string[] = [];
  let tell: (line: string) => void = () => undefined;
  const first = new Promise<string>((resolve) => {
    tell = resolve;
  });
  const group = new ProcessGroup(process.execPath, {
    arguments: [path.join(fixtures, script), ...list],
    workingDirectory: fixtures,
    environment: process.env,
    onLine: (stream, line) => {
      lines.push(`${stream}: ${line}`);
      tell(line);
    },
  });
  return { group, lines, first };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Settles when none of the processes is there; the test's time limit is the limit. */
async function gone(pids: number[]): Promise<void> {
  while (pids.some(isAlive)) await delay(20);
}

describe("A process group", () => {
  it("tells each line and the exit code", async () => {
    const { group, lines } = start("print-and-exit.js");
    expect(await group.ended).to.equal(7);
    expect(lines.sort()).to.deep.equal(["stderr: a complaint", "stdout: a line"]);
  });

  it("is ended with all that it has started", async () => {
    const { group, first } = start("forever.js");
    const pids = (await first).split(" ").map(Number);
    await group.end();
    expect(await group.ended).to.equal(undefined);
    await gone(pids);
  });

  it("is killed where it does not end in time", async () => {
    const { group, first, lines } = start("forever.js", "stubborn");
    const pids = (await first).split(" ").map(Number);
    await group.end();
    await gone(pids);
    expect(lines).to.include("stdout: no");
  });

  it("has ended although it was never asked to, and may be asked again", async () => {
    const { group } = start("print-and-exit.js");
    await group.ended;
    await group.end();
    group.kill();
  });

  it("that cannot be started says why", async () => {
    const group = new ProcessGroup(path.join(fixtures, "absent"), {
      arguments: [],
      workingDirectory: fixtures,
      environment: {},
      onLine: () => undefined,
    });
    const error = await group.ended.catch((reason: NodeJS.ErrnoException) => reason);
    expect((error as NodeJS.ErrnoException).code).to.equal("ENOENT");
    await group.end();
  });

  it("ends by itself some seconds after we were killed", async () => {
    const parent = spawn(
      process.execPath,
      ["--require", require.resolve("tsx/cjs"), path.join(fixtures, "parent.ts")],
      {
        stdio: ["ignore", "pipe", "inherit"],
      },
    );
    const [pid] = await once(createInterface({ input: parent.stdout }), "line");
    expect(isAlive(Number(pid))).to.equal(true);
    parent.kill("SIGKILL");
    await gone([Number(pid)]);
  });
});
