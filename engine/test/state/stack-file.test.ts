import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { StateError } from "../../errors";
import { prepareBackend, readStackFile, stackFilePath } from "../../state/stack-file";
import { SECRET, SIGNATURE } from "../../values/property";

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

  const rows: { what: string; text: string; why: string }[] = [
    {
      what: "cut off",
      text: '{"version":3,"checkpoint":{"latest":{"resou',
      why: "Unterminated string in JSON at position 43",
    },
    { what: "empty", text: "", why: "Unexpected end of JSON input" },
    { what: "of another version", text: '{"version":2,"checkpoint":{}}', why: "it is not a deployment of version 3" },
    { what: "something else", text: "[1]", why: "it is not a deployment of version 3" },
    {
      what: "with a resource without a URN",
      text: '{"version":3,"checkpoint":{"latest":{"resources":[{"type":"t"}]}}}',
      why: '"checkpoint.latest.resources[0].urn" is not a string',
    },
    {
      what: "with a number for its deployment",
      text: '{"version":3,"checkpoint":{"latest":5}}',
      why: '"checkpoint.latest" is not an object',
    },
    {
      what: "with a list for its deployment",
      text: '{"version":3,"checkpoint":{"latest":[]}}',
      why: '"checkpoint.latest" is not an object',
    },
    { what: "without a checkpoint", text: '{"version":3}', why: '"checkpoint" is not an object' },
    {
      what: "with null for its checkpoint",
      text: '{"version":3,"checkpoint":null}',
      why: '"checkpoint" is not an object',
    },
    { what: "null", text: "null", why: "it is not a deployment of version 3" },
    {
      what: "with a text for its resources",
      text: '{"version":3,"checkpoint":{"latest":{"resources":"all"}}}',
      why: '"checkpoint.latest.resources" is not a list',
    },
    {
      what: "with a list for a resource's inputs",
      text: '{"version":3,"checkpoint":{"latest":{"resources":[{"urn":"u","type":"t","inputs":[]}]}}}',
      why: '"checkpoint.latest.resources[0].inputs" is not an object',
    },
    {
      what: "with a number for its salt",
      text: '{"version":3,"checkpoint":{"latest":{"secrets_providers":{"type":"passphrase","state":{"salt":1}}}}}',
      why: '"checkpoint.latest.secrets_providers.state.salt" is not a string',
    },
    {
      what: "with nothing to decrypt its secrets by",
      text: '{"version":3,"checkpoint":{"latest":{"secrets_providers":{"type":"passphrase","state":null}}}}',
      why: '"checkpoint.latest.secrets_providers.state" is not an object',
    },
    ...["", "x", "v1:", "v1:YWJj", "v1:YWJj:b", "v2:YWJj:v1:YWJj:YWJj"].map((salt) => ({
      what: `with the salt "${salt}"`,
      text: JSON.stringify({
        version: 3,
        checkpoint: { latest: { secrets_providers: { type: "passphrase", state: { salt } } } },
      }),
      why: '"checkpoint.latest.secrets_providers.state.salt" is not of the form v1:<salt>:<check value>',
    })),
    ...[{}, { ciphertext: "x" }, { ciphertext: 5 }, { plaintext: "no JSON" }].map((odd) => ({
      what: `with the secret ${JSON.stringify(odd)}`,
      text: JSON.stringify({
        version: 3,
        checkpoint: {
          latest: { resources: [{ urn: "u", type: "t", outputs: { a: [{ [SIGNATURE]: SECRET, ...odd }] } }] },
        },
      }),
      why: "u has a secret that is neither of the form v1:<nonce>:<ciphertext> nor JSON in plaintext",
    })),
    {
      what: "with a truth for what a property depends on",
      text: '{"version":3,"checkpoint":{"latest":{"resources":[{"urn":"u","type":"t","propertyDependencies":{"a":true}}]}}}',
      why: '"checkpoint.latest.resources[0].propertyDependencies.a" is not a list',
    },
    {
      what: "with a pending operation of nothing",
      text: '{"version":3,"checkpoint":{"latest":{"pending_operations":[{"type":"creating"}]}}}',
      why: '"checkpoint.latest.pending_operations[0].resource" is not an object',
    },
    {
      what: "with a resource that is there twice",
      text: '{"version":3,"checkpoint":{"latest":{"resources":[{"urn":"u","type":"t"},{"urn":"u","type":"t"}]}}}',
      why: "u appears twice",
    },
    {
      what: "with a child before its parent",
      text: '{"version":3,"checkpoint":{"latest":{"resources":[{"urn":"c","type":"t","parent":"p"},{"urn":"p","type":"t"}]}}}',
      why: "c comes before p, on which it depends",
    },
  ];
  for (const { what, text, why } of rows) {
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

  it("may hold a replaced resource besides, and what depends on something that is gone", async () => {
    const resources = [
      { urn: "u", type: "t", dependencies: ["gone"], propertyDependencies: { a: null } },
      { urn: "u", type: "t", delete: true },
    ];
    await writeFile(file, JSON.stringify({ version: 3, checkpoint: { latest: { resources } } }));
    expect(await readStackFile(file)).to.deep.equal({ resources });
  });

  it("that cannot be read is an error of its own", async () => {
    await mkdir(file);
    const error = await readStackFile(file).catch((reason: Error) => reason);
    expect(error).to.be.instanceOf(StateError);
    expect((error as Error).message).to.match(/^The state file .* cannot be read: EISDIR/);
  });
});
