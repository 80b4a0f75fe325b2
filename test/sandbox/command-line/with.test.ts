import { access, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { expect } from "chai";
import { TestSandbox } from "./process";

// Asks the tenant as the azuread plugin does first, and tells what it was led to.
const ASKS = `
  const { readFileSync } = require("node:fs");
  const { ARM_METADATA_HOSTNAME: host, SSL_CERT_FILE: file } = process.env;
  const url = "https://" + host + "/metadata/endpoints?api-version=2022-09-01";
  require("node:https").get(url, { ca: readFileSync(file), agent: false }, async (response) => {
    let text = "";
    for await (const chunk of response) text += chunk;
    const names = Object.keys(process.env).filter((name) => /^(ARM|AZURE)_/.test(name)).sort();
    const { PULUMI_BACKEND_URL: backend, PULUMI_CONFIG_PASSPHRASE: passphrase, SANDBOX_HOME: home } = process.env;
    console.log(JSON.stringify({ endpoint: JSON.parse(text).authentication.loginEndpoint, host, names, backend, passphrase, home }));
  });`;

const WAITS = `
  process.on("SIGINT", () => { console.log("interrupted"); process.exit(3); });
  setInterval(() => undefined, 1000);
  console.log("waiting " + process.pid);`;

describe("a command with the sandbox", () => {
  let sandbox: TestSandbox;
  const addressIsLeft = () =>
    access(path.join(sandbox.home, "entra", "address.json")).then(
      () => true,
      () => false,
    );

  before(async function () {
    if (process.platform === "win32") this.skip();
    sandbox = await TestSandbox.create();
  });
  after(() => sandbox?.remove());
  afterEach(async () => expect(await addressIsLeft()).to.equal(false));

  it("is led to the tenant, which answers, and to the sandbox's stacks", async () => {
    const { exitCode, stdout, stderr } = await sandbox.run("with", process.execPath, "-e", ASKS);
    expect(exitCode, stderr).to.equal(0);
    const { endpoint, host, ...told } = JSON.parse(stdout);
    expect(endpoint).to.equal(`https://${host}`);
    expect(told).to.deep.equal({
      names: ["ARM_CLIENT_ID", "ARM_CLIENT_SECRET", "ARM_METADATA_HOSTNAME", "ARM_TENANT_ID"],
      backend: pathToFileURL(sandbox.home).href,
      passphrase: "sandbox",
      home: sandbox.home,
    });
    expect(stderr).to.match(
      /^Sandbox for .*: Exchange organisation "Contoso" with 3 servers, tenant contoso\.example at https:\/\/localhost:\d+\.\n$/s,
    );
  });

  it("gives its exit code", async () => {
    expect((await sandbox.run("with", process.execPath, "-e", "process.exit(7)")).exitCode).to.equal(7);
  });

  it("returns the exit code that shells use for a command that a signal ended", async () => {
    const kills = 'process.kill(process.pid, "SIGTERM"); setInterval(() => undefined, 1000)';
    expect((await sandbox.run("with", process.execPath, "-e", kills)).exitCode).to.equal(128 + 15);
  });

  it("has its arguments as they are, without a shell", async () => {
    const prints = "console.log(JSON.stringify(process.argv.slice(1)))";
    const { stdout } = await sandbox.run("with", process.execPath, "-e", prints, "--", "$HOME", "a b", "--stack", "*");
    expect(JSON.parse(stdout)).to.deep.equal(["$HOME", "a b", "--stack", "*"]);
  });

  it("gets an interrupt, and is waited for", async () => {
    const command = sandbox.start("with", process.execPath, "-e", WAITS);
    await command.prints("waiting ");
    command.interrupt();
    const { exitCode, stdout } = await command.ended;
    expect(exitCode).to.equal(3);
    const [, pid] = /^waiting (\d+)\ninterrupted\n$/.exec(stdout) ?? [];
    expect(() => process.kill(Number(pid), 0)).to.throw("ESRCH");
  });

  it("leaves nothing behind where it is interrupted before it has begun", async () => {
    const begun = sandbox.tenantBegins();
    const command = sandbox.start("with", process.execPath, "-e", "setInterval(() => undefined, 1000)");
    await begun;
    command.interrupt();
    expect((await command.ended).exitCode).to.equal(128 + 2);
  });

  it("is an existing program", async () => {
    const { exitCode, stderr } = await sandbox.run("with", "no-such-program");
    expect(exitCode).to.equal(1);
    expect(stderr.split("\n")[1]).to.equal(
      "error: no-such-program cannot be started: there is no such program on PATH",
    );
  });

  it("has to be named", async () => {
    expect(await sandbox.run("with")).to.deep.equal({
      exitCode: 2,
      stdout: "",
      stderr: 'error: "with" needs a command, for example: npm run sandbox -- with pulumi up\n',
    });
  });

  it("does not run in a damaged sandbox", async () => {
    const file = path.join(sandbox.home, "entra.json");
    const text = await readFile(file, "utf8");
    await writeFile(file, "{");
    const { exitCode, stdout, stderr } = await sandbox.run("with", process.execPath, "-e", "console.log(1)");
    await writeFile(file, text);
    expect({ exitCode, stdout }).to.deep.equal({ exitCode: 1, stdout: "" });
    expect(stderr).to.match(/^error: .*entra\.json.*\n$/);
  });
});
