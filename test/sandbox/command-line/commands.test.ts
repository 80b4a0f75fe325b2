import { X509Certificate } from "node:crypto";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect } from "chai";
import { TestSandbox } from "./process";

describe("the commands beside the stack's operations", () => {
  let sandbox: TestSandbox;

  before(async () => {
    sandbox = await TestSandbox.create();
    await sandbox.run("reset");
  });
  after(() => sandbox.remove());

  it("show all of them without a command", async () => {
    const { exitCode, stdout } = await sandbox.run();
    expect(exitCode).to.equal(0);
    const names = [...stdout.matchAll(/^ {2}(\w+(?: \w+)*) {2}/gm)].map(([, name]) => name);
    expect(names).to.deep.equal([
      "up",
      "preview",
      "refresh",
      "destroy",
      "outputs",
      "stack export",
      "stack import",
      "reset",
      "cancel",
      "exchange",
      "entra",
      "clock",
      "with",
    ]);
  });

  it("refuse an unknown command", async () => {
    expect(await sandbox.run("deploy")).to.deep.equal({
      exitCode: 2,
      stdout: "",
      stderr:
        "error: unknown command 'deploy'\n(Did you mean destroy?)\n" +
        "(npm run sandbox -- --help lists the commands, npm run sandbox -- <command> --help its options)\n",
    });
  });

  describe("exchange", () => {
    it("prints a cmdlet's objects as JSON", async () => {
      const { exitCode, stdout, stderr } = await sandbox.run("exchange", "get-exchangeserver", "--Identity", "MBX2");
      expect({ exitCode, stderr }).to.deep.equal({ exitCode: 0, stderr: "" });
      const [server, ...others] = JSON.parse(stdout);
      expect(others).to.deep.equal([]);
      expect(server).to.include({ Name: "MBX2", Fqdn: "MBX2.corp.contoso.example" });
    });

    it("takes a first word as the identity", async () => {
      const { stdout } = await sandbox.run("exchange", "Get-ExchangeServer", "EDGE1");
      expect(JSON.parse(stdout)[0].Name).to.equal("EDGE1");
    });

    it("makes an auth server with nothing else running, from the tenant's metadata", async () => {
      const url = "https://accounts.accesscontrol.windows.net/contoso.example/metadata/json/1";
      const words = ["New-AuthServer", "-Name:MicrosoftSts", "--AuthMetadataUrl", url];
      const { exitCode, stdout, stderr } = await sandbox.run("exchange", ...words);
      expect({ exitCode, stderr }).to.deep.equal({ exitCode: 0, stderr: "" });
      expect(JSON.parse(stdout)[0].Realm).to.equal("6f1c0b7e-93d4-4a58-8c2e-7d5b1f0a4e63");
    });

    it("changes it, and removes it when it is not asked to confirm", async () => {
      await sandbox.run("exchange", "Set-AuthServer", "MicrosoftSts", "--Enabled", "false");
      const changed = await sandbox.run("exchange", "Get-AuthServer");
      expect(JSON.parse(changed.stdout)[0].Enabled).to.equal(false);
      expect(await sandbox.run("exchange", "Remove-AuthServer", "MicrosoftSts", "-Confirm:false")).to.deep.equal({
        exitCode: 0,
        stdout: "[]\n",
        stderr: "",
      });
    });

    it("shows a refusal as PowerShell does, on standard error", async () => {
      const { exitCode, stdout, stderr } = await sandbox.run("exchange", "Get-AuthServer", "Nobody");
      expect({ exitCode, stdout }).to.deep.equal({ exitCode: 1, stdout: "" });
      expect(stderr.split("\n").slice(0, 2)).to.deep.equal([
        "Get-AuthServer : The operation couldn't be performed because object 'Nobody' couldn't be found on 'DC1.corp.contoso.example'.",
        "    + CategoryInfo          : NotSpecified: (:) [Get-AuthServer], ManagementObjectNotFoundException",
      ]);
    });

    for (const [words, answer] of [
      [["Disable-PushNotificationProxy"], "-Confirm:false"],
      [["Set-AuthConfig", "--ClearPreviousCertificate"], "-Confirm:false -Force"],
    ] as const) {
      it(`says what answers the question of ${words[0]} beforehand`, async () => {
        await sandbox.run("exchange", "Enable-PushNotificationProxy", "--Organization", "contoso.example");
        const asked = await sandbox.run("exchange", ...words);
        expect(asked.exitCode).to.equal(1);
        expect(asked.stderr.split("\n").slice(3)).to.deep.equal([
          `This command line does not prompt. To confirm in advance, add ${answer}`,
          "",
        ]);
        const answered = await sandbox.run("exchange", ...words, ...answer.split(" "));
        expect(answered.stderr).to.equal("");
      });
    }

    it("needs a cmdlet", async () => {
      expect(await sandbox.run("exchange")).to.deep.equal({
        exitCode: 2,
        stdout: "",
        stderr: 'error: "exchange" needs a cmdlet, for example: npm run sandbox -- exchange Get-AuthConfig\n',
      });
    });
  });

  describe("entra", () => {
    it("prints principals with their key credentials, without keys and secrets", async () => {
      const { exitCode, stdout } = await sandbox.run("entra");
      expect(exitCode).to.equal(0);
      const tenant = JSON.parse(stdout);
      expect(Object.keys(tenant)).to.deep.equal(["tenantId", "displayName", "domains", "servicePrincipals"]);
      expect(Object.keys(tenant.servicePrincipals[0].keyCredentials[0]).sort()).to.deep.equal([
        "customKeyIdentifier",
        "displayName",
        "endDateTime",
        "keyId",
        "startDateTime",
        "type",
        "usage",
      ]);
    });

    it("also prints the public keys on request", async () => {
      const tenant = JSON.parse((await sandbox.run("entra", "--keys")).stdout);
      expect(tenant.servicePrincipals[0].keyCredentials[0].key).to.match(/^MII/);
    });
  });

  describe("clock", () => {
    const TIME = /^It is (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ) in the sandbox's Exchange\.$/;
    const THUMBPRINT = "[0-9A-F]{40}";

    /** The two lines that it prints: the time in milliseconds, and what AuthConfig names. */
    async function clock(...words: string[]): Promise<[number, string | undefined]> {
      const { exitCode, stdout, stderr } = await sandbox.run("clock", ...words);
      expect({ exitCode, stderr }).to.deep.equal({ exitCode: 0, stderr: "" });
      const [time, named, end] = stdout.split("\n");
      expect(end).to.equal("");
      return [Date.parse(TIME.exec(time ?? "")?.[1] ?? ""), named];
    }

    it("shows the time and moves it on, as each cmdlet's answer has it", async () => {
      const [present, named] = await clock();
      expect(present).to.be.closeTo(Date.now(), 60_000);
      expect(named).to.match(new RegExp(`^AuthConfig names ${THUMBPRINT}, and no next one\\.$`));
      const [later] = await clock("+12h");
      expect(later - present).to.be.closeTo(12 * 60 * 60 * 1000, 60_000);
      expect((await clock())[0]).to.be.closeTo(later, 60_000);
    });

    it("says what Exchange has made current by then", async () => {
      const made = await sandbox.run("exchange", "New-ExchangeCertificate", "--Services", "Federation");
      const der = Buffer.from(JSON.parse(made.stdout)[0].RawData, "base64");
      const next = new X509Certificate(der).fingerprint.replaceAll(":", "");
      const { now, currentCertificateThumbprint } = JSON.parse((await sandbox.run("clock", "--json")).stdout);
      const date = `${new Date(Date.parse(now) + 30 * 24 * 60 * 60 * 1000).toISOString().slice(0, 19)}Z`;
      const stage = ["--NewCertificateThumbprint", next, "--NewCertificateEffectiveDate", date];
      await sandbox.run("exchange", "Set-AuthConfig", ...stage, "-Confirm:false", "-Force");
      expect((await clock("+30d"))[1]).to.equal(
        `AuthConfig names ${currentCertificateThumbprint}, and as the next one ${next}, to take effect at ${date}.`,
      );
      expect((await clock("+12h"))[1]).to.equal(
        `Exchange has made the next certificate current: ${next}; the previous one is ${currentCertificateThumbprint}.`,
      );
      expect((await clock("+1h"))[1]).to.equal(`AuthConfig names ${next}, and no next one.`);
      const { now: _, ...named } = JSON.parse((await sandbox.run("clock", "--json")).stdout);
      expect(named).to.deep.equal({
        currentCertificateThumbprint: next,
        previousCertificateThumbprint: currentCertificateThumbprint,
        nextCertificateThumbprint: "",
        nextCertificateEffectiveDate: "",
      });
    });

    it("does not go back, and stays as it is", async () => {
      const [before] = await clock();
      const { exitCode, stdout, stderr } = await sandbox.run("clock", "-31d");
      expect({ exitCode, stdout }).to.deep.equal({ exitCode: 2, stdout: "" });
      expect(stderr).to.match(/^error: The clock does not go back: it is \S+Z, and "-31d" is earlier\. `npm run/);
      expect((await clock())[0]).to.be.closeTo(before, 60_000);
    });
  });

  describe("outputs", () => {
    it("says that there is no stack yet", async () => {
      expect(await sandbox.run("outputs", "--stack", "other")).to.deep.equal({
        exitCode: 1,
        stdout: "",
        stderr: `error: There is no stack "other" of exchange-push-notifications in ${sandbox.home} yet. Deploy it first: npm run up\n`,
      });
    });

    it("refuses a folder without a project", async () => {
      expect(await sandbox.run("outputs", "--cwd", sandbox.home)).to.deep.equal({
        exitCode: 1,
        stdout: "",
        stderr: `error: There is no ${path.join(sandbox.home, "Pulumi.yaml")}: run the command in a Pulumi project's folder.\n`,
      });
    });
  });

  describe("cancel", () => {
    it("removes the lock that a killed operation has left", async () => {
      const folder = path.join(sandbox.home, ".pulumi", "locks", "organization", "exchange-push-notifications", "dev");
      await mkdir(folder, { recursive: true });
      await writeFile(path.join(folder, "killed.json"), "{}");
      expect(await sandbox.run("cancel")).to.deep.equal({
        exitCode: 0,
        stdout: 'The stack "dev" of exchange-push-notifications is no longer locked.\n',
        stderr: "",
      });
      expect(await readdir(folder)).to.deep.equal([]);
    });
  });

  describe("reset", () => {
    it("starts over with a scenario, and forgets the stacks and the provider's notes", async () => {
      const stacks = path.join(sandbox.home, ".pulumi", "stacks");
      await mkdir(stacks, { recursive: true });
      await mkdir(path.join(sandbox.home, "pulumi-home", "pulumi-exchange-server"), { recursive: true });
      expect(await sandbox.run("reset", "--scenario", "unset")).to.deep.equal({
        exitCode: 0,
        stdout: `The sandbox in ${sandbox.home} was reset to the scenario "unset": AuthConfig names no certificate, and no server holds one for it.\n`,
        stderr: "",
      });
      const [config] = JSON.parse((await sandbox.run("exchange", "Get-AuthConfig")).stdout);
      expect(config.CurrentCertificateThumbprint).to.equal("");
      expect(await readdir(path.join(sandbox.home, ".pulumi"))).to.not.include("stacks");
      expect(await readdir(sandbox.home)).to.not.include("pulumi-home");
    });

    it("begins the tenant as the scenario says, and as always with the next one that says nothing", async () => {
      const policyOf = async () => JSON.parse((await sandbox.run("entra")).stdout).defaultAppManagementPolicy;
      await sandbox.run("reset", "--scenario", "tenant-policy");
      expect(await policyOf()).to.deep.equal({
        isEnabled: true,
        servicePrincipalRestrictions: {
          keyCredentials: [{ restrictionType: "asymmetricKeyLifetime", state: "enabled", maxLifetime: "P365D" }],
        },
      });
      await sandbox.run("reset", "--scenario", "unset");
      expect(await policyOf()).to.equal(undefined);
    });

    it("refuses an unknown scenario, and changes nothing", async () => {
      const { exitCode, stderr } = await sandbox.run("reset", "--scenario", "nope");
      expect(exitCode).to.equal(2);
      expect(stderr).to.match(
        /^error: "nope" is not a scenario: use .*ordinary, .*, or the path of a scenario file, for example \.\/mine\.json\.\n$/,
      );
      expect(JSON.parse(await readFile(path.join(sandbox.home, "exchange.json"), "utf8")).scenario).to.equal("unset");
    });

    it("names what is wrong in a scenario file", async () => {
      const file = path.join(sandbox.home, "mine.json");
      await writeFile(file, JSON.stringify({ description: "Mine", server: [] }));
      expect(await sandbox.run("reset", "--scenario", file)).to.deep.equal({
        exitCode: 1,
        stdout: "",
        stderr: `error: The scenario "${file}" is wrong: "server" is not a known key.\n`,
      });
    });
  });
});

describe("a sandbox with a damaged state file", () => {
  let sandbox: TestSandbox;

  before(async () => {
    sandbox = await TestSandbox.create();
  });
  after(() => sandbox.remove());

  it("ends a command with one message, and the file is left alone", async () => {
    const file = path.join(sandbox.home, "exchange.json");
    await writeFile(file, "{");
    for (const words of [["up"], ["exchange", "Get-AuthConfig"]]) {
      const { exitCode, stderr } = await sandbox.run(...words);
      expect(exitCode).to.equal(1);
      expect(stderr).to.match(/^error: The sandbox's Exchange organisation in .*exchange\.json cannot be read: .*\n$/);
    }
    expect(await readFile(file, "utf8")).to.equal("{");
  });
});
