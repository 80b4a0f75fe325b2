import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { expect } from "chai";
import { descendantsOf, ProcessTree } from "../../../provider/powershell/process-tree";
import { gone, isAlive } from "./fixture";

describe("the processes below a child", () => {
  const TREE = new Map([
    [2, 1],
    [3, 2],
    [4, 3],
    [5, 1],
    [6, 5],
  ]);
  const ROWS: [number[], number[]][] = [
    [[2], [2, 3, 4]],
    [[4], [4]],
    [
      [2, 6],
      [2, 6, 3, 4],
    ],
    [[9], [9]],
    [[], []],
  ];
  for (const [roots, expected] of ROWS) {
    it(`of ${JSON.stringify(roots)} are ${JSON.stringify(expected)}`, () => {
      expect(descendantsOf(roots, TREE)).to.deep.equal(expected);
    });
  }

  const PARENT = `const { spawn } = require("node:child_process");
      const own = spawn(process.execPath, ["-e", "setInterval(() => undefined, 1000)"], { detached: true });
      console.log(own.pid);`;

  it("are killed with it, though it leads no process group", async () => {
    const child = spawn(process.execPath, ["-e", PARENT], { stdio: ["ignore", "pipe", "inherit"] });
    const [line] = await once(createInterface({ input: child.stdout }), "line");
    new ProcessTree(child, "NONE=1").kill();
    expect(await once(child, "exit")).to.deep.equal([null, "SIGKILL"]);
    await gone(Number(line));
  });

  it("are killed after it has ended by itself, where they were seen before", async () => {
    const child = spawn(process.execPath, ["-e", PARENT], { stdio: ["ignore", "pipe", "inherit"] });
    const [line] = await once(createInterface({ input: child.stdout }), "line");
    const tree = new ProcessTree(child, "NONE=1");
    tree.look();
    child.kill("SIGTERM");
    await once(child, "exit");
    expect(isAlive(Number(line))).to.equal(true);
    tree.kill();
    await gone(Number(line));
    // Nobody of them is left.
    tree.kill();
  });

  it("are left alone where they were not seen and have no mark of it", async () => {
    const child = spawn(process.execPath, ["-e", PARENT], { stdio: ["ignore", "pipe", "inherit"] });
    const [line] = await once(createInterface({ input: child.stdout }), "line");
    const tree = new ProcessTree(child, "NONE=1");
    child.kill("SIGTERM");
    await once(child, "exit");
    tree.kill();
    expect(isAlive(Number(line))).to.equal(true);
    process.kill(Number(line), "SIGKILL");
    await gone(Number(line));
  });
});
