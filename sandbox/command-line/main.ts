import "./node-version";

import { CommanderError } from "commander";
import { NotSupportedError } from "pulumi-local-engine";
import { SUCCEEDED, WRONG_USAGE } from "./exit-codes";
import { programOf } from "./program";

async function main(given: readonly string[]): Promise<number> {
  if (given[0] === "import") throw new NotSupportedError("The command import");
  const { stdout, stderr, env } = process;
  let exitCode = SUCCEEDED;
  const conclude = (code: number) => {
    exitCode = code;
  };
  const program = programOf({ stdout, stderr, environment: env, conclude }, given[0]);
  try {
    await program.parseAsync(given.length > 0 ? given : ["--help"], { from: "user" });
  } catch (error) {
    // It has been told already: the help, or what is wrong.
    if (error instanceof CommanderError) return error.exitCode === 0 ? SUCCEEDED : WRONG_USAGE;
    throw error;
  }
  return exitCode;
}

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
