import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { BRIDGE } from "./bridge";
import type { Connection } from "./connection";

/**
 * The command that runs PowerShell on another machine. Nothing secret is in it, and nothing that was configured but the
 * destination and the shell: the bridge itself goes over standard input ({@link bridgeLine}).
 */
export function sshCommand({ destination, config, shell = "powershell.exe" }: Connection & { kind: "ssh" }): string[] {
  const options = [
    // Nobody is there to type a password, or yes to an unknown host.
    "BatchMode=yes",
    "StrictHostKeyChecking=yes",
    "ConnectTimeout=20",
    // Without these a peer that fell silent is noticed only by TCP's own limits.
    "ServerAliveInterval=10",
    "ServerAliveCountMax=3",
  ];
  return [
    "ssh",
    "-T",
    ...(config ? ["-F", config] : []),
    ...options.flatMap((option) => ["-o", option]),
    "--",
    destination,
    // -OutputFormat Text: beside -EncodedCommand, PowerShell would write CLIXML on standard error.
    `${shell} -NoLogo -NoProfile -NonInteractive -OutputFormat Text -EncodedCommand ${encodedBootstrap()}`,
  ];
}

/** The bridge as the bootstrap reads it: one line of base64. */
export function bridgeLine(): string {
  return `${readFileSync(BRIDGE).toString("base64")}\n`;
}

/** The bootstrap ends with this code when standard input ended first, and with the next one for another bridge. */
const NO_BRIDGE = 76;
const OTHER_BRIDGE = 77;

/** In base64 of UTF-16, which needs no quotes in sh, cmd or PowerShell. */
function encodedBootstrap(): string {
  const hash = createHash("sha256").update(readFileSync(BRIDGE)).digest("hex").toUpperCase();
  // The bridge goes on with the same reader: another one would miss what this one has read ahead.
  const bootstrap = [
    "$r=New-Object IO.StreamReader([Console]::OpenStandardInput(),(New-Object Text.UTF8Encoding $false),$false,65536)",
    "$l=$r.ReadLine()",
    `if($null -eq $l){exit ${NO_BRIDGE}}`,
    "$b=[Convert]::FromBase64String($l)",
    "$h=[BitConverter]::ToString([Security.Cryptography.SHA256]::Create().ComputeHash($b)).Replace('-','')",
    `if($h -ne '${hash}'){[Console]::Error.WriteLine('The bridge did not arrive as it was sent.');exit ${OTHER_BRIDGE}}`,
    "& ([scriptblock]::Create([Text.Encoding]::UTF8.GetString($b))) -Reader $r",
  ].join(";");
  return Buffer.from(bootstrap, "utf16le").toString("base64");
}
