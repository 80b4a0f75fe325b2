import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect } from "chai";
import { LockError, StateError } from "../../errors";
import { StackLock } from "../../state/lock";
import { stackFilePath } from "../../state/stack-file";
import { exportStack } from "../../transfer/export";
import { importStack } from "../../transfer/import";
import { agreementOf } from "../conformance/agreement";
import { replay } from "../golden/replay";
import { TestProject } from "./project";
import { exportedFrom, type RecordedState, recordedSteps, remainder } from "./recorded";

const stateAfter = (name: string, step: number): RecordedState => {
  const { state } = recordedSteps(name)[step - 1] ?? {};
  if (!state) throw new Error(`${name} has no step ${step}`);
  return state;
};

describe("An exported stack that is imported", () => {
  let project: TestProject;
  let file: string;
  beforeEach(async () => {
    project = await TestProject.create();
    file = stackFilePath(project.backend, "recorded", "test");
  });
  afterEach(() => project.remove());

  const failure = async (exported: unknown) => {
    const error = await importStack(project.into("test", exported)).catch((reason: unknown) => reason);
    return error as Error;
  };

  it("begins a stack where there was none", async () => {
    const result = await importStack(project.into("test", exportedFrom(stateAfter("secrets", 2))));
    expect(result).to.deep.equal({ resources: 5, forgotten: [], keptFile: undefined });
    const document = JSON.parse(await readFile(file, "utf8"));
    expect([document.version, document.checkpoint.stack]).to.deep.equal([3, "organization/recorded/test"]);
    expect(
      await readdir(path.join(project.backend, ".pulumi", "locks", "organization", "recorded", "test")),
    ).to.deep.equal([]);
  });

  it("keeps what was there aside, as it was", async () => {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, "{ damaged");
    const { keptFile } = await importStack(project.into("test", exportedFrom(stateAfter("secrets", 2))));
    if (keptFile === undefined) throw new Error("nothing was kept");
    expect(path.dirname(keptFile)).to.equal(path.join(project.backend, ".pulumi", "backups", "recorded", "test"));
    expect(path.basename(keptFile)).to.match(/^test\.\d{19}\.json$/);
    expect(await readFile(keptFile, "utf8")).to.equal("{ damaged");
  });

  it("is refused where something else lies in the place of the stack's file", async () => {
    await mkdir(file, { recursive: true });
    const error = await failure(exportedFrom(stateAfter("secrets", 2)));
    expect(error).to.be.instanceOf(StateError);
    expect(error.message).to.equal(
      `The state file ${file} cannot be read: EISDIR: illegal operation on a directory, read. Something else lies in its place, or in that of a folder above it: move that away, then run the command again.`,
    );
  });

  it("loses the operations that were under way, and says which", async () => {
    const { forgotten } = await importStack(project.into("test", exportedFrom(stateAfter("kill", 1))));
    expect(forgotten.map(({ type, resource }) => [type, resource.urn])).to.deep.equal([
      ["creating", "urn:pulumi:test::recorded::pulumi-nodejs:dynamic/recorded:Thing::one"],
    ]);
    const exported = await exportStack(project.backend, "recorded", "test");
    expect(exported?.deployment).to.not.have.property("pending_operations");
  });

  it("keeps the salt of its secrets, encrypted or in clear", async () => {
    const shown = exportedFrom(stateAfter("secrets", 2));
    await importStack(project.into("test", shown));
    const encrypted = await exportStack(project.backend, "recorded", "test");
    await importStack(project.into("test", encrypted));
    const again = await exportStack(project.backend, "recorded", "test");
    expect(again?.deployment.secrets_providers).to.deep.equal(shown.deployment.secrets_providers);
  });

  it("gets the salt of the stack's configuration where it brings none", async () => {
    const exported = exportedFrom(stateAfter("secrets", 2));
    const { secrets_providers, ...deployment } = exported.deployment;
    const { salt } = secrets_providers.state;
    await writeFile(path.join(project.projectDirectory, "Pulumi.test.yaml"), `encryptionsalt: ${salt}\n`);
    await importStack(project.into("test", { ...exported, deployment }));
    const imported = await exportStack(project.backend, "recorded", "test");
    expect(imported?.deployment.secrets_providers).to.deep.equal(secrets_providers);
  });

  it("is refused with all that is wrong with it, and changes nothing", async () => {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, "as it was");
    const exported = exportedFrom(stateAfter("stack-reference", 1));
    const error = await failure(exported);
    expect(error).to.be.instanceOf(StateError);
    expect(error.message).to.equal(
      [
        'The deployment cannot be imported into the stack "test" of recorded, and nothing was changed:',
        ...(exported.deployment.resources as { urn: string }[]).map(
          ({ urn }) => `  * resource '${urn}' is from a different stack (base != test)`,
        ),
      ].join("\n"),
    );
    expect(await readFile(file, "utf8")).to.equal("as it was");
    expect(await readdir(path.dirname(file))).to.deep.equal(["test.json"]);
  });

  it("is refused where its passphrase is another", async () => {
    const exported = exportedFrom(stateAfter("secrets", 2));
    const request = { ...project.into("test", exported), passphrase: "another" };
    const error = await importStack(request).catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(StateError);
    expect(await exportStack(project.backend, "recorded", "test")).to.equal(undefined);
  });

  it("waits for nobody who holds the stack's lock", async () => {
    const lock = await StackLock.acquire(project.backend, "recorded", "test");
    const error = await failure(exportedFrom(stateAfter("secrets", 2)));
    await lock.release();
    expect(error).to.be.instanceOf(LockError);
    expect(await exportStack(project.backend, "recorded", "test")).to.equal(undefined);
  });
});

describe("A recorded state that is imported is carried on as Pulumi did", () => {
  // The steps (counted from 1) after which the state is taken, and up to which it is carried on.
  const rows: { what: string; scenario: string; after: number; until: number }[] = [
    { what: "with secrets", scenario: "secrets", after: 2, until: 4 },
    { what: "with a half-made object", scenario: "create-partial", after: 1, until: 3 },
    {
      what: "with an object that was replaced and could not be deleted",
      scenario: "replace-delete-throws",
      after: 2,
      until: 4,
    },
    {
      what: "with an object that was deleted to be made again",
      scenario: "replace-delete-first-create-throws",
      after: 2,
      until: 4,
    },
  ];
  for (const { what, scenario, after, until } of rows) {
    it(`${what} (${scenario})`, async () => {
      const found = await replay(remainder(scenario, after, until), exportedFrom(stateAfter(scenario, after)));
      const expected = recordedSteps(scenario).slice(after, until);
      expect(agreementOf(scenario, expected, found).differences).to.deep.equal([]);
    });
  }
});
