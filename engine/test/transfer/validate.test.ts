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
  const rows: { what: string; given: unknown; problems: string[] }[] = [
    {
      what: "of the stack is fit for it",
      given: exported([STACK, PROVIDER, BUCKET], { secrets_providers: PASSPHRASE }),
      problems: [],
    },
    { what: "may be empty", given: exported(undefined), problems: [] },
    {
      what: "is an object",
      given: "text",
      problems: ['it is not an exported stack, which has a "version" and a "deployment"'],
    },
    {
      what: "is not a state file",
      given: { version: 3, checkpoint: {} },
      problems: ['it is not an exported stack, which has a "version" and a "deployment"'],
    },
    {
      what: "is not older",
      given: { version: 2, deployment: {} },
      problems: ["its version is 2, and this engine reads only version 3"],
    },
    {
      what: "is not newer",
      given: { version: 4, deployment: {} },
      problems: ["its version is 4, and this engine reads only version 3"],
    },
    {
      what: "has a list of resources",
      given: exported({}),
      problems: ["its resources or pending operations are not a list"],
    },
    {
      what: "has resources with URNs",
      given: exported([{ type: "x" }]),
      problems: ["a resource has no URN or no type"],
    },
    {
      what: "has operations on resources",
      given: exported([], { pending_operations: [{ type: "creating" }] }),
      problems: ["a resource has no URN or no type"],
    },
    {
      what: "has URNs that are URNs",
      given: exported([{ ...STACK, urn: "stack" }]),
      problems: ['"stack" is not a URN'],
    },
    {
      what: "is of the same stack",
      given: exported([{ ...STACK, urn: "urn:pulumi:prod::shop::pulumi:pulumi:Stack::shop-prod" }]),
      problems: [
        "resource 'urn:pulumi:prod::shop::pulumi:pulumi:Stack::shop-prod' is from a different stack (prod != dev)",
      ],
    },
    {
      what: "is of the same project",
      given: exported([{ ...STACK, urn: "urn:pulumi:dev::other::pulumi:pulumi:Stack::other-dev" }]),
      problems: [
        "resource 'urn:pulumi:dev::other::pulumi:pulumi:Stack::other-dev' is from a different project (other != shop)",
      ],
    },
    {
      what: "has secrets of a passphrase",
      given: exported([encrypted], { secrets_providers: { type: "service", state: {} } }),
      problems: [
        'its secrets are encrypted by "service", and this engine decrypts only those of a passphrase: export it with --show-secrets',
      ],
    },
    {
      what: "says how its secrets are encrypted",
      given: exported([encrypted]),
      problems: [
        "its secrets are encrypted by a provider that it does not name, and this engine decrypts only those of a passphrase: export it with --show-secrets",
      ],
    },
    {
      what: "may have secrets in clear, whoever encrypted them",
      given: exported([clear], { secrets_providers: { type: "service" } }),
      problems: [],
    },
    {
      what: "has each resource once",
      given: exported([STACK, STACK]),
      problems: ["pulumi:pulumi:Stack 'shop-dev' appears twice"],
    },
    {
      what: "may have a replaced one besides",
      given: exported([STACK, PROVIDER, BUCKET, { ...BUCKET, delete: true }]),
      problems: [],
    },
    {
      what: "has providers before their resources",
      given: exported([STACK, BUCKET, PROVIDER]),
      problems: [`cloud:index:Bucket 'photos' has the provider ${PROVIDER.urn}::1, which does not come before it`],
    },
    {
      what: "has providers by their id",
      given: exported([STACK, { ...PROVIDER, id: "2" }, BUCKET]),
      problems: [`cloud:index:Bucket 'photos' has the provider ${PROVIDER.urn}::1, which does not come before it`],
    },
    {
      what: "has parents before their children",
      given: exported([PROVIDER, BUCKET, STACK]),
      problems: [`cloud:index:Bucket 'photos' depends on ${STACK.urn}, which does not come before it`],
    },
    {
      what: "has what resources depend on",
      given: exported([STACK, PROVIDER, { ...BUCKET, dependencies: [urn("cloud:index:Key", "gone")] }]),
      problems: [
        `cloud:index:Bucket 'photos' depends on ${urn("cloud:index:Key", "gone")}, which does not come before it`,
      ],
    },
  ];
  for (const { what, given, problems } of rows) {
    it(what, () => expect(importProblems(given, NAME)).to.deep.equal(problems));
  }
});
