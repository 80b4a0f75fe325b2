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

  /** All output where one question is answered; line ends, which depend on the console, as spaces. */
  function answered(answer: string, line: string): string {
    const command = `Import-Module '${MODULE}' -ArgumentList OnServer; ${line}`;
    const { stdout, stderr } = spawnSync(shell, ["-NoProfile", "-Command", command], {
      encoding: "utf8",
      input: answer === "" ? "" : `${answer}\n`,
      env: { ...process.env, SANDBOX_HOME: home, TERM: "dumb" },
    });
    expect(stderr).to.equal("");
    return stdout.trim().replace(/\s+/g, " ");
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
    const [missing, prompt, question] = typed(
      "Endpoint",
      "try { Set-AuthServer nobody -Enabled $false } catch { $_.CategoryInfo.Reason, $_.FullyQualifiedErrorId.Split(',')[-1] }",
      "try { Remove-AuthServer nobody } catch { $_.FullyQualifiedErrorId }",
      "try { New-ExchangeCertificate } catch { $_.FullyQualifiedErrorId }; @(Get-ExchangeCertificate).Count",
    );
    expect(missing).to.deep.equal([
      "ManagementObjectNotFoundException",
      "Microsoft.Exchange.Management.SystemConfigurationTasks.SetAuthServer",
    ]);
    expect(prompt).to.contain("Remove-AuthServer");
    expect(question).to.deep.equal(["HostException", 3]);
  });

  it("ends a statement and not a script with an error, unless -ErrorAction says otherwise", () => {
    const command = [
      `Import-Module '${MODULE}'`,
      "$found = Get-AuthServer nobody",
      "'went on'",
      "Get-AuthServer nobody -ErrorAction SilentlyContinue",
      "'said nothing'",
      "Get-AuthServer nobody -ErrorAction Stop",
      "'is not reached'",
    ].join("; ");
    const { stdout, stderr } = spawnSync(shell, ["-NoProfile", "-NonInteractive", "-Command", command], {
      encoding: "utf8",
      env: { ...process.env, SANDBOX_HOME: home, TERM: "dumb" },
    });
    expect(stdout).to.equal("went on\nsaid nothing\n");
    expect(stderr.match(/The operation/g)).to.have.length(2);
  });

  describe("asks whoever sits before it", () => {
    beforeEach(() => resetOrganisation(home, "unset"));

    const MAKE =
      "$c = New-ExchangeCertificate -FriendlyName 'Exchange S2S OAuth' -DomainName corp.contoso.example " +
      "-Services Federation -KeySize 2048 -PrivateKeyExportable $true -SubjectKeyIdentifier ([guid]::NewGuid().ToString('N'))";
    const NAME = "Set-AuthConfig -CertificateThumbprint $c.Thumbprint";
    const NAMED = "(Get-AuthConfig).CurrentCertificateThumbprint -eq $c.Thumbprint";
    const QUESTION =
      "The change of the certificate takes effect on all servers of the organization. Do you want to continue?";
    const SMTP = "Overwrite the existing default SMTP certificate?";
    const LEFT = "@(Get-ExchangeCertificate).Thumbprint -contains $c.Thumbprint";
    const SURE = "Are you sure you want to perform this action?";

    // What is typed, what is answered, what is asked if anything is, what the last line gives.
    const rows: { title: string; line: string; answer: string; question: string | undefined; last: string }[] = [
      {
        title: "and the article's lines go on at Yes to All",
        line: `${MAKE}; ${NAME} -Confirm:$false; ${NAMED}`,
        answer: "A",
        question: QUESTION,
        last: "True",
      },
      {
        title: "and No names no certificate",
        line: `${MAKE}; ${NAME}; ${NAMED}`,
        answer: "N",
        question: QUESTION,
        last: "False",
      },
      {
        title: "whether to replace the default SMTP certificate",
        line: "(New-ExchangeCertificate).Services",
        answer: "N",
        question: SMTP,
        last: "IMAP, POP",
      },
      {
        title: "whether to remove a certificate",
        line: `${MAKE}; Remove-ExchangeCertificate $c.Thumbprint; ${LEFT}`,
        answer: "N",
        question: SURE,
        last: "True",
      },
      {
        title: "whether to disable the proxy",
        line: "[void](Enable-PushNotificationProxy -Organization contoso.example); Disable-PushNotificationProxy; 'done'",
        answer: "Y",
        question: SURE,
        last: "done",
      },
      {
        title: "nothing under -Force, -WhatIf and -Confirm:$false",
        line:
          `${MAKE}; ${NAME} -WhatIf; ${NAMED}; $d = $c; ${MAKE}; ${NAME} -Force; ${NAMED}; $c = $d; ` +
          `Remove-ExchangeCertificate $c.Thumbprint -Confirm:$false; ${LEFT}`,
        answer: "",
        question: undefined,
        last: "False True False",
      },
    ];
    for (const { title, line, answer, question, last } of rows) {
      it(title, () => {
        const text = answered(answer, line);
        expect(text.endsWith(` ${last}`) || text === last, text).to.equal(true);
        if (question === undefined) expect(text).not.to.contain("[Y] Yes");
        else
          expect(text).to.contain(`Confirm ${question} `).and.to.contain("[Y] Yes [A] Yes to All [N] No [L] No to All");
      });
    }
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
