import { expect } from "chai";
import { importProblems } from "../../transfer/validate";
import { SECRET, SIGNATURE } from "../../values/property";

const NAME = { project: "shop", stack: "dev" };
const urn = (type: string, name: string) => `urn:pulumi:dev::shop::${type}::${name}`;
const STACK = { urn: urn("pulumi:pulumi:Stack", "shop-dev"), custom: false, type: "pulumi:pulumi:Stack" };
const PROVIDER = {
  urn: urn("pulumi:providers:cloud", "default"),
  custom: true,
  id: "1",
  type: "pulumi:providers:cloud",
};
const BUCKET = {
  urn: urn("cloud:index:Bucket", "photos"),
  custom: true,
  id: "photos-1",
  type: "cloud:index:Bucket",
  parent: STACK.urn,
  provider: `${PROVIDER.urn}::1`,
};
const PASSPHRASE = { type: "passphrase", state: { salt: "v1:x:y" } };
const encrypted = { ...STACK, outputs: { password: { [SIGNATURE]: SECRET, ciphertext: "v1:x:y" } } };
const clear = { ...STACK, outputs: { password: { [SIGNATURE]: SECRET, plaintext: '"hunter2"' } } };

const exported = (resources: unknown, more: object = {}) => ({ version: 3, deployment: { resources, ...more } });

describe("An exported deployment", () => {
  const rows: [what: string, exported: unknown, problems: string[]][] = [
    ["of the stack is fit for it", exported([STACK, PROVIDER, BUCKET], { secrets_providers: PASSPHRASE }), []],
    ["may be empty", exported(undefined), []],
    ["is an object", "text", ['it is not an exported stack, which has a "version" and a "deployment"']],
    [
      "is not a state file",
      { version: 3, checkpoint: {} },
      ['it is not an exported stack, which has a "version" and a "deployment"'],
    ],
    ["is not older", { version: 2, deployment: {} }, ["its version is 2, and this engine reads only version 3"]],
    ["is not newer", { version: 4, deployment: {} }, ["its version is 4, and this engine reads only version 3"]],
    ["has a list of resources", exported({}), ["its resources or pending operations are not a list"]],
    ["has resources with URNs", exported([{ type: "x" }]), ["a resource has no URN or no type"]],
    [
      "has operations on resources",
      exported([], { pending_operations: [{ type: "creating" }] }),
      ["a resource has no URN or no type"],
    ],
    ["has URNs that are URNs", exported([{ ...STACK, urn: "stack" }]), ['"stack" is not a URN']],
    [
      "is of the same stack",
      exported([{ ...STACK, urn: "urn:pulumi:prod::shop::pulumi:pulumi:Stack::shop-prod" }]),
      ["resource 'urn:pulumi:prod::shop::pulumi:pulumi:Stack::shop-prod' is from a different stack (prod != dev)"],
    ],
    [
      "is of the same project",
      exported([{ ...STACK, urn: "urn:pulumi:dev::other::pulumi:pulumi:Stack::other-dev" }]),
      ["resource 'urn:pulumi:dev::other::pulumi:pulumi:Stack::other-dev' is from a different project (other != shop)"],
    ],
    [
      "has secrets of a passphrase",
      exported([encrypted], { secrets_providers: { type: "service", state: {} } }),
      [
        'its secrets are encrypted by "service", and this engine decrypts only those of a passphrase: export it with --show-secrets',
      ],
    ],
    [
      "says how its secrets are encrypted",
      exported([encrypted]),
      [
        "its secrets are encrypted by a provider that it does not name, and this engine decrypts only those of a passphrase: export it with --show-secrets",
      ],
    ],
    [
      "may have secrets in clear, whoever encrypted them",
      exported([clear], { secrets_providers: { type: "service" } }),
      [],
    ],
    ["has each resource once", exported([STACK, STACK]), ["pulumi:pulumi:Stack 'shop-dev' appears twice"]],
    ["may have a replaced one besides", exported([STACK, PROVIDER, BUCKET, { ...BUCKET, delete: true }]), []],
    [
      "has providers before their resources",
      exported([STACK, BUCKET, PROVIDER]),
      [`cloud:index:Bucket 'photos' has the provider ${PROVIDER.urn}::1, which does not come before it`],
    ],
    [
      "has providers by their id",
      exported([STACK, { ...PROVIDER, id: "2" }, BUCKET]),
      [`cloud:index:Bucket 'photos' has the provider ${PROVIDER.urn}::1, which does not come before it`],
    ],
    [
      "has parents before their children",
      exported([PROVIDER, BUCKET, STACK]),
      [`cloud:index:Bucket 'photos' depends on ${STACK.urn}, which does not come before it`],
    ],
    [
      "has what resources depend on",
      exported([STACK, PROVIDER, { ...BUCKET, dependencies: [urn("cloud:index:Key", "gone")] }]),
      [`cloud:index:Bucket 'photos' depends on ${urn("cloud:index:Key", "gone")}, which does not come before it`],
    ],
  ];
  for (const [what, given, problems] of rows) {
    it(what, () => expect(importProblems(given, NAME)).to.deep.equal(problems));
  }
});
