import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect } from "chai";
import { BRIDGE } from "../../provider/powershell/bridge";
import { needShell } from "./shell";

/**
 * The bridge's own functions without its conversation, in an ordinary shell. PLAYED: this system has no machine store,
 * so the user's own takes its place, in a home of the test; and no Exchange, so its folder is a variable's.
 */
const FUNCTIONS = [
  `$ast = [Management.Automation.Language.Parser]::ParseFile('${BRIDGE}', [ref]$null, [ref]$null)`,
  "foreach ($statement in $ast.EndBlock.Statements) {",
  "    if ($statement -is [Management.Automation.Language.FunctionDefinitionAst]) { . ([scriptblock]::Create($statement.Extent.Text.Replace('LocalMachine', 'CurrentUser'))) }",
  "}",
  // What would be sent is printed.
  "function Send-Reply([string]$Type) { $Type }",
  "$State = @{ Local = $null; Held = $null; Next = (New-Object Threading.Tasks.TaskCompletionSource[string]).Task; Runspace = $null; Child = $null }",
  "$StopMilliseconds = 2000; $PollMilliseconds = 200; $MaximumObjects = 50000; $MaximumMemory = 1GB",
  "function Ask([string]$Cmdlet, $Parameters) { Invoke-OnServer @{ id = 1; cmdlet = $Cmdlet; parameters = $Parameters; timeoutSeconds = 60 } }",
  "$own = [Net.Dns]::GetHostName()",
  "$password = New-Object securestring; foreach ($character in 'a random one'.ToCharArray()) { $password.AppendChar($character) }",
].join("\n");

/** Two certificates in the store, of which one has no key; then what the bridge answers. */
const SCRIPT = [
  FUNCTIONS,
  "$key = [Security.Cryptography.RSA]::Create(2048)",
  "$request = [Security.Cryptography.X509Certificates.CertificateRequest]::new('CN=Auth', $key, 'SHA256', [Security.Cryptography.RSASignaturePadding]::Pkcs1)",
  "$made = $request.CreateSelfSigned([DateTimeOffset]::UtcNow, [DateTimeOffset]::UtcNow.AddDays(1))",
  "$bare = [Security.Cryptography.X509Certificates.CertificateRequest]::new('CN=Bare', $key, 'SHA256', [Security.Cryptography.RSASignaturePadding]::Pkcs1).CreateSelfSigned([DateTimeOffset]::UtcNow, [DateTimeOffset]::UtcNow.AddDays(1))",
  "$bare = [Security.Cryptography.X509Certificates.X509Certificate2]::new($bare.RawData)",
  "$store = [Security.Cryptography.X509Certificates.X509Store]::new('My', 'CurrentUser'); $store.Open('ReadWrite'); $store.Add($made); $store.Add($bare); $store.Dispose()",
  "$away = Ask 'Export-MachineCertificate' @{ Server = 'mbx9.contoso.example'; Thumbprint = $made.Thumbprint; Password = $password }",
  "$notInstalled = Ask 'Export-MachineCertificate' @{ Server = $own; Thumbprint = $made.Thumbprint; Password = $password }",
  "$env:ExchangeInstallPath = $env:HOME",
  "$there = Ask 'Export-MachineCertificate' @{ Server = $own; Thumbprint = $made.Thumbprint; Password = $password }",
  "$file = $there.objects[0].FileData",
  "$read = [Security.Cryptography.X509Certificates.X509Certificate2]::new($file, 'a random one')",
  "$wrong = try { [void][Security.Cryptography.X509Certificates.X509Certificate2]::new($file, 'another one'); 'opened' } catch { 'refused' }",
  "$keyless = Ask 'Export-MachineCertificate' @{ Server = $own; Thumbprint = $bare.Thumbprint; Password = $password }",
  "$absent = Ask 'Export-MachineCertificate' @{ Server = $own; Thumbprint = '0' * 40; Password = $password }",
  "$version = Ask 'Get-ExSetupVersion' @{ Server = $own }",
  "ConvertTo-Json -Compress -Depth 5 @{",
  "    exported = @{ bytes = $file -is [byte[]]; same = $read.Thumbprint -eq $made.Thumbprint; key = $read.HasPrivateKey; wrong = $wrong; errors = $there.records.Count }",
  "    refused = @($away, $notInstalled, $keyless, $absent | ForEach-Object { @{ objects = @($_.objects).Count; record = $_.records[0] } })",
  "    thumbprints = @($made.Thumbprint, $bare.Thumbprint)",
  "    own = $own",
  "    version = @($version.records)[0].reason",
  "}",
].join("\n");

interface Answers {
  exported: Record<string, unknown>;
  refused: { objects: number; record: Record<string, string> }[];
  thumbprints: string[];
  own: string;
  version: string;
}

describe("what only the server itself can do, by the bridge's own functions", () => {
  let answers: Answers;

  before(function () {
    const shell = needShell(this);
    const home = mkdtempSync(path.join(os.tmpdir(), "machine-store-"));
    try {
      const { stdout, stderr } = spawnSync(shell, ["-NoProfile", "-NonInteractive", "-Command", SCRIPT], {
        encoding: "utf8",
        env: { ...process.env, TERM: "dumb", HOME: home, ExchangeInstallPath: "" },
      });
      expect(stderr).to.equal("");
      answers = JSON.parse(stdout) as Answers;
    } finally {
      rmSync(home, { recursive: true });
    }
  });

  const refused = (index: number) => answers.refused[index] as Answers["refused"][number];

  it("exports a certificate of the store with its key, under the password alone", () => {
    expect(answers.exported).to.deep.equal({ bytes: true, same: true, key: true, wrong: "refused", errors: 0 });
  });

  it("is refused on a machine that is not that server, and on one without Exchange", () => {
    const record = (server: string) => ({
      reason: "NotOnServerException",
      category: "InvalidOperation",
      fullyQualifiedErrorId: "NotOnServer,Export-MachineCertificate",
      target: "",
      message: `The shell runs on ${answers.own}; only ${server} itself can do this.`,
    });
    expect(refused(0)).to.deep.equal({ objects: 0, record: record("mbx9.contoso.example") });
    expect(refused(1)).to.deep.equal({ objects: 0, record: record(answers.own) });
  });

  it("tells a certificate without a key from one that is not there", () => {
    const [, bare] = answers.thumbprints;
    expect(refused(2).record).to.deep.equal({
      reason: "Exception",
      category: "InvalidArgument",
      fullyQualifiedErrorId: "PrivateKeyMissing",
      target: bare,
      message: `The certificate with thumbprint ${bare} has no private key on this machine.`,
    });
    expect(refused(3).record).to.include({
      category: "ObjectNotFound",
      fullyQualifiedErrorId: "CertificateNotFoundException",
      message: `The certificate with thumbprint ${"0".repeat(40)} is not in the store of this machine.`,
    });
  });

  it("gives an error record where the file whose version is wanted is not there", () => {
    expect(answers.version).to.equal("ItemNotFoundException");
  });
});
