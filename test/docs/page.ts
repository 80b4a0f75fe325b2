import { ALLOWLIST, CMDLETS } from "../../provider/powershell/allowlist";
import type { Documented, DocumentedClass } from "./sources";

const COMMON_ARGUMENTS = ["expectedOrganizationId", "domainController", "timeoutSeconds", "acknowledge"];
const COMMON_OUTPUTS = ["organizationId", "schemaVersion", "provenance", "repair", "warnings"];

// Which built-in role grants these is documented nowhere that was found (the list in the code says so beside them).
const GUESSED_ROLES = [
  "Get-PushNotificationApp",
  "Enable-PushNotificationProxy",
  "Disable-PushNotificationProxy",
  "Invoke-MonitoringProbe",
];

/** What a page says beyond the docstrings of its class. */
export interface Facts {
  /** What it asks of Exchange. */
  cmdlets: string[];
  /** What it asks of the tenant, a sentence each. */
  tenant: string[];
}

/** The page of a resource or component. */
export function pageOf(documented: DocumentedClass, { cmdlets, tenant }: Facts): string {
  const { name, text, example, outputs } = documented;
  const isCommon = ({ name: argument }: Documented) => COMMON_ARGUMENTS.includes(argument);
  const own = documented.arguments.filter((argument) => !isCommon(argument));
  const parts = [
    `# ${name}`,
    paragraphs(text),
    "## Example",
    `\`\`\`ts\n${example}\n\`\`\``,
    "## Arguments",
    own.length > 0 ? argumentTable(own) : "None of its own.",
    "Every resource also takes these:",
    argumentTable(documented.arguments.filter(isCommon)),
    "## Outputs",
    outputTable(outputs.filter((output) => !COMMON_OUTPUTS.includes(output.name))),
  ];
  const common = outputs.filter((output) => COMMON_OUTPUTS.includes(output.name));
  if (common.length > 1) parts.push("Every resource also has these:", outputTable(common));
  if (documented.lookup) parts.push("## Looking it up", ...lookup(name, documented.lookup));
  parts.push("## What it asks for", cmdletTable(cmdlets), ...tenant);
  parts.push("The exact parameters, and the least permissions, are in [permissions](../permissions.md).");
  parts.push(
    "<!-- Made from docstrings: change those, then run `UPDATE_DOCS=1 npx mocha test/docs/pages.test.ts`. -->",
  );
  return `${parts.join("\n\n")}\n`;
}

function lookup(name: string, { text, id }: NonNullable<DocumentedClass["lookup"]>): string[] {
  const call = `\`\`\`ts\n${name}.get("existing", id);\n\`\`\``;
  const adopted = "`pulumi import` cannot be used: a resource that is declared adopts what is there by itself.";
  return [call, paragraphs(text), `\`id\` is ${paragraphs(id)}`, adopted];
}

/** Every cmdlet with its parameters and roles, for docs/permissions.md. */
export function permissionTable(): string {
  const rows = Object.entries(CMDLETS).map(([name, { parameters, access, roles }]) => [
    `\`${name}\``,
    parameters.map((parameter) => `\`${parameter}\``).join(" ") || "none",
    access,
    rolesOf(name, roles),
  ]);
  return table(["cmdlet", "parameters", "reads or writes", "management role"], rows);
}

/** The commands that make the role group, for docs/permissions.md. */
export function permissionCommands(): string {
  const needed = Object.entries(CMDLETS).map(([name, { parameters }]) => {
    return `  '${name}' = ${parameters.map((parameter) => `'${parameter}'`).join(", ") || "@()"}`;
  });
  const parents = [...new Set(Object.values(CMDLETS).map(({ roles }) => roles[0]))].map((role) => `'${role}'`);
  return ["$needed = @{", ...needed, "}", `$parents = ${parents.join(", ")}`].join("\n");
}

function argumentTable(list: Documented[]): string {
  const rows = list.map(({ name, type, required, text, default: fallback }) => [
    `\`${name}\``,
    `\`${type}\``,
    required ? "required" : fallback || "none",
    text,
  ]);
  return table(["argument", "type", "default", "what it is, and what a change does"], rows);
}

function outputTable(list: Documented[]): string {
  return table(
    ["output", "type", "what it is"],
    list.map(({ name, type, text }) => [`\`${name}\``, `\`${type}\``, text]),
  );
}

function cmdletTable(cmdlets: string[]): string {
  if (cmdlets.length === 0) return "Nothing of Exchange.";
  const rows = cmdlets.map((name) => {
    const { access, where, roles } = ALLOWLIST[name] as (typeof ALLOWLIST)[string];
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

function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.map(cell).join(" | ")} |`;
  return [line(head), `|${head.map(() => "---").join("|")}|`, ...rows.map(line)].join("\n");
}

function cell(text: string): string {
  return shown(text.replace(/\s*\n\s*/g, " ")).replaceAll("|", "\\|");
}

/** Outside code, Markdown takes `<guid>` for a tag of HTML. */
function shown(text: string): string {
  return text
    .split("`")
    .map((part, index) => (index % 2 === 0 ? part.replaceAll("<", "\\<") : part))
    .join("`");
}

/** Lines of one paragraph belong together: how a docstring is wrapped says nothing. */
function paragraphs(text: string): string {
  return text
    .split(/\n\s*\n/)
    .map((paragraph) => shown(paragraph.replace(/\s*\n\s*/g, " ")))
    .join("\n\n");
}
