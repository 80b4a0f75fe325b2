import type { Properties } from "pulumi-exchange-server/protocol";
import { bindingError } from "./binding-errors";
import { type Build, compareBuilds } from "./builds";
import { convert } from "./conversion";
import type { Parameter, ParameterSets, ParameterTable } from "./parameters";
import { sameText } from "./text";

/** The parameters of a call after binding, by their declared names; absent ones are absent. */
export interface Bound {
  set: string;
  values: Properties;
}

/** What every cmdlet of PowerShell takes; only ErrorAction means anything here. Source: about_CommonParameters. */
const COMMON: ParameterTable = {
  ErrorAction: { type: "String", values: ["Stop", "Continue", "SilentlyContinue", "Ignore", "Inquire"] },
  WarningAction: { type: "String" },
  InformationAction: { type: "String" },
  Verbose: { type: "SwitchParameter" },
  Debug: { type: "SwitchParameter" },
};

/**
 * Binds named parameters as PowerShell does: names without regard to case, values converted to the declared types, one
 * parameter set that takes all of them and lacks none.
 * Source of the errors' ids and reasons: recorded with PowerShell 7.6 without a host.
 * @param typeName the cmdlet's class, which ends the error's id.
 * @param build of the server that runs the cmdlet.
 * @throws CmdletError as PowerShell's binder.
 */
export function bind(given: Properties, { sets, shared }: ParameterSets, typeName: string, build: Build): Bound {
  const known = { ...COMMON, ...shared, ...Object.assign({}, ...Object.values(sets)) } as ParameterTable;
  const values: Properties = {};
  for (const [name, value] of Object.entries(given)) {
    const declared = Object.keys(known).find((candidate) => sameText(candidate, name));
    const parameter = declared === undefined ? undefined : known[declared];
    if (declared === undefined || parameter === undefined || !offered(parameter, build)) {
      throw bindingError(
        "NamedParameterNotFound",
        typeName,
        `A parameter cannot be found that matches parameter name '${name}'.`,
        name,
      );
    }
    const converted = convert(value, declared, parameter, typeName);
    if (converted !== undefined) values[declared] = converted;
  }
  return { set: chooseSet(values, { sets, shared }, typeName), values };
}

function offered({ since }: Parameter, build: Build): boolean {
  if (since === undefined) return true;
  const first = since[`${build[0]}.${build[1]}`];
  return first !== undefined && compareBuilds(build, first) >= 0;
}

function chooseSet(values: Properties, { sets, shared }: ParameterSets, typeName: string): string {
  const specific = Object.keys(values).filter((name) => !(name in shared) && !(name in COMMON));
  const fitting = Object.entries(sets).filter(([, table]) => specific.every((name) => name in table));
  if (fitting.length === 0) {
    const message = "Parameter set cannot be resolved using the specified named parameters.";
    throw bindingError("AmbiguousParameterSet", typeName, message, "");
  }
  const missing = fitting.map(([, table]) => mandatory({ ...shared, ...table }).filter((name) => !(name in values)));
  const complete = missing.findIndex((names) => names.length === 0);
  if (complete !== -1) return (fitting[complete] as [string, ParameterTable])[0];
  const names = (missing[0] as string[]).join(" ");
  const message = `Cannot process command because of one or more missing mandatory parameters: ${names}.`;
  throw bindingError("MissingMandatoryParameter", typeName, message, "");
}

function mandatory(table: ParameterTable): string[] {
  return Object.keys(table).filter((name) => table[name]?.mandatory);
}
