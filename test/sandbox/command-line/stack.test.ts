import { readFile, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect } from "chai";
import { SECRET, SIGNATURE } from "../../../engine/values/property";
import { TestSandbox } from "./process";

const PROJECT = ["--cwd", path.join(__dirname, "project")];
const URN = "urn:pulumi:dev::command-line::pulumi:pulumi:Stack::command-line-dev";
const OUTPUTS = { authServerName: "MicrosoftSts", password: { [SIGNATURE]: SECRET, plaintext: '"hunter2"' } };
const EXPORTED = {
  version: 3,
  deployment: {
    manifest: { time: "2026-01-01T00:00:00Z", magic: "", version: "" },
    resources: [{ urn: URN, custom: false, type: "pulumi:pulumi:Stack", outputs: OUTPUTS }],
    pending_operations: [{ type: "creating", resource: { urn: URN, custom: false, type: "pulumi:pulumi:Stack" } }],
    metadata: {},
  },
};

describe("the state of a stack on the command line", () => {
  let sandbox: TestSandbox;
  let file: string;

  before(async () => {
    sandbox = await TestSandbox.create();
    file = path.join(sandbox.home, "exported.json");
    await writeFile(file, JSON.stringify(EXPORTED));
  });
  after(() => sandbox.remove());

  it("cannot be exported before there is one", async () => {
    expect(await sandbox.run("stack", "export", ...PROJECT)).to.deep.equal({
      exitCode: 1,
      stdout: "",
      stderr: `error: There is no stack "dev" of command-line in ${sandbox.home} yet. Deploy it first: npm run up\n`,
    });
  });

  it("is imported from a file, and says what is left out", async () => {
    expect(await sandbox.run("stack", "import", ...PROJECT, "--file", file)).to.deep.equal({
      exitCode: 0,
      stdout: 'The stack "dev" of command-line has 1 resource now.\n',
      stderr: `warning: removing pending operation 'creating' on '${URN}' from snapshot\n`,
    });
    const { stdout } = await sandbox.run("outputs", ...PROJECT, "--json", "--show-secrets");
    expect(JSON.parse(stdout)).to.deep.equal({ authServerName: "MicrosoftSts", password: "hunter2" });
  });

  for (const [words, printed] of [
    [["authServerName"], "MicrosoftSts\n"],
    [["authServerName", "--json"], '"MicrosoftSts"\n'],
    [["password"], "[secret]\n"],
    [["password", "--show-secrets"], "hunter2\n"],
  ] as const) {
    it(`gives one output by its name: ${words.join(" ")}`, async () => {
      expect(await sandbox.run("outputs", ...PROJECT, ...words)).to.deep.equal({
        exitCode: 0,
        stdout: printed,
        stderr: "",
      });
    });
  }

  it("refuses an output that it has not, and names those that it has", async () => {
    expect(await sandbox.run("outputs", ...PROJECT, "authServer")).to.deep.equal({
      exitCode: 1,
      stdout: "",
      stderr:
        'error: The stack "dev" of command-line has no output "authServer". Its outputs: authServerName, password.\n',
    });
  });

  it("is exported to standard output, secrets encrypted", async () => {
    const { exitCode, stdout, stderr } = await sandbox.run("stack", "export", ...PROJECT);
    expect({ exitCode, stderr }).to.deep.equal({ exitCode: 0, stderr: "" });
    expect(stdout.split("\n").slice(0, 3)).to.deep.equal(["{", '    "version": 3,', '    "deployment": {']);
    const { ciphertext } = JSON.parse(stdout).deployment.resources[0].outputs.password;
    expect(ciphertext).to.match(/^v1:/);
  });

  it("is exported to a file that nobody else can read, with secrets in plain text on request", async () => {
    const exported = path.join(sandbox.home, "clear.json");
    expect(await sandbox.run("stack", "export", ...PROJECT, "--show-secrets", "--file", exported)).to.deep.equal({
      exitCode: 0,
      stdout: `The stack "dev" of command-line is in ${exported}.\n`,
      stderr: "",
    });
    expect(JSON.parse(await readFile(exported, "utf8")).deployment.resources[0].outputs).to.deep.equal(OUTPUTS);
    if (process.platform !== "win32") expect((await stat(exported)).mode & 0o777).to.equal(0o600);
  });

  it("takes the place of the one before, which is kept", async () => {
    const { stdout } = await sandbox.run("stack", "import", ...PROJECT, "--file", file);
    const kept = /^The former state is in (.*)\.$/m.exec(stdout)?.[1] ?? "";
    const { resources } = JSON.parse(await readFile(kept, "utf8")).checkpoint.latest;
    expect(resources[0].urn).to.equal(URN);
  });

  const wrong: { what: string; words: string[]; exitCode: number; message: string }[] = [
    {
      what: "without a file",
      words: [],
      exitCode: 2,
      message: '"stack import" needs a file: npm run sandbox -- stack import --file state.json',
    },
    {
      what: "from a file that there is not",
      words: ["--file", "/nowhere/state.json"],
      exitCode: 1,
      message: "/nowhere/state.json cannot be read: ENOENT: no such file or directory, open '/nowhere/state.json'",
    },
    {
      what: "from a file that is no JSON",
      words: ["--file", path.join(__dirname, "project", "Pulumi.yaml")],
      exitCode: 1,
      message: `${path.join(__dirname, "project", "Pulumi.yaml")} cannot be read: it is not JSON, the format that stack export writes`,
    },
    {
      what: "into another stack",
      words: ["--file", "<file>", "--stack", "prod"],
      exitCode: 1,
      message: `The deployment in <file> cannot be imported into the stack "prod" of command-line, and nothing was changed:\n  * resource '${URN}' is from a different stack (dev != prod)`,
    },
  ];
  for (const { what, words, exitCode, message } of wrong) {
    it(`is not imported ${what}`, async () => {
      const given = words.map((word) => (word === "<file>" ? file : word));
      expect(await sandbox.run("stack", "import", ...PROJECT, ...given)).to.deep.equal({
        exitCode,
        stdout: "",
        stderr: `error: ${message.replace("<file>", file)}\n`,
      });
    });
  }
});
