import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { ConfigurationError } from "../../errors";
import { decryptSettings, hasSecrets, readProject, readStackSettings } from "../../state/configuration";

const crypter = { salt: "", encrypt: (text: string) => text, decrypt: (text: string) => text.toUpperCase() };

describe("A project and its stacks' configuration", () => {
  let folder = "";
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "configuration-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));
  const write = (name: string, text: string) => writeFile(path.join(folder, name), text);

  it("is read from Pulumi.yaml", async () => {
    await write("Pulumi.yaml", "name: shop\nruntime:\n  name: nodejs\n  options: {}\nmain: source\n");
    const project = { name: "shop", directory: folder, main: "source", isTypeScript: true };
    expect(await readProject(folder)).to.deep.equal(project);
  });

  it("has a program of JavaScript alone where Pulumi.yaml says so", async () => {
    await write("Pulumi.yaml", "name: shop\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n");
    const project = { name: "shop", directory: folder, main: ".", isTypeScript: false };
    expect(await readProject(folder)).to.deep.equal(project);
  });

  const rows: { what: string; text: string | undefined; message: string }[] = [
    { what: "absent", text: undefined, message: "There is no <file>: run the command in a Pulumi project's folder." },
    {
      what: "without a name",
      text: "runtime: nodejs\n",
      message: '<file> has no "name", for example "name: exchange".',
    },
    {
      what: "of another language",
      text: "name: shop\nruntime: python\n",
      message: '<file> has the runtime "python"; this engine runs only "runtime: nodejs".',
    },
    {
      what: "of neither TypeScript nor JavaScript",
      text: "name: shop\nruntime: { name: nodejs, options: { typescript: sometimes } }\n",
      message: '"runtime.options.typescript" in <file> must be true or false.',
    },
  ];
  for (const { what, text, message } of rows) {
    it(`is refused where Pulumi.yaml is ${what}`, async () => {
      if (text !== undefined) await write("Pulumi.yaml", text);
      const error = await readProject(folder).catch((reason: Error) => reason);
      expect(error).to.be.instanceOf(ConfigurationError);
      expect((error as Error).message).to.equal(message.replace("<file>", path.join(folder, "Pulumi.yaml")));
    });
  }

  it("is refused where Pulumi.yaml is no YAML", async () => {
    await write("Pulumi.yaml", "name: [");
    const error = await readProject(folder).catch((reason: Error) => reason);
    expect((error as Error).message).to.match(/Pulumi\.yaml is not valid YAML: /);
  });

  it("has full keys, clear text and the keys of secrets", async () => {
    const project = { name: "shop", directory: folder, main: ".", isTypeScript: true };
    await write(
      "Pulumi.dev.yaml",
      "encryptionsalt: v1:a:v1:b:c\nconfig:\n  exchange:server: mbx1\n  short: 1\n  list: [a, b]\n  exchange:password:\n    secure: v1:ab:c\n",
    );
    const settings = await readStackSettings(project, "dev");
    expect([settings.salt, hasSecrets(settings)]).to.deep.equal(["v1:a:v1:b:c", true]);
    expect(decryptSettings(settings, project, crypter)).to.deep.equal({
      values: {
        "exchange:server": "mbx1",
        "shop:short": "1",
        "shop:list": '["a","b"]',
        "exchange:password": "V1:AB:C",
      },
      secretKeys: ["exchange:password"],
    });
  });

  it("may be absent for a stack", async () => {
    const project = { name: "shop", directory: folder, main: ".", isTypeScript: true };
    const settings = await readStackSettings(project, "dev");
    expect(decryptSettings(settings, project, undefined)).to.deep.equal({ values: {}, secretKeys: [] });
  });

  for (const [text, why] of [
    ["5", 'must be a map, for example "config: {}".'],
    ["- a", 'must be a map, for example "config: {}".'],
    ["config: 5", '"config" in <file> must be a map.'],
    ["encryptionsalt: v1:x", '"encryptionsalt" in <file> must be a string of the form v1:<salt>:<check value>.'],
    [
      "config: { a:b: { secure: v1:x } }",
      'The secret "a:b" in <file> is not of the form v1:<nonce>:<ciphertext>: set it again.',
    ],
    ["config:\n\ta: [", "<file> is not valid YAML: Tabs are not allowed as indentation at line 2, column 1."],
    ["encryptionsalt: 5", '"encryptionsalt" in <file> must be a string of the form v1:<salt>:<check value>.'],
  ] as const) {
    it(`is refused, and not taken for none, where the stack's file is ${JSON.stringify(text)}`, async () => {
      await write("Pulumi.dev.yaml", text);
      const error = await readStackSettings({ directory: folder }, "dev").catch((reason: Error) => reason);
      const file = path.join(folder, "Pulumi.dev.yaml");
      const whole = why.startsWith("must") ? `${file} ${why}` : why.replace("<file>", file);
      expect((error as Error).message).to.equal(whole);
    });
  }

  it("is refused where it has a secret and no salt", async () => {
    const project = { name: "shop", directory: folder, main: ".", isTypeScript: true };
    await write("Pulumi.dev.yaml", "config:\n  a:b:\n    secure: v1:ab:c\n");
    const settings = await readStackSettings(project, "dev");
    expect(() => decryptSettings(settings, project, undefined)).to.throw(
      ConfigurationError,
      `"a:b" in ${settings.file} is encrypted, but the file has no "encryptionsalt".`,
    );
  });
});
