import { type Command, InvalidArgumentError, Option } from "commander";
import { NotSupportedError } from "pulumi-local-engine";

/** What a command works with. */
export interface Surroundings {
  stdout: NodeJS.WriteStream;
  stderr: NodeJS.WriteStream;
  environment: NodeJS.ProcessEnv;
  /** Sets the exit code of a command that ends well. @default 0 */
  conclude(exitCode: number): void;
}

/** Adds a command to those of its parent. */
export type AddCommand = (parent: Command, surroundings: Surroundings) => Command;

/** An option with a value that must not be empty. */
export function valueOption(flags: string, description: string): Option {
  return new Option(flags, description).argParser((value: string) => {
    if (value === "") throw new InvalidArgumentError("It needs a value.");
    return value;
  });
}

/** An option that may be given several times, each with a value of its own. */
export function repeatedOption(flags: string, description: string): Option {
  return new Option(flags, description).argParser((value: string, former: string[] = []) => [...former, value]);
}

/** An option with a whole number from 1 on. */
export function countOption(flags: string, description: string): Option {
  return new Option(flags, description).argParser((value: string) => {
    const count = Number(value);
    if (Number.isSafeInteger(count) && count > 0) return count;
    throw new InvalidArgumentError("It must be a whole number of 1 or more, such as 4.");
  });
}

/** Options of Pulumi's command of this name that the engine does not offer: refused by their names. */
export function refuseOptions(command: Command, names: readonly string[]): Command {
  for (const name of names) {
    command.addOption(new Option(`--${name} [value]`).hideHelp()).on(`option:${name}`, () => {
      throw new NotSupportedError(`The option --${name}`);
    });
  }
  return command;
}

/** Command lines as a user types them, at the end of a command's help. */
export function withExamples(command: Command, ...examples: string[]): Command {
  return command.addHelpText("after", ["", "Examples:", ...examples.map((example) => `  ${example}`)].join("\n"));
}
