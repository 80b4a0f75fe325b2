import path from "node:path";
import { writeWhole } from "../../shared/whole-file";
import type { Command, Invocation } from "../command";
import { CommandError } from "../errors";
import { SUCCEEDED } from "../exit-codes";
import { passphraseOf } from "../passphrase";
import { placesOf } from "../places";
import { PROJECT_OPTIONS, projectOf } from "../project";

export const STACK_EXPORT: Command = {
  name: "stack export",
  summary: "Print the stack's state as Pulumi's own export does",
  options: {
    ...PROJECT_OPTIONS,
    file: { value: "FILE", description: "Write it to a file instead" },
    "show-secrets": { description: "Secrets in clear, not encrypted by the passphrase" },
  },
  examples: [
    "npm run --silent sandbox -- stack export",
    "npm run sandbox -- stack export --file state.json --show-secrets",
  ],
  run,
};

async function run({ options, environment, stdout }: Invocation): Promise<number> {
  const { backend } = placesOf(environment);
  const { name, stack } = await projectOf(options);
  const { encryptedOnly, exportStack, showSecrets } = await import("../../engine/index.js");
  const exported = await exportStack(backend, name, stack);
  if (exported === undefined) {
    throw new CommandError(`There is no stack "${stack}" of ${name} in ${backend} yet. Deploy it first: npm run up`);
  }
  const shown = options["show-secrets"]
    ? await showSecrets(exported, passphraseOf(environment))
    : encryptedOnly(exported);
  // The indent of Pulumi's own.
  const text = `${JSON.stringify(shown, null, 4)}\n`;
  if (options.file === undefined) {
    stdout.write(text);
    return SUCCEEDED;
  }
  const file = path.resolve(String(options.file));
  // It may hold secrets.
  await writeWhole(file, text, { mode: 0o600 });
  stdout.write(`The stack "${stack}" of ${name} is in ${file}.\n`);
  return SUCCEEDED;
}
