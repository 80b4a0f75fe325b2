import { parseArgs } from "node:util";
import type { Option, Options } from "./command";
import { UsageError } from "./errors";

/** Every command has it. */
export const HELP: Option = { short: "h", description: "Show this text" };

/**
 * Reads the words after a command's name.
 * @throws UsageError for an option that the command has not, one that lacks its value, and any other word.
 */
export function parseOptions(command: string, words: readonly string[], known: Record<string, Option>): Options {
  const all = { ...known, help: HELP };
  const { tokens } = parseArgs({
    args: [...words],
    options: Object.fromEntries(
      Object.entries(all).map(([name, { short, value }]) => [
        name,
        { type: value === undefined ? ("boolean" as const) : ("string" as const), ...(short && { short }) },
      ]),
    ),
    strict: false,
    tokens: true,
  });
  const options: Options = {};
  for (const token of tokens) {
    if (token.kind === "option-terminator") continue;
    const word = token.kind === "positional" ? token.value : token.rawName;
    const option = token.kind === "option" ? all[token.name as keyof typeof all] : undefined;
    if (token.kind === "positional" || option === undefined) {
      throw new UsageError(`"${command}" takes no "${word}". ${listOf(all)}`);
    }
    options[token.name] = valueOf(command, word, token.value, option);
  }
  return options;
}

function valueOf(command: string, word: string, value: string | undefined, option: Option): string | true {
  if (option.value === undefined) {
    if (value === undefined) return true;
    throw new UsageError(`"${word}" of "${command}" takes no value, and was given "${value}".`);
  }
  if (value !== undefined && value !== "") return value;
  throw new UsageError(`"${word}" of "${command}" needs a value: ${word} ${option.value}.`);
}

function listOf(options: Record<string, Option>): string {
  return `It takes ${Object.keys(options)
    .map((name) => `--${name}`)
    .join(", ")}.`;
}

/** @throws UsageError for anything but a whole number from 1 on. */
export function positiveInteger(option: string, text: string | true | undefined): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (Number.isSafeInteger(number) && number > 0) return number;
  throw new UsageError(
    `--${option} takes a whole number from 1 on, for example --${option} 4, and was given "${text}".`,
  );
}
