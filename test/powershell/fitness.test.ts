import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect } from "chai";
import { needShell } from "./shell";

const ROOT = path.resolve(__dirname, "../..");
const REFERENCES = path.join(ROOT, ".cache/references");
const PACKAGES = {
  "PowerShellStandard.Library": "5.1.1",
  "Microsoft.NETFramework.ReferenceAssemblies.net48": "1.0.3",
  "System.Reflection.MetadataLoadContext": "10.0.8",
};

/** Every script that Windows PowerShell may have to run. */
const SCRIPTS = ["provider/powershell", "sandbox/powershell"].flatMap((folder) =>
  readdirSync(path.join(ROOT, folder))
    .filter((name) => /\.(ps1|psm1|psd1)$/.test(name))
    .map((name) => path.join(ROOT, folder, name)),
);

/** A script with a mistake a line, each of which only a later PowerShell takes. */
const PLANTED: [string, string][] = [
  ["$a = $true ? 1 : 2", "the syntax TernaryExpressionAst"],
  ["$a = $null ?? 1", "the sign ??"],
  ["$a ??= 1", "the sign ??="],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: PowerShell's own sign.
  ["$a = ${b}?.Length", "a null-conditional member"],
  ["'a' && 'b'", "the syntax PipelineChainAst"],
  ["$a = 1u", "the number 1u"],
  ["'a'\n| ForEach-Object { $_ }", "a line that begins with a pipe"],
  ['$a = "`e[0m"', "the escape e"],
  ["if ($IsWindows) { 1 }", "the variable IsWindows"],
  ["if ($false) { $Input }", "the variable input at script level"],
  ["ConvertFrom-Json -InputObject 'x' -AsHashtable", "the parameter ConvertFrom-Json -AsHashtable"],
  ["Invoke-Expression 'x'", "the command Invoke-Expression, which is not on the list"],
  ["[Convert]::ToHexString($a)", "the member [Convert]::ToHexString"],
  ["[Security.Cryptography.SHA256]::HashData($a)", "the member [Security.Cryptography.SHA256]::HashData"],
  ["[semver]'1.2.3'", "the type semver"],
  ["New-Object Text.Json.JsonDocument", "the type Text.Json.JsonDocument"],
  ["$a.ReplaceLineEndings()", "the method ReplaceLineEndings"],
  ["$a = '\u00e4'", "a byte that is not ASCII"],
];

describe("the scripts, by the rules of Windows PowerShell 5.1", () => {
  let shell: string;

  before(function () {
    this.timeout(300_000);
    shell = needShell(this);
    const missing = restoreReferences();
    if (missing === undefined) return;
    process.stdout.write(`    SKIPPED, no reference assemblies of .NET Framework: ${missing}\n`);
    this.skip();
  });

  function mistakesIn(files: string[], own: string[]): string[] {
    // Arguments cannot be lists with -File: these names hold no quotes.
    const list = (items: string[]) => items.map((item) => `'${item}'`).join(",") || "@()";
    const script = path.join(__dirname, "fitness.ps1");
    const command = `& '${script}' -References '${path.join(REFERENCES, "packages")}' -Path ${list(files)} -Own ${list(own)}`;
    const { stdout, stderr } = spawnSync(shell, ["-NoProfile", "-NonInteractive", "-Command", command], {
      encoding: "utf8",
      env: { ...process.env, TERM: "dumb" },
    });
    expect(stderr).to.equal("");
    return stdout.split("\n").filter((line) => line !== "");
  }

  it("use nothing that 5.1 and .NET Framework 4.8 lack, and never name $input at their own level", () => {
    const text = SCRIPTS.map((file) => readFileSync(file, "utf8")).join("\n");
    const own = Array.from(text.matchAll(/^function ([\w-]+)/gm), ([, name]) => name ?? "");
    expect(mistakesIn(SCRIPTS, own)).to.deep.equal([]);
  }).timeout(300_000);

  it("would be found out: every planted mistake is", () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), "planted-"));
    try {
      const files = PLANTED.map(([line], index) => {
        const file = path.join(folder, `${index}.ps1`);
        writeFileSync(file, `${line}\n`);
        return file;
      });
      const mistakes = mistakesIn(files, []);
      const found = PLANTED.map(([, mistake], index) =>
        mistakes.some((line) => line.startsWith(`${index}.ps1:`) && line.endsWith(`: ${mistake}`)) ? mistake : "",
      );
      expect(found, mistakes.join("\n")).to.deep.equal(PLANTED.map(([, mistake]) => mistake));
    } finally {
      rmSync(folder, { recursive: true });
    }
  }).timeout(300_000);
});

/** Gets the packages from NuGet, once; what is wrong where that cannot be. */
function restoreReferences(): string | undefined {
  const wanted = Object.entries(PACKAGES).map(([name, version]) => path.join("packages", name.toLowerCase(), version));
  if (wanted.every((folder) => existsSync(path.join(REFERENCES, folder)))) return undefined;
  mkdirSync(REFERENCES, { recursive: true });
  const downloads = Object.entries(PACKAGES).map(
    ([name, version]) => `<PackageDownload Include="${name}" Version="[${version}]" />`,
  );
  writeFileSync(
    path.join(REFERENCES, "references.csproj"),
    `<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup><ItemGroup>${downloads.join("")}</ItemGroup></Project>`,
  );
  const { status, error, stdout } = spawnSync("dotnet", ["restore", "--packages", "packages"], {
    cwd: REFERENCES,
    encoding: "utf8",
  });
  if (status === 0) return undefined;
  return error ? "there is no dotnet" : `dotnet restore failed: ${stdout.trim()}`;
}
