import { spawnSync } from "node:child_process";
import path from "node:path";
import { expect } from "chai";
import { needShell } from "./shell";

const BRIDGE = path.resolve(__dirname, "../../provider/powershell/bridge.ps1");

/**
 * What WinRM's client would throw, played: there is none on this system. The numbers are those of winerror.h and
 * wsmerror.h, the text of Exchange's own limit is a public sample; then the reason that the bridge refuses with.
 */
const PLAYED: [string, number, string, string][] = [
  ["a wrong password", 1326, "The user name or password is incorrect.", "unauthorised"],
  ["no access", 5, "Access is denied.", "unauthorised"],
  ["too many shells of WinRM", -2144108123, "The maximum number of concurrent shells has been exceeded.", "throttled"],
  [
    "too many sessions of Exchange",
    0,
    "Fail to create a runspace because you have exceeded the maximum number of connections allowed : 18 for the policy party : MaxConcurrency.",
    "throttled",
  ],
  ["a server that does not answer", -2144108526, "The client cannot connect to the destination.", "unreachable"],
  ["no such configuration", -2144108103, "Cannot find the Microsoft.Exchange session configuration.", "unreachable"],
];

describe("the endpoint's own failures, played", () => {
  it("are told apart by number and identifier, never by a translated text", function () {
    const shell = needShell(this);
    const rows = PLAYED.map(([, code, message]) => ({ code, message }));
    // The bridge's functions without its conversation.
    const script = [
      `$ast = [Management.Automation.Language.Parser]::ParseFile('${BRIDGE}', [ref]$null, [ref]$null)`,
      "foreach ($statement in $ast.EndBlock.Statements) { if ($statement -is [Management.Automation.Language.FunctionDefinitionAst]) { . ([scriptblock]::Create($statement.Extent.Text)) } }",
      "$answers = foreach ($row in ConvertFrom-Json $env:ROWS) {",
      "  $exception = [Management.Automation.Remoting.PSRemotingTransportException]::new($row.message)",
      "  $exception.ErrorCode = $row.code",
      "  Get-OpenFailure ([Management.Automation.MethodInvocationException]::new('wrapped', $exception))",
      "}",
      "ConvertTo-Json -Compress @($answers)",
    ].join("\n");
    const { stdout, stderr } = spawnSync(shell, ["-NoProfile", "-NonInteractive", "-Command", script], {
      encoding: "utf8",
      env: { ...process.env, TERM: "dumb", ROWS: JSON.stringify(rows) },
    });
    expect(stderr).to.equal("");
    const answers = JSON.parse(stdout) as { reason: string; message: string }[];
    expect(answers.map(({ reason }, index) => `${PLAYED[index]?.[0]}: ${reason}`)).to.deep.equal(
      PLAYED.map(([what, , , reason]) => `${what}: ${reason}`),
    );
    for (const [index, { message }] of answers.entries()) expect(message).to.contain(PLAYED[index]?.[2] as string);
    expect(answers[2]?.message).to.contain("PSSessionOpenFailed");
  });
});
