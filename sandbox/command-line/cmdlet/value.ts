import { Secret, type Value } from "pulumi-exchange-server/protocol";
import type { ParameterType } from "../../exchange/parameters";
import { UsageError } from "../errors";
import type { TypedParameter } from "./words";

const TRUTHS: Readonly<Record<string, boolean | null>> = {
  $true: true,
  true: true,
  $false: false,
  false: false,
  $null: null,
};

/**
 * The value that PowerShell would pass for a typed text. What is not of the parameter's type is passed as it is: the
 * cmdlet's own refusal says why.
 * @param type as the cmdlet declares it; undefined for a parameter that it has not.
 * @throws UsageError for what the command line itself has got wrong.
 */
export function parameterValue({ name, text }: TypedParameter, type: ParameterType | undefined): Value {
  const isTruth = type === "SwitchParameter" || type === "Boolean" || type === undefined;
  if (text === undefined) {
    if (type === undefined || type === "SwitchParameter") return true;
    throw new UsageError(`The parameter "${name}" needs a value: --${name} VALUE.`);
  }
  if (text.toLowerCase() === "$null") return null;
  if (isTruth) return truth(name, text, type !== undefined);
  switch (type) {
    case "Int32":
      return /^-?\d+$/.test(text) ? Number(text) : text;
    case "Byte[]":
      return new Uint8Array(Buffer.from(text, "base64"));
    case "SecureString":
      return new Secret(text);
    case "MultiValuedProperty":
      return text.includes(",") ? text.split(",").map((item) => item.trim()) : text;
    case "String":
    case "DateTime":
      return text;
  }
}

function truth(name: string, text: string, isDeclared: boolean): Value {
  if (text === "" && isDeclared) {
    // Most shells take $true and $false for variables of their own, which are empty.
    throw new UsageError(
      `The parameter "${name}" has an empty value. Write true or false, or quote it: '-${name}:$false'.`,
    );
  }
  const word = text.toLowerCase();
  return Object.hasOwn(TRUTHS, word) ? (TRUTHS[word] ?? null) : text;
}
