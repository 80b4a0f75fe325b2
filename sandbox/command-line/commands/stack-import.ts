import { readFile } from "node:fs/promises";
import path from "node:path";
import { type AddCommand, type Surroundings, valueOption, withExamples } from "../command";
import { CommandError, UsageError } from "../errors";
import { passphraseOf } from "../passphrase";
import { placesOf } from "../places";
import { type ProjectOptions, projectOf, withProject } from "../project";

interface ImportOptions extends ProjectOptions {
  file?: string;
}

export const addStackImport: AddCommand = (parent, surroundings) => {
  const command = withProject(parent.command("import"))
    .description("Replace the stack's state with an exported one, and keep the former one in a file")
    .addOption(valueOption("--file <file>", "A file that stack export or pulumi stack export wrote"))
    .action((options: ImportOptions) => run(options, surroundings));
  return withExamples(command, "npm run sandbox -- stack import --file state.json");
};

async function run(options: ImportOptions, { environment, stdout, stderr }: Surroundings): Promise<void> {
  if (options.file === undefined) {
    throw new UsageError('"stack import" needs a file: npm run sandbox -- stack import --file state.json');
  }
  const { backend } = placesOf(environment);
  const passphrase = passphraseOf(environment);
  const { name, directory, stack } = await projectOf(options);
  const file = path.resolve(options.file);
  const exported = await readExport(file);
  const { importStack } = await import("pulumi-local-engine");
  const result = await importStack({ projectDirectory: directory, stack, backend, passphrase, exported, file });
  for (const { type, resource } of result.forgotten) {
    // The words of Pulumi's own import (its source).
    stderr.write(`warning: removing pending operation '${type}' on '${resource.urn}' from snapshot\n`);
  }
  const resources = `${result.resources} resource${result.resources === 1 ? "" : "s"}`;
  stdout.write(`The stack "${stack}" of ${name} has ${resources} now.\n`);
  if (result.keptFile !== undefined) stdout.write(`The former state is in ${result.keptFile}.\n`);
}

async function readExport(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, "utf8"));
  } catch (error) {
    const why =
      error instanceof SyntaxError ? "it is not JSON, the format that stack export writes" : (error as Error).message;
    throw new CommandError(`${file} cannot be read: ${why}`, { cause: error });
  }
}
