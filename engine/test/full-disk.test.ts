import { spawnSync } from "node:child_process";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect } from "chai";
import { readStack } from "..";
import { stackFilePath } from "../state/stack-file";
import { Workspace } from "./workspace";

const PROGRAM = `
  import * as pulumi from "@pulumi/pulumi";
  export const outcome = process.env.LONG ?? "short";`;

describe("A full disk in the middle of an operation", () => {
  let workspace: Workspace;
  let file: string;
  before(async function () {
    workspace = await Workspace.create();
    await mkdir(workspace.backend);
    const { status } = spawnSync("mount", ["-t", "tmpfs", "-o", "size=128k", "tmpfs", workspace.backend]);
    if (status !== 0) this.skip();
    file = stackFilePath(workspace.backend, "shop", "dev");
    await workspace.write("index.ts", PROGRAM);
  });
  after(async () => {
    spawnSync("umount", [workspace.backend]);
    await workspace.remove();
  });

  const up = (environment: NodeJS.ProcessEnv) =>
    workspace.run("up", { environment: { ...process.env, PULUMI_NODEJS_TRANSPILE_ONLY: "true", ...environment } });

  it("leaves the former state whole, fails, and says what to do; with room again the next one goes on", async () => {
    expect((await up({})).exitCode).to.equal(0);
    const former = await readFile(file);
    const filler = path.join(workspace.backend, "filler");
    await writeFile(filler, Buffer.alloc(60_000));

    const { exitCode, succeeded } = await up({ LONG: "x".repeat(100_000) });

    expect({ exitCode, succeeded }).to.deep.equal({ exitCode: 1, succeeded: false });
    const room = `${file} cannot be written: ENOSPC: no space left on device, write. It is as it was before. Make room where ${path.dirname(file)} is, then run the command again.`;
    expect(workspace.diagnostics).to.deep.equal([
      `error: ${room} What was under way is in it as a pending operation.`,
      "error: update failed",
    ]);
    expect(workspace.events.at(-1)?.summaryEvent?.result).to.equal("failed");
    expect(await readFile(file)).to.deep.equal(former);
    expect(await readdir(path.dirname(file))).to.deep.equal(["dev.json"]);

    await writeFile(filler, "");
    expect((await up({ LONG: "long" })).exitCode).to.equal(0);
    const stack = await readStack(workspace.backend, "shop", "dev", "password");
    expect(stack?.outputs).to.deep.equal({ outcome: "long" });
  });
});
