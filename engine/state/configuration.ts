import { readFile } from "node:fs/promises";
import path from "node:path";
import { parse } from "yaml";
import { ConfigurationError } from "../errors";
import { wayOut } from "../files/file-errors";
import { type Crypter, isCiphertext, isSalt } from "./passphrase";

/** What Pulumi.yaml says of a project. */
export interface Project {
  name: string;
  directory: string;
  /** The program: a file or folder, relative to the project's. */
  main: string;
  /** Whether the program may be TypeScript: `runtime.options.typescript`. @default true */
  isTypeScript: boolean;
}

/** Throws a ConfigurationError where there is no project of a Node.js program. */
export async function readProject(directory: string): Promise<Project> {
  const file = path.join(directory, "Pulumi.yaml");
  const document = await readYaml(file);
  if (document === undefined)
    throw new ConfigurationError(`There is no ${file}: run the command in a Pulumi project's folder.`);
  const { name, runtime, main } = document;
  if (typeof name !== "string" || name === "")
    throw new ConfigurationError(`${file} has no "name", for example "name: exchange".`);
  const { name: language, options } = isMap(runtime) ? runtime : { name: runtime };
  if (language !== "nodejs") {
    throw new ConfigurationError(
      `${file} has the runtime "${String(language)}"; this engine runs only "runtime: nodejs".`,
    );
  }
  const { typescript = true } = isMap(options) ? options : {};
  if (typeof typescript !== "boolean")
    throw new ConfigurationError(`"runtime.options.typescript" in ${file} must be true or false.`);
  return { name, directory, main: typeof main === "string" ? main : ".", isTypeScript: typescript };
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/** A stack's configuration: full keys (`namespace:key`) with clear text, and which of them are secret. */
export interface Configuration {
  values: Record<string, string>;
  secretKeys: string[];
}

/** Pulumi.<stack>.yaml as it is written, its secrets still encrypted. */
export interface StackSettings {
  file: string;
  salt: string | undefined;
  entries: Record<string, unknown>;
}

/** A stack without a file has no settings. */
export async function readStackSettings(project: Pick<Project, "directory">, stack: string): Promise<StackSettings> {
  const file = path.join(project.directory, `Pulumi.${stack}.yaml`);
  const document = (await readYaml(file)) ?? {};
  const config = document.config ?? {};
  if (typeof config !== "object" || config === null || Array.isArray(config))
    throw new ConfigurationError(`"config" in ${file} must be a map.`);
  const salt = document.encryptionsalt ?? undefined;
  if (salt !== undefined && !isSalt(salt))
    throw new ConfigurationError(`"encryptionsalt" in ${file} must be a string of the form v1:<salt>:<check value>.`);
  const entries = config as Record<string, unknown>;
  const odd = Object.keys(entries).find((key) => isSecure(entries[key]) && !isCiphertext(entries[key].secure));
  if (odd !== undefined) {
    throw new ConfigurationError(
      `The secret "${odd}" in ${file} is not of the form v1:<nonce>:<ciphertext>: set it again.`,
    );
  }
  return { file, salt, entries };
}

/** Whether decryptSettings will need a crypter. */
export function hasSecrets({ entries }: StackSettings): boolean {
  return Object.values(entries).some(isSecure);
}

/** Keys without a namespace get the project's name, as Pulumi's CLI does. */
export function decryptSettings(
  settings: StackSettings,
  project: Project,
  crypter: Crypter | undefined,
): Configuration {
  const configuration: Configuration = { values: {}, secretKeys: [] };
  for (const [key, value] of Object.entries(settings.entries)) {
    const fullKey = key.includes(":") ? key : `${project.name}:${key}`;
    if (isSecure(value)) {
      if (!crypter)
        throw new ConfigurationError(
          `"${key}" in ${settings.file} is encrypted, but the file has no "encryptionsalt".`,
        );
      configuration.values[fullKey] = crypter.decrypt(value.secure);
      configuration.secretKeys.push(fullKey);
    } else {
      configuration.values[fullKey] = typeof value === "string" ? value : JSON.stringify(value);
    }
  }
  return configuration;
}

function isSecure(value: unknown): value is { secure: string } {
  return typeof value === "object" && value !== null && typeof (value as { secure?: unknown }).secure === "string";
}

async function readYaml(file: string): Promise<Record<string, unknown> | undefined> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    const { message, code } = error as NodeJS.ErrnoException;
    throw new ConfigurationError(`${file} cannot be read: ${message}. ${wayOut(file, code)}`, { cause: error });
  }
  let document: unknown;
  try {
    document = parse(text) ?? {};
  } catch (error) {
    throw new ConfigurationError(`${file} is not valid YAML: ${firstLine(error as Error)}`, { cause: error });
  }
  if (typeof document !== "object" || document === null || Array.isArray(document))
    throw new ConfigurationError(`${file} must be a map, for example "config: {}".`);
  return document as Record<string, unknown>;
}

/** What the parser says and where, without the lines that it shows beneath. */
const firstLine = ({ message }: Error) => message.replace(/:?\n[\s\S]*/, ".");
