import type { Cmdlet } from "../exchange/cmdlet";
import type { Parameter, ParameterTable, ParameterType } from "../exchange/parameters";

const TYPES: Record<ParameterType, string> = {
  String: "string",
  SwitchParameter: "switch",
  Boolean: "bool",
  Int32: "int",
  DateTime: "datetime",
  "Byte[]": "byte[]",
  SecureString: "securestring",
  // A list, or a table of Add and Remove.
  MultiValuedProperty: "object",
};

/** What objects bring along in a pipeline, as `Get-AuthServer | Set-AuthServer`. */
const FROM_PIPELINE = ["Identity", "Thumbprint"];

/** Taken without its name, the first of these that a cmdlet has. Source: the cmdlet reference's position 1. */
const POSITIONAL = ["Identity", "Thumbprint", "Name"];

/** PowerShell makes these two itself. */
const SHOULD_PROCESS = ["Confirm", "WhatIf"];

/** The text of functions.ps1: a PowerShell function for each cmdlet, with its parameter sets and help. */
export function functionsText(cmdlets: readonly Cmdlet[]): string {
  const names = cmdlets.map(({ name }) => `'${name}'`).join(", ");
  return [
    "# Made from the sandbox's cmdlets (../exchange/cmdlets) by `npm run build && node sandbox/dist/powershell/write-functions.js`;",
    "# a test compares the two.",
    `function Get-SandboxFunction { ${names} }`,
    ...cmdlets.map(functionText),
    "",
  ].join("\n\n");
}

function functionText({ name, parameters: { sets, shared }, destructive }: Cmdlet): string {
  const [first = "Default"] = Object.keys(sets);
  const confirms = "Confirm" in shared;
  const binding = [
    `DefaultParameterSetName = '${first}'`,
    ...(confirms ? ["SupportsShouldProcess = $true", `ConfirmImpact = '${destructive ? "High" : "Medium"}'`] : []),
  ];
  return [
    `function ${name} {`,
    "    <#",
    "    .SYNOPSIS",
    `    ${name} of the sandbox's Exchange organisation; nothing real is touched.`,
    "    .DESCRIPTION",
    "    Parameters, defaults and refusals are those that the cmdlet reference gives for Exchange.",
    "    .LINK",
    `    https://learn.microsoft.com/powershell/module/exchange/${name.toLowerCase()}`,
    "    #>",
    `    [CmdletBinding(${binding.join(", ")})]`,
    `    param(\n${parameterTexts(sets, shared).join(",\n")}\n    )`,
    `    process { Invoke-SandboxCmdlet $PSCmdlet '${name}' $PSBoundParameters }`,
    "}",
  ].join("\n");
}

function parameterTexts(sets: Record<string, ParameterTable>, shared: ParameterTable): string[] {
  const known = Object.assign({}, shared, ...Object.values(sets)) as ParameterTable;
  const positional = POSITIONAL.find((name) => name in known);
  const placed = new Map<string, { parameter: Parameter; attributes: string[] }>();
  const place = (name: string, parameter: Parameter, set?: string) => {
    if (SHOULD_PROCESS.includes(name)) return;
    const entry = placed.get(name) ?? { parameter, attributes: [] };
    entry.attributes.push(attributeText(name, parameter, set, name === positional));
    placed.set(name, entry);
  };
  for (const [set, table] of Object.entries(sets)) {
    for (const [name, parameter] of Object.entries(table)) place(name, parameter, set);
  }
  for (const [name, parameter] of Object.entries(shared)) place(name, parameter);
  return Array.from(placed, ([name, { parameter, attributes }]) => {
    const nullable = parameter.nullable ? ["[AllowNull()]", "[AllowEmptyString()]"] : [];
    return [...attributes, ...nullable, `[${TYPES[parameter.type]}]$${name}`]
      .map((line) => `        ${line}`)
      .join("\n");
  });
}

function attributeText(name: string, { mandatory }: Parameter, set: string | undefined, positional: boolean): string {
  const parts = [
    ...(set === undefined ? [] : [`ParameterSetName = '${set}'`]),
    ...(mandatory ? ["Mandatory = $true"] : []),
    ...(positional ? ["Position = 0"] : []),
    ...(FROM_PIPELINE.includes(name) ? ["ValueFromPipelineByPropertyName = $true"] : []),
  ];
  return `[Parameter(${parts.join(", ")})]`;
}
