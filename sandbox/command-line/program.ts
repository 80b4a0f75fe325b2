import { Command } from "commander";
import type { Surroundings } from "./command";
import { COMMANDS } from "./commands";

/** How the command line is reached from the repository's root. */
const PREFIX = "npm run sandbox --";

/**
 * The command line: that of one command, where `first` is its first word, else of all. Most commands load a part of the
 * sandbox, and only the help and the nearest name to a wrong one need every one of them.
 */
export function programOf(surroundings: Surroundings, first?: string): Command {
  const { stdout, stderr } = surroundings;
  const program = new Command(PREFIX)
    .description(
      "A whole deployment on one machine: an Exchange organisation, a tenant and an engine. Nothing real is touched.",
    )
    .usage("<command> [options]")
    .addHelpText("after", `\n${PREFIX} <command> --help describes a command. For production, use Pulumi's own CLI.`)
    .helpOption("-h, --help", "Show this text")
    .configureOutput({ writeOut: (text) => stdout.write(text), writeErr: (text) => stderr.write(text) })
    .configureHelp({
      // `stack` alone is not a command.
      visibleCommands: ({ commands }) => commands.flatMap((each) => (each.commands.length > 0 ? each.commands : each)),
      subcommandTerm: (command) => namesOf(command).slice(1).join(" "),
    })
    .showHelpAfterError(`(${PREFIX} --help lists the commands, ${PREFIX} <command> --help its options)`)
    .enablePositionalOptions()
    .exitOverride();
  const named = COMMANDS.filter(({ words }) => words[0] === first);
  for (const { words, load } of named.length > 0 ? named : COMMANDS) load()(parentOf(program, words), surroundings);
  return program;
}

function parentOf(program: Command, [group, name]: readonly string[]): Command {
  if (name === undefined || group === undefined) return program;
  return program.commands.find((command) => command.name() === group) ?? program.command(group);
}

function namesOf(command: Command): string[] {
  return [...(command.parent ? namesOf(command.parent) : []), command.name()];
}
