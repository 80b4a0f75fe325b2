import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { BRIDGE } from "../../provider/powershell/bridge";

/** What WinRM's client throws when a session is opened. */
export interface OpenFailure {
  /** Its error code. */
  code: number;
  message: string;
  /** How many tries fail so, before one finds the session of `runspace`. @default every one */
  times?: number;
}

/** How a session is made that opens, in PowerShell. */
export interface Opening {
  failure?: OpenFailure;
  /** A statement that gives a runspace. */
  runspace?: string;
}

/**
 * PLAYED: there is no WinRM on this system. A shell whose bridge makes its session to the endpoint as a test says;
 * everything before and behind that one function is the bridge's own. It notes the pauses between two tries and does
 * not wait for them.
 */
export class PlayedEndpoint {
  readonly #folder = mkdtempSync(path.join(os.tmpdir(), "played-endpoint-"));
  /** For `exchange:shell`. */
  readonly shell = path.join(this.#folder, "shell");

  constructor(shell: string, { failure, runspace = "throw 'No session was asked for.'" }: Opening) {
    const own = readFileSync(BRIDGE, "utf8");
    const bridge = own.replace(/^function New-EndpointRunspace\(.*\) \{\n[\s\S]*?^\}$/m, () =>
      [
        "$Tries = @{ left = [int]$env:PLAYED_TIMES }",
        "function Start-Sleep([int]$Seconds) { Add-Content -LiteralPath $env:PLAYED_PAUSES -Value $Seconds }",
        "function New-EndpointRunspace {",
        `    if ($Tries.left -le 0) { ${runspace} } else {`,
        "        $Tries.left--",
        "        $never = New-Object psobject",
        "        Add-Member -InputObject $never -MemberType ScriptMethod -Name Dispose -Value { }",
        "        Add-Member -InputObject $never -MemberType ScriptMethod -Name Open -Value {",
        "            $exception = New-Object Management.Automation.Remoting.PSRemotingTransportException $env:PLAYED_MESSAGE",
        "            $exception.ErrorCode = [int]$env:PLAYED_CODE",
        "            throw $exception",
        "        }",
        "        $never",
        "    }",
        "}",
      ].join("\n"),
    );
    if (bridge === own) throw new Error("The bridge has no function New-EndpointRunspace.");
    const script = path.join(this.#folder, "bridge.ps1");
    writeFileSync(script, bridge);
    const variables = {
      PLAYED_TIMES: failure ? String(failure.times ?? 1_000) : "0",
      PLAYED_CODE: String(failure?.code ?? 0),
      PLAYED_MESSAGE: failure?.message ?? "",
      PLAYED_PAUSES: this.#pauses,
    };
    const exports = Object.entries(variables).map(([name, value]) => `export ${name}='${value}'`);
    const start = `exec '${shell}' -NoLogo -NoProfile -NonInteractive -File '${script}'`;
    writeFileSync(this.shell, ["#!/bin/sh", ...exports, start, ""].join("\n"), { mode: 0o755 });
  }

  get #pauses(): string {
    return path.join(this.#folder, "pauses");
  }

  /** The seconds between one try and the next. */
  pauses(): number[] {
    if (!existsSync(this.#pauses)) return [];
    return readFileSync(this.#pauses, "utf8").trim().split("\n").map(Number);
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true });
  }
}
