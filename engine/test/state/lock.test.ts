import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { LockError } from "../../errors";
import { cancelLocks, StackLock } from "../../state/lock";

describe("A stack's lock", () => {
  let backend = "";
  beforeEach(async () => {
    backend = await mkdtemp(path.join(tmpdir(), "lock-"));
  });
  afterEach(() => rm(backend, { recursive: true, force: true }));
  const acquire = (stack = "dev") => StackLock.acquire(backend, "shop", stack);

  it("is held by one operation at a time, and the other is told by whom", async () => {
    await acquire();
    const error = await acquire().catch((reason: Error) => reason);
    expect(error).to.be.instanceOf(LockError);
    const [first, second] = (error as Error).message.split("\n");
    expect(first).to.equal(
      "the stack is currently locked by 1 lock(s). Either wait for the other process(es) to end or delete the lock file with `pulumi cancel`.",
    );
    expect(second).to.match(new RegExp(`: created by .+@.+ \\(pid ${process.pid}\\) at \\d{4}-`));
  });

  for (const [text, why] of [
    ["5", "it is not an object"],
    ["null", "it is not an object"],
    ['{"pid":1}', '"username" is not a string'],
  ] as const) {
    it(`that does not say who holds it is one all the same: ${text}`, async () => {
      const folder = path.join(backend, ".pulumi", "locks", "organization", "shop", "dev");
      await mkdir(folder, { recursive: true });
      await writeFile(path.join(folder, "x.json"), text);
      const error = await acquire().catch((reason: Error) => reason);
      expect((error as Error).message.split("\n")[1]).to.equal(
        `  file://${path.join(folder, "x.json")}: does not say who holds it: ${why}`,
      );
    });
  }

  it("is free again after its release", async () => {
    await (await acquire()).release();
    await (await acquire()).release();
    expect(await readdir(path.join(backend, ".pulumi", "locks", "organization", "shop", "dev"))).to.deep.equal([]);
  });

  it("does not lock another stack", async () => {
    await acquire("dev");
    await acquire("test");
  });

  it("can be cancelled, and there may be none", async () => {
    await cancelLocks(backend, "shop", "dev");
    await acquire();
    await cancelLocks(backend, "shop", "dev");
    await acquire();
  });
});
