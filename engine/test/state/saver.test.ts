import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { FileNotWritten } from "../../files/file-errors";
import { DeploymentWriter } from "../../state/deployment-format";
import { StackSaver } from "../../state/saver";

const crypter = { salt: "v1:salt:check", encrypt: (text: string) => text, decrypt: (text: string) => text };
const deploymentOf = (...ids: string[]) => ({
  resources: ids.map((id) => ({ urn: `urn:${id}`, custom: true, type: "t", id })),
  pendingOperations: [],
});

describe("Saving a stack", () => {
  let folder = "";
  let file = "";
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "saver-"));
    file = path.join(folder, "dev.json");
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const savedIds = async () =>
    JSON.parse(await readFile(file, "utf8")).checkpoint.latest.resources.map(({ id }: { id: string }) => id);

  it("has been done when the promise settles", async () => {
    const saver = new StackSaver(file, "s", new DeploymentWriter(crypter));
    await saver.save(deploymentOf("1"));
    expect(await savedIds()).to.deep.equal(["1"]);
  });

  it("writes at most twice for many requests at the same time, the last state last", async () => {
    let writes = 0;
    class Counting extends DeploymentWriter {
      override stackFile(...list: Parameters<DeploymentWriter["stackFile"]>): string {
        writes++;
        return super.stackFile(...list);
      }
    }
    const saver = new StackSaver(file, "s", new Counting(crypter));
    const first = saver.save(deploymentOf("1"));
    await new Promise((resolve) => setImmediate(resolve));
    const others = ["2", "3", "4"].map((id) => saver.save(deploymentOf("1", id)));
    await Promise.all([first, ...others]);
    expect(writes).to.equal(2);
    expect(await savedIds()).to.deep.equal(["1", "4"]);
  });

  it("fails for those who asked, and the next one is tried again", async () => {
    const saver = new StackSaver(path.join(folder, "absent", "dev.json"), "s", new DeploymentWriter(crypter));
    for (const _attempt of [1, 2]) {
      const error = await saver.save(deploymentOf("1")).catch((reason: Error) => reason);
      expect(error).to.be.instanceOf(FileNotWritten);
      expect((error as Error).cause).to.have.property("code", "ENOENT");
    }
  });
});
