import { readFileSync } from "node:fs";
import { type Properties, Secret, type Value } from "pulumi-exchange-server/protocol";
import { CMDLETS } from "./cmdlets";
import type { ParameterTable, ParameterType } from "./parameters";

// What the first word without a name is, as the cmdlet reference's position 1.
const POSITIONAL = ["Identity", "Name", "Thumbprint"];

/**
 * The parameters of a cmdlet from a command line: `--Name value`, `--Switch`, `-Confirm:$false`, `--Enabled=false`, and
 * one value without a name for -Identity, -Name or -Thumbprint. Values are read by the cmdlet's declared types: truth as
 * `true`, `false`, `$true`, `$false`; a list with commas; bytes from the file of that path; `$null` for null. What the
 * cmdlet does not know stays text, so that the cmdlet itself refuses it.
 */
export function parseCommandLine(cmdlet: string, words: string[]): Properties {
  const table = parametersOf(cmdlet);
  const parameters: Properties = {};
  for (let index = 0; index < words.length; index++) {
    const word = words[index] as string;
    const named = /^--?([A-Za-z]+)(?:[:=]([\s\S]*))?$/.exec(word);
    if (!named) {
      const name = POSITIONAL.find((candidate) => candidate in table) ?? "Identity";
      parameters[name] = valueOf(word, table[name]?.type);
      continue;
    }
    const name = named[1] as string;
    const type = typeOf(table, name);
    const following = words[index + 1];
    // A switch takes the next word only where that is a truth; any other parameter takes it unless it is a name.
    const takesNext =
      type === "SwitchParameter" ? isTruth(following) : following !== undefined && !/^--?[A-Za-z]/.test(following);
    if (named[2] !== undefined) parameters[name] = valueOf(named[2], type);
    else if (takesNext) parameters[name] = valueOf(words[++index] as string, type);
    else parameters[name] = true;
  }
  return parameters;
}

function parametersOf(name: string): ParameterTable {
  const cmdlet = CMDLETS.find((candidate) => candidate.name.toLowerCase() === name.toLowerCase());
  if (!cmdlet) return {};
  return Object.assign({}, ...Object.values(cmdlet.parameters.sets), cmdlet.parameters.shared) as ParameterTable;
}

function typeOf(table: ParameterTable, name: string): ParameterType | undefined {
  if (/^(Verbose|Debug)$/i.test(name)) return "SwitchParameter";
  return Object.entries(table).find(([declared]) => declared.toLowerCase() === name.toLowerCase())?.[1].type;
}

function isTruth(word: string | undefined): boolean {
  return word !== undefined && /^\$?(true|false)$/i.test(word);
}

function valueOf(word: string, type: ParameterType | undefined): Value {
  if (word.toLowerCase() === "$null") return null;
  switch (type) {
    case "SwitchParameter":
    case "Boolean":
      return isTruth(word) ? /true$/i.test(word) : word;
    case "MultiValuedProperty":
      return word.split(",").map((item) => item.trim());
    case "SecureString":
      return new Secret(word);
    case "Byte[]":
      return readFileSync(word);
    default:
      return word;
  }
}
