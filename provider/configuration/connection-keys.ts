import type { Authentication } from "../powershell/connection";
import type { ConfigurationTexts } from "./configuration-keys";

/** Notes what is wrong with a key. */
export type Fail = (key: keyof ConfigurationTexts, reason: string) => undefined;

const COMMAND_EXAMPLE = `'["node", "sandbox/dist/exchange/main.js"]'`;

/** `exchange:command`: a program and its arguments. */
export function commandOf({ command }: ConfigurationTexts, fail: Fail): string[] | undefined {
  const set = `a JSON array of strings, for example \`pulumi config set exchange:command ${COMMAND_EXAMPLE}\``;
  if (!command)
    return fail(
      "command",
      `is required with the connection process: the program that answers for Exchange and its arguments, ${set}`,
    );
  let value: unknown;
  try {
    value = JSON.parse(command);
  } catch {
    return fail("command", `is not JSON: it must be ${set}`);
  }
  const isText = (item: unknown): item is string => typeof item === "string" && !item.includes("\0");
  if (!Array.isArray(value) || !value.every(isText) || !value[0])
    return fail("command", `names no program: it must be ${set}`);
  return value;
}

/** `exchange:module`: a path. */
export function moduleOf({ module }: ConfigurationTexts, fail: Fail): string | undefined {
  if (module) return module;
  const set = "for example `pulumi config set exchange:module ./sandbox/powershell`";
  return fail(
    "module",
    `is required with the connection module: the path of the PowerShell module that takes the place of Exchange, ${set}`,
  );
}

/** `exchange:shell`: a path or a name. */
export function shellOf({ shell }: ConfigurationTexts): string | undefined {
  return shell || undefined;
}

/** `exchange:server` and `exchange:authentication`. */
export function serverOf(
  { server, authentication }: ConfigurationTexts,
  fail: Fail,
): { server?: string; authentication: Authentication } | undefined {
  if (server && !/^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(server))
    return fail(
      "server",
      `"${server}" is not a fully qualified domain name: Kerberos needs one, not an IP address or a short name, for example \`pulumi config set exchange:server mbx1.contoso.example\``,
    );
  const known: Authentication[] = ["Kerberos", "Basic"];
  const chosen = known.find((name) => name.toLowerCase() === (authentication || "Kerberos").toLowerCase());
  if (chosen === undefined)
    return fail(
      "authentication",
      `"${authentication}" is not an authentication method: use Kerberos, or Basic over https, for example \`pulumi config set exchange:authentication Kerberos\``,
    );
  return { server: server || undefined, authentication: chosen };
}

/** `exchange:sshDestination`, `exchange:sshConfig` and the shell on the other machine. */
export function sshOf(
  { sshDestination, sshConfig, shell }: ConfigurationTexts,
  fail: Fail,
): { destination: string; config?: string; shell?: string } | undefined {
  const example = "for example `pulumi config set exchange:sshDestination admin@mbx1.contoso.example`";
  if (!sshDestination)
    return fail("sshDestination", `is required with the connection ssh: the machine that runs PowerShell, ${example}`);
  // A leading hyphen would be an option of ssh, and one of them runs a command.
  if (!/^[^-\s][^\s]*$/.test(sshDestination))
    return fail(
      "sshDestination",
      `"${sshDestination}" is not an SSH destination: use [user@]host or ssh://[user@]host[:port], ${example}`,
    );
  if (shell && !/^[\w.:\\/-]+$/.test(shell))
    return fail(
      "shell",
      `"${shell}" cannot be used over ssh: use a path without spaces and quotes, for example \`pulumi config set exchange:shell pwsh\``,
    );
  return { destination: sshDestination, config: sshConfig || undefined, shell: shell || undefined };
}
