import { expect } from "chai";
import { StateError } from "../../errors";
import { encryptedOnly, exportStack, showSecrets } from "../../transfer/export";
import { importStack } from "../../transfer/import";
import { SECRET, SIGNATURE } from "../../values/property";
import { TestProject } from "./project";
import { exportedFrom, type RecordedState, recordedSteps, scenarioNames } from "./recorded";

const { normaliseState, shortenUrns } = require("../golden/lib/normalise") as {
  normaliseState(exported: unknown): RecordedState;
  shortenUrns<Value>(value: Value): Value;
};

describe("A stack that is exported", () => {
  let project: TestProject;
  beforeEach(async () => {
    project = await TestProject.create();
  });
  afterEach(() => project.remove());

  for (const name of scenarioNames()) {
    it(`is as Pulumi recorded it after each step of ${name}`, async () => {
      for (const { stack = "test", state, unordered } of recordedSteps(name)) {
        // Its resources are sorted by name, which no state's are.
        if (unordered) continue;
        await importStack(project.into(stack, exportedFrom(state)));
        const exported = await exportStack(project.backend, "recorded", stack);
        if (!exported) throw new Error("nothing was imported");
        const shown = await showSecrets(exported, project.passphrase);
        // An import leaves operations out that were under way.
        expect(shortenUrns(normaliseState(shown))).to.deep.equal({ resources: state.resources });
      }
    });
  }

  it("holds its secrets encrypted, as its state does", async () => {
    const secrets = recordedSteps("secrets")[1]?.state as RecordedState;
    await importStack(project.into("test", exportedFrom(secrets)));
    const exported = await exportStack(project.backend, "recorded", "test");
    const text = JSON.stringify(exported);
    expect(text).to.include('"ciphertext":"v1:');
    expect(text).to.not.include("plaintext");
    expect(Object.keys(exported?.deployment ?? {})).to.deep.equal([
      "manifest",
      "secrets_providers",
      "resources",
      "metadata",
    ]);
  });

  it("is refused where a secret is in clear in its state, unless secrets in clear are asked for", () => {
    const outputs = { list: [{ [SIGNATURE]: SECRET, plaintext: '"hunter2"' }] };
    const deployment = {
      manifest: { time: "", magic: "", version: "" },
      resources: [{ urn: "u", type: "t", custom: false, outputs }],
      metadata: {},
    };
    expect(() => encryptedOnly({ version: 3, deployment })).to.throw(
      StateError,
      'u has a secret in plaintext in the stack\'s state. Run "refresh", which encrypts it, or ask for secrets in plaintext with --show-secrets.',
    );
  });

  it("is not shown in clear under another passphrase", async () => {
    const secrets = recordedSteps("secrets")[1]?.state as RecordedState;
    await importStack(project.into("test", exportedFrom(secrets)));
    const exported = await exportStack(project.backend, "recorded", "test");
    if (!exported) throw new Error("nothing was imported");
    const error = await showSecrets(exported, "another").catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(StateError);
    expect((error as StateError).message).to.equal("The passphrase does not fit the stack's encryption salt.");
  });

  it("is nothing where there is no such stack", async () => {
    expect(await exportStack(project.backend, "recorded", "test")).to.equal(undefined);
  });
});
