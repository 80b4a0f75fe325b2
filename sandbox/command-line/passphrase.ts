import { readFileSync } from "node:fs";
import { CommandError } from "./errors";

// Protects nothing but made-up values. A stack whose configuration has secrets of its own brings its passphrase.
const OWN = "sandbox";

const TEXT = "PULUMI_CONFIG_PASSPHRASE";
const FILE = "PULUMI_CONFIG_PASSPHRASE_FILE";

/**
 * What protects the secrets of the stacks: `PULUMI_CONFIG_PASSPHRASE`, else the text of the file that
 * `PULUMI_CONFIG_PASSPHRASE_FILE` names without white space around it, as Pulumi's CLI has them, else the sandbox's own.
 * @throws CommandError where that file cannot be read.
 */
export function passphraseOf(environment: NodeJS.ProcessEnv): string {
  const variable = variableOf(environment);
  if (variable === undefined) return OWN;
  const value = String(environment[variable]);
  if (variable === TEXT) return value;
  try {
    return readFileSync(value, "utf8").trim();
  } catch (error) {
    throw new CommandError(`The file that ${FILE} names cannot be read: ${(error as Error).message}.`, {
      cause: error,
    });
  }
}

/** What to do about a passphrase that does not fit: it depends on where it came from. */
export function passphraseAdvice(environment: NodeJS.ProcessEnv): string {
  const variable = variableOf(environment);
  if (variable === undefined) return `Set ${TEXT} or ${FILE} to the passphrase that the stack was created with.`;
  return `The passphrase comes from ${variable}: set that to the passphrase that the stack was created with, or unset it if that was the sandbox's own.`;
}

function variableOf(environment: NodeJS.ProcessEnv): typeof TEXT | typeof FILE | undefined {
  return ([TEXT, FILE] as const).find((name) => environment[name]);
}
