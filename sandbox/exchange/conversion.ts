import { Secret, type Value } from "pulumi-exchange-server/protocol";
import { bindingError, transformationError, validationError } from "./binding-errors";
import type { Parameter, ParameterType } from "./parameters";
import { sameText } from "./text";

/**
 * A value as PowerShell's binder converts it for a parameter.
 * @returns undefined where the parameter is as good as left out.
 * @throws CmdletError as PowerShell's binder.
 */
export function convert(value: Value, name: string, parameter: Parameter, typeName: string): Value | undefined {
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
  const allowed = parameter.values.find((candidate) => sameText(candidate, converted));
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
