import { CmdletError } from "./errors";

// Reasons, categories and ids: recorded with PowerShell 7.6 without a host, the texts shortened.

/** A name, a set or a value that the binder cannot place. */
export function bindingError(id: string, typeName: string, message: string, target: string): CmdletError {
  return parameterError("ParameterBindingException", "InvalidArgument", id, typeName, message, target);
}

/** A value that the parameter does not allow. */
export function validationError(id: string, typeName: string, message: string, target: string): CmdletError {
  return parameterError("ParameterBindingValidationException", "InvalidData", id, typeName, message, target);
}

/** A value that cannot be made one of the parameter's type. */
export function transformationError(typeName: string, message: string, target: string): CmdletError {
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
