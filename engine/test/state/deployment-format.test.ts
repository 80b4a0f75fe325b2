import { expect } from "chai";
import { DeploymentWriter, readDeployment } from "../../state/deployment-format";
import type { Crypter } from "../../state/passphrase";
import type { ResourceState } from "../../state/resource";
import { secret } from "../../values/property";

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

/** Encrypts by counting, so that it shows what was encrypted again. */
function countingCrypter(): Crypter {
  let count = 0;
  return {
    salt: "v1:salt:check",
    encrypt: (text) => `${++count}:${text}`,
    decrypt: (text) => text.slice(text.indexOf(":") + 1),
  };
}

const one: ResourceState = {
  urn: "urn:one",
  custom: true,
  id: "1",
  type: "t",
  inputs: { open: "o", hidden: secret({ a: 1 }) },
  outputs: {},
  protect: undefined,
};
const now = new Date("2026-11-24T12:00:00Z");

describe("The text of a state file", () => {
  it("is a checkpoint of version 3 with its secrets encrypted, indented as by Pulumi's file backend", () => {
    const writer = new DeploymentWriter(countingCrypter());
    const pending = { type: "updating" as const, resource: one };
    const text = writer.stackFile("organization/p/s", { resources: [one], pendingOperations: [pending] }, now);
    const resource = {
      urn: "urn:one",
      custom: true,
      id: "1",
      type: "t",
      inputs: { open: "o", hidden: { [SIGNATURE]: SECRET, ciphertext: '1:{"a":1}' } },
    };
    const latest = {
      manifest: { time: "2026-11-24T12:00:00.000Z", magic: "", version: "" },
      secrets_providers: { type: "passphrase", state: { salt: "v1:salt:check" } },
      resources: [resource],
      pending_operations: [{ resource, type: "updating" }],
      metadata: {},
    };
    const document = { version: 3, checkpoint: { stack: "organization/p/s", latest } };
    expect(text).to.equal(`${JSON.stringify(document, undefined, 4)}\n`);
  });

  it("has no list that is empty", () => {
    const text = new DeploymentWriter(countingCrypter()).stackFile("s", { resources: [], pendingOperations: [] }, now);
    expect(Object.keys(JSON.parse(text).checkpoint.latest)).to.deep.equal([
      "manifest",
      "secrets_providers",
      "metadata",
    ]);
  });

  it("keeps the ciphertext of a secret that has not changed", () => {
    const writer = new DeploymentWriter(countingCrypter());
    const write = (resources: ResourceState[]): string =>
      writer.stackFile("organization/p/s", { resources, pendingOperations: [] }, now);
    const first = write([one]);
    expect(write([one])).to.equal(first);
    expect(write([{ ...one, id: "2" }])).to.equal(first.replace('"id": "1"', '"id": "2"'));
  });

  it("is read again as it was", () => {
    const crypter = countingCrypter();
    const pending = { type: "creating" as const, resource: { urn: "urn:two", custom: true, type: "t" } };
    const deployment = { resources: [one], pendingOperations: [pending] };
    const text = new DeploymentWriter(crypter).stackFile("s", deployment, now);
    expect(readDeployment(JSON.parse(text).checkpoint.latest, crypter.decrypt)).to.deep.equal({
      resources: [{ urn: "urn:one", custom: true, id: "1", type: "t", inputs: one.inputs }],
      pendingOperations: [pending],
    });
  });

  it("is read with the secrets of an export that shows them", () => {
    const hidden = { [SIGNATURE]: SECRET, plaintext: '"x"' };
    const document = { resources: [{ urn: "u", custom: true, type: "t", outputs: { hidden } }] };
    const { resources } = readDeployment(document as never, () => "");
    expect(resources[0]?.outputs).to.deep.equal({ hidden: secret("x") });
  });
});
