import { parseArgs } from "node:util";
import { NotSupportedError } from "../engine/errors";
import type { Command, Option, Options } from "./command";
import { UsageError } from "./errors";

/** Every command has it. */
export const HELP: Option = { short: "h", description: "Show this text" };

/**
 * Reads the words after a command's name.
 * @throws UsageError for an option that the command has not, one that lacks its value, and any other word;
 * NotSupportedError for one that Pulumi's own command has.
 */
export function parseOptions(
  { name: command, options: known, refusedOptions = [] }: Pick<Command, "name" | "options" | "refusedOptions">,
  words: readonly string[],
): Options {
  const all: Record<string, Option> = { ...known, help: HELP };
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
    if (token.kind === "option" && refusedOptions.includes(token.name)) {
      throw new NotSupportedError(`The option --${token.name}`);
    }
    const option = token.kind === "option" ? all[token.name] : undefined;
    if (token.kind === "positional" || option === undefined) {
      throw new UsageError(`"${command}" takes no "${word}". ${listOf(all)}`);
    }
    const value = valueOf(command, word, token.value, option);
    const former = options[token.name] ?? [];
    options[token.name] = option.isRepeated ? ([former, value as string].flat() as string[]) : value;
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
export function positiveInteger(option: string, text: Options[string]): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (Number.isSafeInteger(number) && number > 0) return number;
  throw new UsageError(
    `--${option} takes a whole number from 1 on, for example --${option} 4, and was given "${text}".`,
  );
}
