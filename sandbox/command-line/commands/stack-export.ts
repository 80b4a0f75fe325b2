import path from "node:path";
import { writeWhole } from "pulumi-local-engine/files";
import { type AddCommand, type Surroundings, valueOption, withExamples } from "../command";
import { CommandError } from "../errors";
import { passphraseOf } from "../passphrase";
import { placesOf } from "../places";
import { type ProjectOptions, projectOf, withProject } from "../project";

interface ExportOptions extends ProjectOptions {
  file?: string;
  showSecrets?: boolean;
}

export const addStackExport: AddCommand = (parent, surroundings) => {
  const command = withProject(parent.command("export"))
    .description("Print the stack's state in the format of pulumi stack export")
    .addOption(valueOption("--file <file>", "Write to this file instead of standard output"))
    .option("--show-secrets", "Print secrets in plain text instead of encrypted")
    .action((options: ExportOptions) => run(options, surroundings));
  return withExamples(
    command,
    "npm run --silent sandbox -- stack export",
    "npm run sandbox -- stack export --file state.json --show-secrets",
  );
};

async function run(options: ExportOptions, { environment, stdout }: Surroundings): Promise<void> {
  const { backend } = placesOf(environment);
  const { name, stack } = await projectOf(options);
  const { encryptedOnly, exportStack, showSecrets } = await import("pulumi-local-engine");
  const exported = await exportStack(backend, name, stack);
  if (exported === undefined) {
    throw new CommandError(`There is no stack "${stack}" of ${name} in ${backend} yet. Deploy it first: npm run up`);
  }
  const shown = options.showSecrets ? await showSecrets(exported, passphraseOf(environment)) : encryptedOnly(exported);
  // The indent of Pulumi's own.
  const text = `${JSON.stringify(shown, null, 4)}\n`;
  if (options.file === undefined) {
    stdout.write(text);
    return;
  }
  const file = path.resolve(options.file);
  // It may hold secrets.
  await writeWhole(file, text, { mode: 0o600 });
  stdout.write(`The stack "${stack}" of ${name} is in ${file}.\n`);
}
