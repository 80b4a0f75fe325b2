import { HELP } from "./arguments";
import type { Command, Option, RawCommand } from "./command";

const WIDTH = 22;

/** How the command line is reached from the repository's root. */
const PREFIX = "npm run sandbox --";

/** The text for no command at all. */
export function overview(commands: readonly (Command | RawCommand)[]): string {
  return [
    "A whole deployment on one machine: an Exchange organisation, a tenant and an engine. Nothing real is touched.",
    "",
    `Usage: ${PREFIX} <command> [options]`,
    "",
    ...commands.map(({ name, summary }) => row(name, summary)),
    "",
    `${PREFIX} <command> --help says more of each. For production use Pulumi's own CLI.`,
    "",
  ].join("\n");
}

/** The help of one command. */
export async function helpOf(command: Command | RawCommand): Promise<string> {
  const usage = "usage" in command ? command.usage : "[options]";
  const options = "options" in command ? command.options : {};
  const details = (await command.details?.())?.concat("") ?? [];
  return [
    `${command.summary}.`,
    "",
    `Usage: ${PREFIX} ${command.name} ${usage}`,
    "",
    "Options:",
    ...Object.entries({ ...options, help: HELP }).map(([name, option]) => row(flags(name, option), option.description)),
    "",
    ...details,
    "Examples:",
    ...command.examples.map((example) => `  ${example}`),
    "",
  ].join("\n");
}

function flags(name: string, { short, value }: Option): string {
  return `${short === undefined ? "    " : `-${short}, `}--${name}${value === undefined ? "" : ` ${value}`}`;
}

/** One line of a list: a term and what it is. */
export function row(term: string, text: string): string {
  return `  ${term.padEnd(WIDTH)} ${text}`;
}
