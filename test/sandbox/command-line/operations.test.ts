import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { expect } from "chai";
import { family } from "../../family";
import { type Ended, TestSandbox } from "./process";

const INTRODUCTION =
  'Sandbox (nothing real is touched): this repository\'s engine, Exchange organisation "Contoso" with 3 servers, tenant contoso.example. For production use pulumi up.';

const PROJECT = ["--cwd", path.join(__dirname, "project")];

/**
 * Times, thumbprints, ids and dates are different each time; warnings are the resources' own business; and what changes
 * nothing is told only on a slow machine.
 */
function lines({ stdout }: Ended): string[] {
  const text = stdout
    .replace(/\d+\.\d s/g, "<time>")
    .replace(/[0-9A-F]{40}/g, "<thumbprint>")
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "<guid>")
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g, "<date>")
    .replace(/\(\d+ characters\)/g, "(<length>)");
  const all = text.split("\n").slice(0, -1);
  return all.filter((line) => !/^ {5}\S|^ {4}warning: /.test(line));
}

describe("the stack's operations on the command line", () => {
  let sandbox: TestSandbox;

  before(async () => {
    sandbox = await TestSandbox.create();
  });
  after(() => sandbox.remove());

  it("deploy with one command, and say what was done and where to look", async () => {
    const ended = await sandbox.run("up", ...PROJECT);
    expect({ exitCode: ended.exitCode, stderr: ended.stderr }).to.deep.equal({ exitCode: 0, stderr: "" });
    expect(lines(ended)).to.deep.equal([
      INTRODUCTION,
      "  +  pulumi:Stack                        command-line-dev                       creating",
      "  +  exchange:OAuthCertificate           certificate                            creating",
      "  +  exchange:OAuthCertificate           certificate                            created  <time>",
      "  +  exchange:ExchangeAuthServer         auth-server                            creating",
      "  +  exchange:ExchangeAuthServer         auth-server                            created  <time>",
      "  +  pulumi:Stack                        command-line-dev                       created",
      "",
      "Outputs:",
      "  authServerName  MicrosoftSts",
      "  certificatePem  -----BEGIN CERTIFICATE----- … (<length>)",
      "  password        [secret]",
      "",
      "3 created in <time>",
      "",
      "Look at what has changed:",
      "  npm run sandbox -- exchange Get-AuthConfig",
      "  npm run sandbox -- exchange Get-AuthServer",
    ]);
  });

  it("say little where nothing is to be done", async () => {
    expect(lines(await sandbox.run("preview", ...PROJECT))).to.deep.equal([INTRODUCTION, "", "3 unchanged in <time>"]);
  });

  it("show the outputs of the stack, and secrets only on request", async () => {
    expect(lines(await sandbox.run("outputs", ...PROJECT))).to.deep.equal([
      "  authServerName  MicrosoftSts",
      "  certificatePem  -----BEGIN CERTIFICATE----- … (<length>)",
      "  password        [secret]",
    ]);
    const { stdout } = await sandbox.run("outputs", ...PROJECT, "--json", "--show-secrets");
    expect(JSON.parse(stdout)).to.include({ authServerName: "MicrosoftSts", password: "hunter2" });
  });

  it("find a change by hand", async () => {
    await sandbox.run("exchange", "Set-AuthServer", "MicrosoftSts", "--Enabled", "false");
    expect(lines(await sandbox.run("refresh", ...PROJECT))).to.deep.equal([
      INTRODUCTION,
      "  ~  exchange:ExchangeAuthServer         auth-server                            has drifted  <time>  [enabled]",
      "",
      "1 drifted, 2 unchanged in <time>",
    ]);
  });

  it("show old and new values on request", async () => {
    const { stdout } = await sandbox.run("preview", ...PROJECT, "--diff");
    expect(stdout).to.contain("       ~ enabled: false => true\n");
  });

  it("take the options by which Pulumi's CLI asks nothing", async () => {
    const { exitCode } = await sandbox.run("refresh", ...PROJECT, "--yes", "--skip-preview", "--preview-only");
    expect(exitCode).to.equal(0);
  });

  for (const verb of ["up", "preview", "refresh", "destroy"]) {
    it(`refuse a stack without a configuration file, and name those that have one: ${verb}`, async () => {
      const project = path.join(__dirname, "project");
      expect(await sandbox.run(verb, ...PROJECT, "--stack", "prod")).to.deep.equal({
        exitCode: 2,
        stdout: "",
        stderr: `error: There is no stack "prod" of command-line: ${project} has no Pulumi.prod.yaml. Its stacks: dev. To add a stack, copy the file of another stack.\n`,
      });
    });
  }

  it("give a program their events alone on standard output", async () => {
    const { exitCode, stdout, stderr } = await sandbox.run("preview", ...PROJECT, "--json");
    expect({ exitCode, stderr }).to.deep.equal({ exitCode: 0, stderr: `${INTRODUCTION}\n` });
    const events = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(events.at(-1).summaryEvent.resourceChanges).to.deep.equal({ same: 2, update: 1 });
  });

  it("say of a plan that it is one", async () => {
    expect(lines(await sandbox.run("destroy", ...PROJECT, "--preview-only"))).to.deep.equal([
      INTRODUCTION,
      "  -  exchange:ExchangeAuthServer         auth-server                            delete",
      "  -  exchange:OAuthCertificate           certificate                            delete",
      "  -  pulumi:Stack                        command-line-dev                       delete",
      "",
      "3 to delete in <time>",
    ]);
  });
});

family("an operation that is interrupted", () => {
  const CREATING = "  +  exchange:ExchangeAuthServer         auth-server                            creating";
  let sandbox: TestSandbox;
  const locks = () => readdir(path.join(sandbox.home, ".pulumi", "locks", "organization", "command-line", "dev"));
  const state = async () => {
    const file = path.join(sandbox.home, ".pulumi", "stacks", "command-line", "dev.json");
    return JSON.parse(await readFile(file, "utf8")).checkpoint.latest;
  };

  beforeEach(async () => {
    sandbox = await TestSandbox.create();
    const scenario = path.join(sandbox.home, "slow.json");
    const delay = { cmdlet: "New-AuthServer", when: "before", kind: "delay", milliseconds: 2500 };
    await writeFile(scenario, JSON.stringify({ description: "A slow server", faults: [delay] }));
    await sandbox.run("reset", "--scenario", scenario);
  });
  afterEach(() => sandbox.remove());

  it("finishes and saves what is running", async () => {
    const command = sandbox.start("up", ...PROJECT);
    await command.prints(CREATING);
    command.interrupt();
    const ended = await command.ended;
    expect(ended.exitCode).to.equal(1);
    expect(lines(ended).slice(5, 11)).to.deep.equal([
      "Interrupted: running steps are finished and saved. Interrupt again to stop at once.",
      "  +  exchange:ExchangeAuthServer         auth-server                            created  <time>",
      "    error: update canceled",
      "",
      "Not completed: 3 created in <time>",
      "",
    ]);
    expect(await locks()).to.deep.equal([]);
    expect(await state()).to.not.have.property("pending_operations");
  });

  it("does nothing and leaves nothing behind if it is interrupted at its start", async () => {
    const begun = sandbox.tenantBegins();
    const command = sandbox.start("up", ...PROJECT);
    await begun;
    command.interrupt();
    const { exitCode, stdout, stderr } = await command.ended;
    expect(exitCode, stdout + stderr).to.equal(1);
    expect(stdout).to.match(/error: update canceled\n\nNot completed: nothing was done in \d+\.\d s\n$/);
    expect(await locks()).to.deep.equal([]);
    expect(await readdir(path.join(sandbox.home, "entra"))).to.not.include("address.json");
  });

  it("continues while its lock refuses another one, which starts nothing", async () => {
    const command = sandbox.start("up", ...PROJECT);
    await command.prints(CREATING);
    const address = await readFile(path.join(sandbox.home, "entra", "address.json"), "utf8");

    const second = await sandbox.run("up", ...PROJECT);

    expect({ exitCode: second.exitCode, stdout: second.stdout }).to.deep.equal({ exitCode: 1, stdout: "" });
    expect(second.stderr).to.match(
      /^error: the stack is currently locked by 1 lock\(s\)\. .+\n.+\nIn the sandbox that is:/,
    );
    expect(await readFile(path.join(sandbox.home, "entra", "address.json"), "utf8")).to.equal(address);
    const first = await command.ended;
    expect(first.exitCode, first.stdout + first.stderr).to.equal(0);
  });

  it("ends at once when it is interrupted again, and leaves the running steps unfinished", async () => {
    const command = sandbox.start("up", ...PROJECT);
    await command.prints(CREATING);
    command.interrupt();
    await command.prints("Interrupted:");
    // Sooner it would be npm's echo of the first.
    await pause(550);
    command.interrupt();
    const ended = await command.ended;
    expect(ended.exitCode).to.equal(8);
    expect(lines(ended).slice(6)).to.deep.equal([
      "Stopped at once: it is not known whether the running steps were carried out. npm run up finds out.",
      "    error: update failed",
      "  +  exchange:ExchangeAuthServer         auth-server                            creating, left behind",
      "",
      "Cancelled: 2 created in <time>",
      "",
      "Look at what has changed:",
      "  npm run sandbox -- exchange Get-AuthConfig",
    ]);
    expect(await locks()).to.deep.equal([]);
    expect(await readdir(path.join(sandbox.home, "entra"))).to.not.include("address.json");
    const [operation] = (await state()).pending_operations;
    expect(operation.type).to.equal("creating");
    expect(operation.resource.urn).to.match(/::auth-server$/);
  });
});
