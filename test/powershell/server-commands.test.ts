import { spawnSync } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect } from "chai";
import forge from "node-forge";
import { BRIDGE } from "../../provider/powershell/bridge";
import { parseCertificate } from "../../provider/x509/certificate";
import { needShell } from "./shell";

/**
 * The bridge's own functions without its conversation, in an ordinary shell. PLAYED: this system has no machine store,
 * so the user's own takes its place, in a home of the test, and keeps no friendly names; it has none of Windows' providers
 * of keys, so .NET's own key takes their place; and no Exchange, so its folder is a variable's.
 */
const FUNCTIONS = [
  `$ast = [Management.Automation.Language.Parser]::ParseFile('${BRIDGE}', [ref]$null, [ref]$null)`,
  "foreach ($statement in $ast.EndBlock.Statements) {",
  "    if ($statement -is [Management.Automation.Language.FunctionDefinitionAst]) { . ([scriptblock]::Create($statement.Extent.Text.Replace('LocalMachine', 'CurrentUser').Replace('$certificate.FriendlyName =', '$null ='))) }",
  "}",
  "function New-MachineKey([int]$KeySize) { [Security.Cryptography.RSA]::Create($KeySize) }",
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
  "$wish = @{ SubjectName = 'CN=Auth, O=Contoso'; DomainName = [object[]]@('contoso.example'); FriendlyName = 'OAuth'; KeySize = 2048; SubjectKeyIdentifier = '8BC41C46141D18A6F600E047F6D9ED17'; LifetimeDays = 180 }",
  "$new = Ask 'New-MachineCertificate' ($wish + @{ Server = $own })",
  "$store.Open('ReadOnly'); $kept = $store.Certificates.Find('FindBySubjectKeyIdentifier', '8BC41C46141D18A6F600E047F6D9ED17', $false); $store.Dispose()",
  "$wish.SubjectName = 'Auth'; $nameless = Ask 'New-MachineCertificate' ($wish + @{ Server = $own })",
  "$wish.SubjectName = 'CN=Auth'; $wish.LifetimeDays = 0; $ended = Ask 'New-MachineCertificate' ($wish + @{ Server = $own })",
  "$newAway = Ask 'New-MachineCertificate' ($wish + @{ Server = 'mbx9.contoso.example' })",
  "$version = Ask 'Get-ExSetupVersion' @{ Server = $own }",
  "ConvertTo-Json -Compress -Depth 5 @{",
  "    exported = @{ bytes = $file -is [byte[]]; same = $read.Thumbprint -eq $made.Thumbprint; key = $read.HasPrivateKey; wrong = $wrong; errors = $there.records.Count }",
  "    refused = @($away, $notInstalled, $keyless, $absent | ForEach-Object { @{ objects = @($_.objects).Count; record = $_.records[0] } })",
  "    made = @{ pem = [Convert]::ToBase64String($new.objects[0].RawData); errors = $new.records.Count; kept = @($kept).Count; same = $kept[0].Thumbprint; key = $kept[0].HasPrivateKey; exported = $kept[0].Export('Pfx', 'x').Length -gt 0 }",
  "    notMade = @($nameless, $ended, $newAway | ForEach-Object { @{ objects = @($_.objects).Count; record = $_.records[0] } })",
  "    thumbprints = @($made.Thumbprint, $bare.Thumbprint)",
  "    own = $own",
  "    version = @($version.records)[0].reason",
  "}",
].join("\n");

interface Answers {
  exported: Record<string, unknown>;
  refused: { objects: number; record: Record<string, string> }[];
  made: { pem: string; [name: string]: unknown };
  notMade: Answers["refused"];
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

  it("makes a certificate of the lifetime and the names that are asked for, with a key that may be exported", () => {
    const { pem, ...made } = answers.made;
    const certificate = new X509Certificate(Buffer.from(pem, "base64"));
    const thumbprint = certificate.fingerprint.replaceAll(":", "");
    expect(made).to.deep.equal({ errors: 0, kept: 1, same: thumbprint, key: true, exported: true });
    const { subject, subjectAltName, keyUsage, ca } = certificate;
    expect({ subject, subjectAltName, keyUsage, ca }).to.deep.equal({
      subject: "O=Contoso\nCN=Auth",
      subjectAltName: "DNS:contoso.example",
      keyUsage: ["1.3.6.1.5.5.7.3.1"],
      ca: false,
    });
    expect(certificate.verify(certificate.publicKey)).to.equal(true);
    expect(certificate.publicKey.asymmetricKeyDetails?.modulusLength).to.equal(2048);
    expect(Date.parse(certificate.validTo) - Date.parse(certificate.validFrom)).to.equal(180 * 24 * 60 * 60 * 1000);
    expect(Date.parse(certificate.validFrom)).to.be.closeTo(Date.now(), 10 * 60 * 1000);
    expect(parseCertificate(certificate.raw)).to.include({
      subject: "CN=Auth, O=Contoso",
      subjectKeyIdentifier: "8BC41C46141D18A6F600E047F6D9ED17",
    });
    expect(forge.pki.certificateFromPem(certificate.toString()).getExtension("keyUsage")).to.include({
      critical: true,
      digitalSignature: true,
      keyEncipherment: true,
      keyCertSign: false,
    });
  });

  it("makes none of a subject that is no name, of a lifetime that ends before it begins, or on a machine that is not that server", () => {
    const refusals = answers.notMade.map(({ objects, record }) => [objects, record.fullyQualifiedErrorId]);
    expect(refusals).to.deep.equal([
      [0, "CertificateRequestRefused"],
      [0, "CertificateRequestRefused"],
      [0, "NotOnServer,New-MachineCertificate"],
    ]);
    expect(answers.notMade[1]?.record).to.include({
      category: "InvalidArgument",
      message: "A lifetime of 0 days ends before it begins.",
    });
  });

  it("gives an error record where the file whose version is wanted is not there", () => {
    expect(answers.version).to.equal("ItemNotFoundException");
  });
});
