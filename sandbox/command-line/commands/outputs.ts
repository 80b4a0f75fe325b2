import type { Command, Invocation } from "../command";
import { outputLines } from "../display/outputs";
import { CommandError } from "../errors";
import { SUCCEEDED } from "../exit-codes";
import { passphraseOf } from "../passphrase";
import { placesOf } from "../places";
import { PROJECT_OPTIONS, projectOf } from "../project";

/** Pulumi's own text for a secret that is not shown. */
const HIDDEN = "[secret]";

export const OUTPUTS: Command = {
  name: "outputs",
  summary: "Show the outputs of the stack",
  options: {
    ...PROJECT_OPTIONS,
    json: { short: "j", description: "Print them as one JSON object" },
    "show-secrets": { description: "Show secret outputs in clear" },
  },
  examples: ["npm run outputs", "npm run --silent outputs -- --json"],
  run,
};

async function run({ options, environment, stdout }: Invocation): Promise<number> {
  const { backend } = placesOf(environment);
  const { name, stack } = await projectOf(options);
  const { readStack } = await import("../../engine/index.js");
  const contents = await readStack(backend, name, stack, passphraseOf(environment));
  if (contents === undefined) {
    throw new CommandError(`There is no stack "${stack}" of ${name} in ${backend} yet. Deploy it first: npm run up`);
  }
  const hidden = options["show-secrets"] ? [] : contents.secretOutputs;
  const outputs = Object.fromEntries(
    Object.entries(contents.outputs).map(([key, value]) => [key, hidden.includes(key) ? HIDDEN : value]),
  );
  const lines = outputLines(outputs);
  if (options.json) stdout.write(`${JSON.stringify(outputs, null, 2)}\n`);
  else stdout.write(`${(lines.length === 0 ? [`The stack "${stack}" has no outputs.`] : lines).join("\n")}\n`);
  return SUCCEEDED;
}
