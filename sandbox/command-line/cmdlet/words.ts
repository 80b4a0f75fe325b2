import { UsageError } from "../errors";

/** A parameter as it was typed; without a text it is a switch. */
export interface TypedParameter {
  name: string;
  text?: string;
}

/** What the words after a cmdlet's name say. */
export interface CmdletWords {
  parameters: TypedParameter[];
  /** Words that are not a parameter's value, such as the identity in `Get-AuthServer MicrosoftSts`. */
  positional: string[];
}

const PARAMETER = /^--?([A-Za-z]\w*)(?:[:=](.*))?$/s;
const TRUTH = /^\$?(true|false)$/i;

/**
 * Reads `--Parameter value`, `-Parameter value`, `-Parameter:value` and `-Switch`.
 * @param isSwitch whether the cmdlet's parameter of that name is one: such a one takes the next word only if that is a
 * truth value.
 */
export function readWords(words: readonly string[], isSwitch: (name: string) => boolean): CmdletWords {
  const read: CmdletWords = { parameters: [], positional: [] };
  for (let index = 0; index < words.length; index++) {
    const word = words[index] as string;
    const match = PARAMETER.exec(word);
    if (match === null) {
      read.positional.push(word);
      continue;
    }
    const name = match[1] as string;
    if (read.parameters.some((other) => other.name.toLowerCase() === name.toLowerCase())) {
      throw new UsageError(`The parameter "${name}" is given twice.`);
    }
    const next = words[index + 1];
    const takesNext = next !== undefined && !PARAMETER.test(next) && (!isSwitch(name) || TRUTH.test(next));
    if (match[2] !== undefined) read.parameters.push({ name, text: match[2] });
    else if (takesNext) {
      read.parameters.push({ name, text: next });
      index++;
    } else read.parameters.push({ name });
  }
  return read;
}
