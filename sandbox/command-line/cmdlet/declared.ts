import type { Cmdlet } from "../../exchange/cmdlet";
import type { ParameterTable, ParameterType } from "../../exchange/parameters";

/** The type of a cmdlet's parameter, looked up as PowerShell does, without regard to case. */
export function declaredType(cmdlet: Cmdlet | undefined, name: string): ParameterType | undefined {
  if (cmdlet === undefined) return undefined;
  const found = Object.entries(allParameters(cmdlet)).find(([known]) => known.toLowerCase() === name.toLowerCase());
  return found?.[1].type;
}

/** A line a parameter set: `Get-AuthServer [-Identity <String>]`, as PowerShell's help writes it. */
export function syntaxLines({ name, parameters: { sets, shared } }: Cmdlet): string[] {
  return Object.values(sets).map((set) => {
    const words = Object.entries({ ...shared, ...set }).map(([parameter, { type, mandatory }]) => {
      const word = type === "SwitchParameter" ? `-${parameter}` : `-${parameter} <${type}>`;
      return mandatory ? word : `[${word}]`;
    });
    return [name, ...words].join(" ");
  });
}

function allParameters({ parameters: { sets, shared } }: Cmdlet): ParameterTable {
  return Object.assign({}, shared, ...Object.values(sets));
}
