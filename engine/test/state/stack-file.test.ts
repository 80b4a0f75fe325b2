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

  const rows: [string, string, string][] = [
    ["cut off", '{"version":3,"checkpoint":{"latest":{"resou', "Unterminated string in JSON at position 43"],
    ["empty", "", "Unexpected end of JSON input"],
    ["of another version", '{"version":2,"checkpoint":{}}', "it is not a deployment of version 3"],
    ["something else", "[1]", "it is not a deployment of version 3"],
    [
      "with a resource without a URN",
      '{"version":3,"checkpoint":{"latest":{"resources":[{"type":"t"}]}}}',
      '"checkpoint.latest.resources[0].urn" is not a string',
    ],
    [
      "with a number for its deployment",
      '{"version":3,"checkpoint":{"latest":5}}',
      '"checkpoint.latest" is not an object',
    ],
    [
      "with a list for its deployment",
      '{"version":3,"checkpoint":{"latest":[]}}',
      '"checkpoint.latest" is not an object',
    ],
    ["without a checkpoint", '{"version":3}', '"checkpoint" is not an object'],
    ["with null for its checkpoint", '{"version":3,"checkpoint":null}', '"checkpoint" is not an object'],
    ["null", "null", "it is not a deployment of version 3"],
    [
      "with a text for its resources",
      '{"version":3,"checkpoint":{"latest":{"resources":"all"}}}',
      '"checkpoint.latest.resources" is not a list',
    ],
    [
      "with a list for a resource's inputs",
      '{"version":3,"checkpoint":{"latest":{"resources":[{"urn":"u","type":"t","inputs":[]}]}}}',
      '"checkpoint.latest.resources[0].inputs" is not an object',
    ],
    [
      "with a number for its salt",
      '{"version":3,"checkpoint":{"latest":{"secrets_providers":{"type":"passphrase","state":{"salt":1}}}}}',
      '"checkpoint.latest.secrets_providers.state.salt" is not a string',
    ],
    [
      "with nothing to decrypt its secrets by",
      '{"version":3,"checkpoint":{"latest":{"secrets_providers":{"type":"passphrase","state":null}}}}',
      '"checkpoint.latest.secrets_providers.state" is not an object',
    ],
    ...["", "x", "v1:", "v1:YWJj", "v1:YWJj:b", "v2:YWJj:v1:YWJj:YWJj"].map((salt): [string, string, string] => [
      `with the salt "${salt}"`,
      JSON.stringify({
        version: 3,
        checkpoint: { latest: { secrets_providers: { type: "passphrase", state: { salt } } } },
      }),
      '"checkpoint.latest.secrets_providers.state.salt" is not of the form v1:<salt>:<check value>',
    ]),
    ...[{}, { ciphertext: "x" }, { ciphertext: 5 }, { plaintext: "no JSON" }].map((odd): [string, string, string] => [
      `with the secret ${JSON.stringify(odd)}`,
      JSON.stringify({
        version: 3,
        checkpoint: {
          latest: { resources: [{ urn: "u", type: "t", outputs: { a: [{ [SIGNATURE]: SECRET, ...odd }] } }] },
        },
      }),
      "u has a secret that is neither of the form v1:<nonce>:<ciphertext> nor JSON in plaintext",
    ]),
    [
      "with a truth for what a property depends on",
      '{"version":3,"checkpoint":{"latest":{"resources":[{"urn":"u","type":"t","propertyDependencies":{"a":true}}]}}}',
      '"checkpoint.latest.resources[0].propertyDependencies.a" is not a list',
    ],
    [
      "with a pending operation of nothing",
      '{"version":3,"checkpoint":{"latest":{"pending_operations":[{"type":"creating"}]}}}',
      '"checkpoint.latest.pending_operations[0].resource" is not an object',
    ],
    [
      "with a resource that is there twice",
      '{"version":3,"checkpoint":{"latest":{"resources":[{"urn":"u","type":"t"},{"urn":"u","type":"t"}]}}}',
      "u appears twice",
    ],
    [
      "with a child before its parent",
      '{"version":3,"checkpoint":{"latest":{"resources":[{"urn":"c","type":"t","parent":"p"},{"urn":"p","type":"t"}]}}}',
      "c comes before p, on which it depends",
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
