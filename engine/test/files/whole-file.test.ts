import { spawnSync } from "node:child_process";
import { lstat, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { FileNotWritten } from "../../files/file-errors";
import { writeWhole } from "../../files/whole-file";

const SOMETHING_ELSE =
  "Something else lies in its place, or in that of a folder above it: move that away, then run the command again.";

const ROOT = path.resolve(__dirname, "../../..");

describe("A file that is written whole", () => {
  let folder: string;
  let file: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "whole-file-"));
    file = path.join(folder, "dev.json");
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** Writes in a process of its own, in which no file may be longer than this: the system then takes a part of a write. */
  const writeLimited = (blocks: number, bytes: number) => {
    const program = `
      require("tsx/cjs");
      const { writeWhole } = require(${JSON.stringify(path.join(ROOT, "engine/files/whole-file.ts"))});
      writeWhole(${JSON.stringify(file)}, Buffer.alloc(${bytes}, 97)).catch(({ message }) => console.log(message));`;
    const { stdout } = spawnSync("bash", ["-c", `ulimit -f ${blocks}; exec "$0" -e "$1"`, process.execPath, program], {
      cwd: ROOT,
      encoding: "utf8",
    });
    return stdout.trim();
  };

  it("has the new contents, the former file's permissions, and leaves nothing beside it", async () => {
    await writeFile(file, "former", { mode: 0o640 });
    await writeWhole(file, "new");
    expect(await readFile(file, "utf8")).to.equal("new");
    expect((await stat(file)).mode & 0o777).to.equal(0o640);
    expect(await readdir(folder)).to.deep.equal(["dev.json"]);
  });

  it("has the permissions that are asked for", async () => {
    await writeWhole(file, "a key", { mode: 0o600 });
    expect((await stat(file)).mode & 0o777).to.equal(0o600);
  });

  it("is what a link leads to, and the link stays", async () => {
    const target = path.join(folder, "elsewhere.json");
    await writeFile(target, "former");
    await symlink(target, file);
    await writeWhole(file, "new");
    expect((await lstat(file)).isSymbolicLink()).to.equal(true);
    expect(await readFile(target, "utf8")).to.equal("new");
  });

  it("stays what it was where the system takes only a part of it, and the error says so", async function () {
    if (process.platform === "win32") this.skip();
    await writeFile(file, "former");
    expect(writeLimited(20_000, 30_000_000)).to.equal(
      `${file} cannot be written: EFBIG: file too large, write. It is as it was before. Make room where ${folder} is, then run the command again.`,
    );
    expect(await readFile(file, "utf8")).to.equal("former");
    expect(await readdir(folder)).to.deep.equal(["dev.json"]);
  });

  it("stays what it was where the disk is full, and the error says so", async function () {
    const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", folder]);
    if (mounted.status !== 0) this.skip();
    try {
      await writeFile(file, Buffer.alloc(40_000, 97));
      const refusal = await writeWhole(file, Buffer.alloc(41_000, 98)).catch((error: Error) => error);
      expect(refusal).to.be.instanceOf(FileNotWritten);
      expect((refusal as Error).message).to.equal(
        `${file} cannot be written: ENOSPC: no space left on device, write. It is as it was before. Make room where ${folder} is, then run the command again.`,
      );
      expect(await readFile(file)).to.deep.equal(Buffer.alloc(40_000, 97));
      expect(await readdir(folder)).to.deep.equal(["dev.json"]);
    } finally {
      spawnSync("umount", [folder]);
    }
  });

  const PLACES: { title: string; prepare(): Promise<unknown> }[] = [
    {
      title: "a folder in its place",
      prepare: () => mkdir(file),
    },
    {
      title: "a file in place of its folder",
      prepare: async () => {
        await rm(folder, { recursive: true });
        await writeFile(folder, "");
      },
    },
    {
      title: "a link to itself",
      prepare: () => symlink(file, file),
    },
  ];
  for (const { title, prepare } of PLACES) {
    it(`is refused with the file and the way out over ${title}`, async () => {
      await prepare();
      const refusal = await writeWhole(file, "new").catch((error: Error) => error);
      expect(refusal).to.be.instanceOf(FileNotWritten);
      const { message } = refusal as Error;
      expect(message.slice(0, `${file} cannot be written: `.length)).to.equal(`${file} cannot be written: `);
      expect(message.slice(-SOMETHING_ELSE.length)).to.equal(SOMETHING_ELSE);
    });
  }

  it("takes away what a killed process has left beside it, and nothing else", async () => {
    const { pid } = spawnSync(process.execPath, ["-e", ""]);
    const others = ["dev.json.1-0.new", "dev.json.bak", "test.json.999999-0.new", "dev.json.new"];
    for (const name of [`dev.json.${pid}-3.new`, ...others]) await writeFile(path.join(folder, name), "half");
    await writeWhole(file, "new");
    expect((await readdir(folder)).sort()).to.deep.equal(["dev.json", ...others].sort());
  });
});
