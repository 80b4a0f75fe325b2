/** An option of a command. */
export interface Option {
  /** One letter, as Pulumi's own where it has the option. */
  short?: string;
  /** What stands for the value in the help; an option without it takes none. */
  value?: string;
  /** Whether it may be given several times, each with a value of its own. @default false: the last one counts */
  isRepeated?: true;
  /** A sentence for the help, without its full stop. */
  description: string;
}

/** The options given on a command line: a text for those that take a value, a list for repeated ones, true for the others. */
export type Options = Record<string, string | string[] | true | undefined>;

/** What a command is given to run with. */
export interface Invocation {
  options: Options;
  stdout: NodeJS.WriteStream;
  stderr: NodeJS.WriteStream;
  environment: NodeJS.ProcessEnv;
}

/** A command that takes options alone. */
export interface Command {
  name: string;
  /** A sentence for the list of commands, without its full stop. */
  summary: string;
  options: Record<string, Option>;
  /** Options of Pulumi's command of this name that the sandbox's engine does not offer. @default none */
  refusedOptions?: readonly string[];
  /** Command lines as a user types them. */
  examples: readonly string[];
  /** Further paragraphs of its help, which may have to be looked up. */
  details?(): Promise<string[]>;
  /** @returns the exit code. */
  run(invocation: Invocation): Promise<number>;
}

/** The command that runs a cmdlet has arguments in PowerShell's form, which it reads itself. */
export interface RawCommand extends Omit<Command, "options" | "refusedOptions" | "run"> {
  /** What follows its name, for the help. */
  usage: string;
  run(invocation: Omit<Invocation, "options">, words: readonly string[]): Promise<number>;
}
