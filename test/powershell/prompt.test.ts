import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect } from "chai";
import { resetOrganisation } from "../../sandbox/exchange";
import { needShell } from "./shell";

const MODULE = path.resolve(__dirname, "../../sandbox/powershell");

// What an administrator types, in one session: each line's output is one line of JSON.
describe("the sandbox's module at a PowerShell prompt", () => {
  let shell: string;
  let home: string;

  before(async function () {
    shell = needShell(this);
    home = mkdtempSync(path.join(os.tmpdir(), "prompt-"));
    await resetOrganisation(home, "ordinary");
  });
  after(() => home && rmSync(home, { recursive: true }));

  function typed(session: string, ...lines: string[]): unknown[] {
    const command = [
      `Import-Module '${MODULE}' -ArgumentList ${session}`,
      ...lines.map((line) => `& { ${line} } | ConvertTo-Json -Compress -Depth 2`),
    ];
    const { stdout, stderr } = spawnSync(shell, ["-NoProfile", "-NonInteractive", "-Command", command.join("; ")], {
      encoding: "utf8",
      env: { ...process.env, SANDBOX_HOME: home, TERM: "dumb" },
    });
    expect(stderr).to.equal("");
    return stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
  }

  it("gives objects that are piped, filtered and compared as Exchange's are", () => {
    expect(
      typed(
        "Endpoint",
        "Get-ExchangeServer | Where-Object { $_.AdminDisplayVersion.Major -ge 15 -and -not $_.IsEdgeServer } | ForEach-Object Name",
        '"$((Get-ExchangeServer MBX1).AdminDisplayVersion)"',
        "(Get-AuthConfig).Guid.GetType().Name",
        "(Get-AuthConfig).WhenChanged.Kind.ToString(), (Get-AuthConfig).WhenChangedUTC.Kind.ToString()",
        "(Get-AuthConfig).PSObject.TypeNames[0]",
        "(Get-Command Set-AuthConfig).ParameterSets.Name | Sort-Object",
        "(Get-Help Get-AuthConfig).Synopsis",
      ),
    ).to.deep.equal([
      ["MBX1", "MBX2"],
      "Version 15.2 (Build 2562.17)",
      "Guid",
      ["Local", "Utc"],
      "Microsoft.Exchange.Data.Directory.SystemConfiguration.AuthConfig",
      [
        "AuthConfigSettings",
        "CurrentCertificateParameter",
        "NewCertificateParameter",
        "PublishAuthCertificateParameter",
      ],
      "Get-AuthConfig of the sandbox's Exchange organisation; nothing real is touched.",
    ]);
  });

  it("gives errors with Exchange's reason and id, and refuses what it would have to ask", () => {
    const [missing, prompt] = typed(
      "Endpoint",
      "try { Set-AuthServer nobody -Enabled $false } catch { $_.CategoryInfo.Reason, $_.FullyQualifiedErrorId.Split(',')[-1] }",
      "try { Remove-AuthServer nobody } catch { $_.FullyQualifiedErrorId }",
    );
    expect(missing).to.deep.equal([
      "ManagementObjectNotFoundException",
      "Microsoft.Exchange.Management.SystemConfigurationTasks.SetAuthServer",
    ]);
    expect(prompt).to.contain("Remove-AuthServer");
  });

  it("shows certificates by their bytes alone, and as on the server where that is asked for", () => {
    const properties =
      "(Get-ExchangeCertificate -Server MBX1)[0] | Select-Object HasPrivateKey, Services, FriendlyName";
    expect(typed("Endpoint", properties)).to.deep.equal([{ HasPrivateKey: false, Services: null, FriendlyName: "" }]);
    const [onServer] = typed("OnServer", properties) as [Record<string, unknown>];
    expect(onServer.HasPrivateKey).to.equal(true);
    expect(onServer.Services).to.be.a("string");
    expect(onServer.FriendlyName).to.be.a("string").that.is.not.empty;
  });
});
