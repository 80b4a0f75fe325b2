import { createHook } from "node:async_hooks";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect } from "chai";
import { stackFilePath } from "../..";
import { StateError } from "../../errors";
import { beginKey } from "../../state/key-ahead";
import { crypterOf } from "../../state/passphrase";
import { Workspace } from "../workspace";

// Salts of no other test, so that nobody else has derived their keys.
const OF_CONFIGURATION = "v1:AAAAAAAAAAE=:v1:AAAAAAAAAAAAAAAA:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==";
const OF_STATE = OF_CONFIGURATION.replace("AAAAAAAAAAE=", "AAAAAAAAAAI=");

/** How often the derivation of a key begins in the course of some work. */
async function derivations(work: () => Promise<void>): Promise<number> {
  let count = 0;
  const hook = createHook({
    init: (_id, type) => {
      if (type === "PBKDF2REQUEST") count++;
    },
  }).enable();
  await work();
  hook.disable();
  return count;
}

/** Whether the key of a salt is derived already, right or wrong: then nothing is begun for it. */
async function isBegun(salt: string): Promise<boolean> {
  const begun = await derivations(async () => {
    const error = await crypterOf("password", salt).catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(StateError);
  });
  return begun === 0;
}

describe("The key that is derived ahead", () => {
  let workspace: Workspace;
  const begin = () => beginKey(workspace.backend, { name: "shop", directory: workspace.project }, "dev", "password");
  const writeState = async (text: string) => {
    const file = stackFilePath(workspace.backend, "shop", "dev");
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  };

  beforeEach(async () => {
    workspace = await Workspace.create();
  });
  afterEach(() => workspace.remove());

  it("is that of the configuration where there is no state yet, and is derived once", async () => {
    await workspace.write("Pulumi.dev.yaml", `encryptionsalt: ${OF_CONFIGURATION}\n`);
    expect(await derivations(begin)).to.equal(1);
    expect(await isBegun(OF_CONFIGURATION)).to.equal(true);
  });

  it("is that of the state", async () => {
    const latest = { secrets_providers: { type: "passphrase", state: { salt: OF_STATE } } };
    await writeState(JSON.stringify({ version: 3, checkpoint: { latest } }));
    await begin();
    expect(await isBegun(OF_STATE)).to.equal(true);
  });

  it("is none of a stack without a salt, nor of one that is damaged: that is told when it is opened", async () => {
    await workspace.write("Pulumi.dev.yaml", "");
    expect(await derivations(begin)).to.equal(0);
    await writeState("{");
    expect(await derivations(begin)).to.equal(0);
  });
});
