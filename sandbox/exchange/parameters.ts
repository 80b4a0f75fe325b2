import { type Properties, Secret, type Value } from "pulumi-exchange-server/protocol";
import { type Build, compareBuilds } from "./builds";
import { CmdletError } from "./errors";

/** What a parameter takes, in PowerShell's words. */
export type ParameterType =
  | "String"
  | "SwitchParameter"
  | "Boolean"
  | "Int32"
  | "DateTime"
  | "Byte[]"
  | "SecureString"
  /** Exchange's MultiValuedProperty: a list, or `{ Add, Remove }`. */
  | "MultiValuedProperty";

/** One parameter of a cmdlet. */
export interface Parameter {
  type: ParameterType;
  mandatory?: boolean;
  /** The only values it takes, without regard to case. */
  values?: readonly string[];
  /** Null is as good as left out: a Get-* cmdlet then lists all objects. */
  nullable?: boolean;
  /** The first build of each version of Exchange that knows it, by "15.1" or "15.2"; a version left out has it not. */
  since?: Record<string, Build>;
}

export type ParameterTable = Record<string, Parameter>;

/** The parameter sets of a cmdlet: those of each set, and those that go with any. The first set is the default one. */
export interface ParameterSets {
  sets: Record<string, ParameterTable>;
  shared: ParameterTable;
}

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

/** `-Confirm` and `-WhatIf`, of every cmdlet that changes something. */
export const SHOULD_PROCESS: ParameterTable = {
  Confirm: { type: "SwitchParameter" },
  WhatIf: { type: "SwitchParameter" },
};

/** `-DomainController`, of nearly every cmdlet. */
export const DOMAIN_CONTROLLER: ParameterTable = { DomainController: { type: "String" } };

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
    const declared = Object.keys(known).find((candidate) => candidate.toLowerCase() === name.toLowerCase());
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

function convert(value: Value, name: string, parameter: Parameter, typeName: string): Value | undefined {
  if (value === null) return convertNull(name, parameter, typeName);
  if (value === "" && parameter.mandatory) {
    const message = `Cannot bind argument to parameter '${name}' because it is an empty string.`;
    throw validationError("ParameterArgumentValidationErrorEmptyStringNotAllowed", typeName, message, name);
  }
  const converted = cast(value, parameter.type);
  if (converted === undefined) {
    const message = `Cannot process argument transformation on parameter '${name}'. Cannot convert value to type "${parameter.type}".`;
    throw transformationError(typeName, message, name);
  }
  if (parameter.values === undefined || typeof converted !== "string") return converted;
  const allowed = parameter.values.find((candidate) => candidate.toLowerCase() === converted.toLowerCase());
  if (allowed !== undefined) return allowed;
  const message = `Cannot bind parameter '${name}'. Cannot convert value "${converted}". The possible values are "${parameter.values.join(",")}".`;
  throw bindingError("CannotConvertArgumentNoMessage", typeName, message, name);
}

function convertNull(
  name: string,
  { nullable, mandatory: needed, type }: Parameter,
  typeName: string,
): Value | undefined {
  if (nullable) return undefined;
  if (needed) {
    const message = `Cannot bind argument to parameter '${name}' because it is null.`;
    throw validationError("ParameterArgumentValidationErrorNullNotAllowed", typeName, message, name);
  }
  // PowerShell gives a text parameter an empty text, and clears a list; other types keep null, which Exchange reads as unset.
  if (type === "String") return "";
  if (type === "MultiValuedProperty") return [];
  if (type === "Boolean" || type === "Int32" || type === "DateTime") {
    const message = `Cannot process argument transformation on parameter '${name}'. Cannot convert null to type "${type}".`;
    throw transformationError(typeName, message, name);
  }
  return undefined;
}

/** undefined where PowerShell could not convert either. */
function cast(value: Value, type: ParameterType): Value | undefined {
  switch (type) {
    case "String":
      if (Array.isArray(value) && value.every((item) => typeof item === "string")) return value.join(",");
      if (typeof value === "boolean") return value ? "True" : "False";
      return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
    case "SwitchParameter":
      return typeof value === "boolean" ? value : undefined;
    case "Boolean":
      // Source: PowerShell's own message, "Boolean parameters accept only Boolean values and numbers".
      if (typeof value === "number") return value !== 0;
      return typeof value === "boolean" ? value : undefined;
    case "Int32":
      if (typeof value === "string" && /^-?\d+$/.test(value)) return Number(value);
      return typeof value === "number" ? value : undefined;
    case "DateTime":
      if (typeof value === "string" && !Number.isNaN(Date.parse(value))) return new Date(value);
      return value instanceof Date ? value : undefined;
    case "Byte[]":
      return value instanceof Uint8Array ? value : undefined;
    case "SecureString":
      return value instanceof Secret ? value : undefined;
    case "MultiValuedProperty":
      if (typeof value === "string") return [value];
      if (Array.isArray(value)) return value.every((item) => typeof item === "string") ? value : undefined;
      return isChange(value) ? value : undefined;
  }
}

function isChange(value: Value): boolean {
  if (typeof value !== "object" || value === null || value instanceof Date || value instanceof Uint8Array) return false;
  return !(value instanceof Secret) && Object.keys(value).every((key) => ["add", "remove"].includes(key.toLowerCase()));
}

function bindingError(id: string, typeName: string, message: string, target: string): CmdletError {
  return parameterError("ParameterBindingException", "InvalidArgument", id, typeName, message, target);
}

function validationError(id: string, typeName: string, message: string, target: string): CmdletError {
  return parameterError("ParameterBindingValidationException", "InvalidData", id, typeName, message, target);
}

function transformationError(typeName: string, message: string, target: string): CmdletError {
  const reason = "ParameterBindingArgumentTransformationException";
  return parameterError(reason, "InvalidData", "ParameterArgumentTransformationError", typeName, message, target);
}

function parameterError(
  reason: string,
  category: string,
  id: string,
  typeName: string,
  message: string,
  target: string,
): CmdletError {
  return new CmdletError({ reason, category, message, target, fullyQualifiedErrorId: `${id},${typeName}` });
}
