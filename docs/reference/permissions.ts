import { ALLOWLIST, type AllowedCommand, CMDLETS, GUESSED_ROLES } from "../../provider/powershell/allowlist";
import { table } from "./markdown";

/** Every cmdlet with its parameters and roles. */
export function permissionTable(): string {
  const rows = Object.entries(CMDLETS).map(([name, { parameters, access, roles }]) => [
    `\`${name}\``,
    parameters.map((parameter) => `\`${parameter}\``).join(" ") || "none",
    access,
    rolesOf(name, roles),
  ]);
  return table(["cmdlet", "parameters", "reads or writes", "management role"], rows);
}

/** The beginning of the commands that make the role group: what is needed, and of which built-in roles. */
export function permissionCommands(): string {
  const needed = Object.entries(CMDLETS).map(([name, { parameters }]) => {
    return `  '${name}' = ${parameters.map((parameter) => `'${parameter}'`).join(", ") || "@()"}`;
  });
  const parents = [...new Set(Object.values(CMDLETS).map(({ roles }) => roles[0]))].map((role) => `'${role}'`);
  return ["```powershell", "$needed = @{", ...needed, "}", `$parents = ${parents.join(", ")}`, "```"].join("\n");
}

/** Some of the cmdlets and commands, each with what it needs. */
export function cmdletTable(cmdlets: string[]): string {
  if (cmdlets.length === 0) return "This class uses no cmdlet of Exchange.";
  const rows = cmdlets.map((name) => {
    const { access, where, roles } = ALLOWLIST[name] as AllowedCommand;
    return [`\`${name}\``, access, where === "server" ? neededOnServer(name) : rolesOf(name, roles)];
  });
  return table(["cmdlet", "reads or writes", "management role"], rows);
}

function rolesOf(cmdlet: string, roles: readonly string[]): string {
  return `${roles.join(" or ")}${GUESSED_ROLES.includes(cmdlet) ? " (guess)" : ""}`;
}

function neededOnServer(command: string): string {
  const needed = command === "Get-ExSetupVersion" ? "read access to Exchange's folder" : "local administrator";
  return `${needed}, on the server itself`;
}
