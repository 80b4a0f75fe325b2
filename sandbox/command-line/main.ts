import "./node-version";

import { NotSupportedError } from "../engine/errors";
import { parseOptions } from "./arguments";
import { COMMANDS, type CommandEntry } from "./commands";
import { UsageError } from "./errors";
import { SUCCEEDED } from "./exit-codes";
import { helpOf, overview } from "./help";

async function main(given: readonly string[]): Promise<number> {
  const [name] = given;
  const { stdout, stderr, env } = process;
  if (name === undefined || name === "--help" || name === "-h" || name === "help") {
    stdout.write(overview(COMMANDS.map(({ load }) => load())));
    return SUCCEEDED;
  }
  const entry = COMMANDS.find((candidate) => wordsOf(candidate).every((word, index) => word === given[index]));
  if (name === "import") throw new NotSupportedError("The command import");
  if (entry === undefined) {
    throw new UsageError(`There is no command "${name}". There are ${COMMANDS.map((each) => each.name).join(", ")}.`);
  }
  const command = entry.load();
  const words = given.slice(wordsOf(entry).length);
  if (words[0] === "--help" || words[0] === "-h") {
    stdout.write(await helpOf(command));
    return SUCCEEDED;
  }
  const surroundings = { stdout, stderr, environment: env };
  if ("usage" in command) return command.run(surroundings, words);
  const options = parseOptions(command, words);
  if (!options.help) return command.run({ ...surroundings, options });
  stdout.write(await helpOf(command));
  return SUCCEEDED;
}

/** A command's name may have two words, such as `stack export`. */
const wordsOf = ({ name }: CommandEntry) => name.split(" ");

// Whoever reads may stop reading, as `head` does: that must not end an operation half-way.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

main(process.argv.slice(2)).then(
  (exitCode) => {
    process.exitCode = exitCode;
  },
  (error: unknown) => {
    const { explain } = require("./explain") as typeof import("./explain");
    const { text, exitCode } = explain(error, process.env);
    process.stderr.write(text);
    process.exitCode = exitCode;
  },
);
