import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { StateError } from "../../../../sandbox/engine/errors";
import { prepareBackend, readStackFile, stackFilePath } from "../../../../sandbox/engine/state/stack-file";

describe("A stack's file", () => {
  let folder = "";
  let file = "";
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "stack-file-"));
    file = path.join(folder, "dev.json");
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it("lies where Pulumi's file backend looks for it", async () => {
    const backend = path.join(folder, "state");
    const found = stackFilePath(backend, "shop", "dev");
    expect(found).to.equal(path.join(backend, ".pulumi", "stacks", "shop", "dev.json"));
    await prepareBackend(backend, found);
    expect(await readFile(path.join(backend, ".pulumi", "meta.yaml"), "utf8")).to.equal("version: 1\n");
  });

  it("may be absent", async () => {
    expect(await readStackFile(file)).to.equal(undefined);
  });

  it("may hold no deployment yet", async () => {
    await writeFile(file, '{"version":3,"checkpoint":{"stack":"organization/shop/dev"}}');
    expect(await readStackFile(file)).to.equal(undefined);
  });

  const rows: [string, string, string][] = [
    ["cut off", '{"version":3,"checkpoint":{"latest":{"resou', "Unterminated string in JSON at position 43"],
    ["empty", "", "Unexpected end of JSON input"],
    ["of another version", '{"version":2,"checkpoint":{}}', "it is not a deployment of version 3"],
    ["something else", "[1]", "it is not a deployment of version 3"],
    [
      "with a resource without a URN",
      '{"version":3,"checkpoint":{"latest":{"resources":[{"type":"t"}]}}}',
      "a resource has no URN or no type",
    ],
  ];
  for (const [what, text, why] of rows) {
    it(`that is ${what} is a clear error, and stays as it is`, async () => {
      await writeFile(file, text);
      const error = await readStackFile(file).catch((reason: Error) => reason);
      expect(error).to.be.instanceOf(StateError);
      expect((error as Error).message).to.match(new RegExp(`^The state file ${file} is damaged: `));
      expect((error as Error).message).to.include(why.replace(/ \(.*/, ""));
      expect((error as Error).message).to.include("Nothing was changed.");
      expect(await readFile(file, "utf8")).to.equal(text);
    });
  }

  it("that cannot be read is an error of its own", async () => {
    await mkdir(file);
    const error = await readStackFile(file).catch((reason: Error) => reason);
    expect(error).to.be.instanceOf(StateError);
    expect((error as Error).message).to.match(/^The state file .* cannot be read: EISDIR/);
  });
});
