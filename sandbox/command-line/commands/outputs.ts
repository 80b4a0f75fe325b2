import { type AddCommand, type Surroundings, withExamples } from "../command";
import { outputLines } from "../display/outputs";
import { CommandError } from "../errors";
import { passphraseOf } from "../passphrase";
import { placesOf } from "../places";
import { type ProjectOptions, projectOf, withProject } from "../project";

/** Pulumi's own text for a secret that is not shown. */
const HIDDEN = "[secret]";

interface OutputsOptions extends ProjectOptions {
  json?: boolean;
  showSecrets?: boolean;
}

export const addOutputs: AddCommand = (parent, surroundings) => {
  const command = withProject(parent.command("outputs"))
    .description("Show the outputs of the stack")
    .argument("[name]", "Print only this output: a string as it is, any other value as JSON")
    .option("-j, --json", "Print the outputs as one JSON object, or the named output as JSON")
    .option("--show-secrets", "Show secret outputs in plain text")
    .action((name: string | undefined, options: OutputsOptions) => run(name, options, surroundings));
  return withExamples(
    command,
    "npm run outputs",
    "npm run --silent outputs -- certificateThumbprint",
    "npm run --silent outputs -- --json",
  );
};

async function run(
  output: string | undefined,
  options: OutputsOptions,
  { environment, stdout }: Surroundings,
): Promise<void> {
  const { backend } = placesOf(environment);
  const { name, stack } = await projectOf(options);
  const { readStack } = await import("pulumi-local-engine");
  const contents = await readStack(backend, name, stack, passphraseOf(environment));
  if (contents === undefined) {
    throw new CommandError(`There is no stack "${stack}" of ${name} in ${backend} yet. Deploy it first: npm run up`);
  }
  const hidden = options.showSecrets ? [] : contents.secretOutputs;
  const outputs = Object.fromEntries(
    Object.entries(contents.outputs).map(([key, value]) => [key, hidden.includes(key) ? HIDDEN : value]),
  );
  if (output !== undefined) {
    if (!Object.hasOwn(outputs, output)) {
      const known = Object.keys(outputs).join(", ") || "none";
      throw new CommandError(`The stack "${stack}" of ${name} has no output "${output}". Its outputs: ${known}.`);
    }
    const value = outputs[output];
    // A text as it is and anything else as JSON, as `pulumi stack output NAME` prints them (the CLI's source,
    // stringifyOutput; its documentation says only that the value is shown). The CLI's JSON is on one line.
    stdout.write(`${typeof value === "string" && !options.json ? value : JSON.stringify(value, null, 2)}\n`);
    return;
  }
  const lines = outputLines(outputs);
  if (options.json) stdout.write(`${JSON.stringify(outputs, null, 2)}\n`);
  else stdout.write(`${(lines.length === 0 ? [`The stack "${stack}" has no outputs.`] : lines).join("\n")}\n`);
}
