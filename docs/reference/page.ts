import { paragraphs, table } from "./markdown";
import { cmdletTable } from "./permissions";
import type { Documented, DocumentedClass } from "./sources";

/** What a resource or a component asks of others. */
export interface Asked {
  cmdlets: string[];
  /** What it asks of the tenant, a sentence each. */
  tenant: string[];
}

/**
 * The page of one class.
 * @param asked undefined for a class that asks for nothing itself.
 */
export function pageOf(documented: DocumentedClass, asked: Asked | undefined): string {
  const { name, text, example, throws, lookup } = documented;
  const parts = [
    `# ${name}`,
    paragraphs(text),
    "## Example",
    `\`\`\`ts\n${example}\n\`\`\``,
    "## Arguments",
    ...argumentTables(documented.arguments),
    ...(throws ? [`The constructor throws ${paragraphs(throws.replace(/^\S+/, "`$&`"))}`] : []),
    ...outputTables(documented.outputs),
    ...(lookup ? lookupOf(name, lookup) : []),
    ...(asked ? askedOf(asked) : []),
    "<!-- Generated from docstrings: edit those, then run `npm run docs`. -->",
  ];
  return `${parts.join("\n\n")}\n`;
}

/** Whether every resource has this argument or output. */
function isCommon({ declaredBy }: Documented): boolean {
  return ["ExchangeResourceArgs", "ExchangeResource"].includes(declaredBy);
}

function argumentTables(list: Documented[]): string[] {
  const own = list.filter((argument) => !isCommon(argument));
  const common = list.filter(isCommon);
  const first = own.length > 0 ? argumentTable(own) : "This resource has no arguments of its own.";
  return common.length > 0 ? [first, "Every resource also takes these:", argumentTable(common)] : [first];
}

function outputTables(list: Documented[]): string[] {
  if (list.length === 0) return [];
  const own = list.filter((output) => !isCommon(output));
  const common = list.filter(isCommon);
  const parts = ["## Outputs", outputTable(own)];
  return common.length > 0 ? [...parts, "Every resource also has these:", outputTable(common)] : parts;
}

function argumentTable(list: Documented[]): string {
  const rows = list.map(({ name, type, required, text, default: fallback }) => [
    `\`${name}\``,
    `\`${type}\``,
    required ? "required" : fallback || "none",
    text,
  ]);
  return table(["argument", "type", "default", "description"], rows);
}

function outputTable(list: Documented[]): string {
  return table(
    ["output", "type", "description"],
    list.map(({ name, type, text }) => [`\`${name}\``, `\`${type}\``, text]),
  );
}

function lookupOf(name: string, { text, id }: NonNullable<DocumentedClass["lookup"]>): string[] {
  const call = `\`\`\`ts\n${name}.get("existing", id);\n\`\`\``;
  const adopted = "`pulumi import` cannot be used: a resource that you declare adopts the existing object.";
  return ["## Look up an existing object", call, paragraphs(text), `\`id\` is ${paragraphs(id)}`, adopted];
}

function askedOf({ cmdlets, tenant }: Asked): string[] {
  const more = "For the exact parameters and the least permissions, see [permissions](../permissions.md).";
  return ["## Required permissions", cmdletTable(cmdlets), ...tenant, more];
}
