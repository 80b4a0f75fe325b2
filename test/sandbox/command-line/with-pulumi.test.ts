// The root stack deployed to the sandbox by Pulumi's own CLI and the real azuread plugin.
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { parse, stringify } from "yaml";
import { TestSandbox } from "./process";

const ROOT = path.join(__dirname, "..", "..", "..");
const ORGANISATION = "urn:pulumi:trial::exchange-push-notifications";

/** Why it cannot be run here; undefined if it can. */
function obstacle(): string | undefined {
  if (process.platform !== "linux") return "Go takes no SSL_CERT_FILE on this system";
  const folders = (process.env.PATH ?? "").split(path.delimiter);
  return folders.some((folder) => existsSync(path.join(folder, "pulumi")))
    ? undefined
    : "there is no pulumi on the PATH";
}

const skipped = obstacle();

describe("Pulumi's own CLI with the sandbox", () => {
  const title = "deploys the root stack with the real azuread plugin, finds nothing more to do, and destroys it";

  if (skipped !== undefined) {
    it.skip(`${title} (skipped: ${skipped})`);
    return;
  }

  let sandbox: TestSandbox;
  before(async () => {
    sandbox = await TestSandbox.create();
  });
  after(() => sandbox.remove());

  /** A copy of the root stack: the CLI writes the salt of its secrets to the stack's settings. */
  function copyOfRootStack(): string {
    const project = path.join(sandbox.home, "project");
    mkdirSync(project);
    for (const file of ["Pulumi.yaml", "index.ts", "package.json"])
      cpSync(path.join(ROOT, file), path.join(project, file));
    symlinkSync(path.join(ROOT, "node_modules"), path.join(project, "node_modules"));
    const settings = parse(readFileSync(path.join(ROOT, "Pulumi.dev.yaml"), "utf8"));
    const exchange = path.join(ROOT, "sandbox", "dist", "exchange", "main.js");
    settings.config["exchange:command"] = JSON.stringify([process.execPath, exchange]);
    writeFileSync(path.join(project, "Pulumi.trial.yaml"), stringify(settings));
    return project;
  }

  const credentials = async () => {
    const { servicePrincipals } = JSON.parse((await sandbox.run("entra")).stdout);
    return servicePrincipals.flatMap(({ keyCredentials }: { keyCredentials: object[] }) => keyCredentials).length;
  };

  it(title, async function () {
    // The real plugin waits 20 s for a new key credential, and as long for its end.
    this.timeout(600_000);
    const project = copyOfRootStack();
    const pulumi = async (...words: string[]) => {
      const { exitCode, stdout, stderr } = await sandbox.run(
        "with",
        "pulumi",
        "--cwd",
        project,
        "--non-interactive",
        ...words,
      );
      expect(exitCode, `${stdout}${stderr}`).to.equal(0);
      return stdout;
    };
    const before = await credentials();
    await pulumi("stack", "init", "trial");
    await pulumi("up", "--stack", "trial", "--yes", "--skip-preview");
    expect(await credentials()).to.equal(before + 1);
    await pulumi("up", "--stack", "trial", "--yes", "--skip-preview", "--expect-no-changes");
    const exported = JSON.parse(await pulumi("stack", "export", "--stack", "trial"));
    expect(exported.deployment.resources[0].urn).to.match(new RegExp(`^${ORGANISATION}::pulumi:pulumi:Stack::`));
    await pulumi("destroy", "--stack", "trial", "--yes", "--skip-preview");
    expect(await credentials()).to.equal(before);
  });
});
