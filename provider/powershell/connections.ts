import { Secret } from "./protocol";
import type { Credential } from "./session";

/** How Exchange is reached. */
export type Connection = {
  /** Any program that speaks the protocol on its standard input and output. */
  kind: "process";
  /** The program and its arguments; no shell reads them. */
  command: string[];
};

/** The keys of the configuration namespace `exchange`. */
export const CONFIGURATION_KEYS = [
  "connection",
  "command",
  "domainController",
  "timeoutSeconds",
  "username",
  "password",
] as const;

/** The configuration as Pulumi gives it: text, a secret's too. An empty text is as good as none. */
export type ConfigurationTexts = { [key in (typeof CONFIGURATION_KEYS)[number]]?: string };

/** The configuration, understood. */
export interface Configuration {
  connection: Connection;
  credential?: Credential;
  /** The domain controller that cmdlets are to use; without it the one that answered first. */
  domainController?: string;
  /** Seconds that one call may take, 1 to 3600. @default 300 */
  timeoutSeconds: number;
}

/** What is wrong with the configuration. */
export interface ConfigurationFailure {
  /** The key, such as `exchange:command`. */
  property: string;
  /** What is wrong, with an example of a right value. */
  reason: string;
}

/** The longest time limit of a call, in seconds. */
export const MAXIMUM_TIMEOUT_SECONDS = 3600;

const DEFAULT_TIMEOUT_SECONDS = 300;
const COMMAND_EXAMPLE = `'["node", "sandbox/dist/exchange/main.js"]'`;

/** Understands the configuration, or says everything that is wrong with it. Starts nothing. */
export function parseConnection(
  texts: ConfigurationTexts,
): { configuration: Configuration } | { failures: ConfigurationFailure[] } {
  const failures: ConfigurationFailure[] = [];
  const fail = (key: keyof ConfigurationTexts, reason: string): undefined => {
    failures.push({ property: `exchange:${key}`, reason });
  };
  const connection = connectionOf(texts, fail);
  const timeoutSeconds = timeoutOf(texts, fail);
  const credential = credentialOf(texts, fail);
  if (connection === undefined || timeoutSeconds === undefined || failures.length > 0) return { failures };
  const configuration: Configuration = { connection, timeoutSeconds };
  if (credential) configuration.credential = credential;
  if (texts.domainController) configuration.domainController = texts.domainController;
  return { configuration };
}

type Fail = (key: keyof ConfigurationTexts, reason: string) => undefined;

function connectionOf(texts: ConfigurationTexts, fail: Fail): Connection | undefined {
  const set = "`pulumi config set exchange:connection process`";
  switch (texts.connection) {
    case undefined:
    case "":
      // No default: nobody deploys to a sandbox, or to production, by forgetting a key.
      return fail("connection", `is not set: say how Exchange is reached, for example ${set}`);
    case "process": {
      const command = commandOf(texts, fail);
      return command && { kind: "process", command };
    }
    case "endpoint":
    case "ssh":
    case "module":
      return fail("connection", `"${texts.connection}" is not yet available in this version: use "process", ${set}`);
    default:
      return fail("connection", `"${texts.connection}" is no connection that there is: use "process", ${set}`);
  }
}

function commandOf({ command }: ConfigurationTexts, fail: Fail): string[] | undefined {
  const set = `a JSON array of texts, for example \`pulumi config set exchange:command ${COMMAND_EXAMPLE}\``;
  if (!command) return fail("command", `is not set: the program that answers for Exchange, ${set}`);
  let value: unknown;
  try {
    value = JSON.parse(command);
  } catch {
    return fail("command", `is not JSON: no shell reads it, so it must be ${set}`);
  }
  const isText = (item: unknown): item is string => typeof item === "string" && !item.includes("\0");
  if (!Array.isArray(value) || !value.every(isText) || !value[0])
    return fail("command", `names no program: it must be ${set}`);
  return value;
}

function timeoutOf({ timeoutSeconds }: ConfigurationTexts, fail: Fail): number | undefined {
  if (!timeoutSeconds) return DEFAULT_TIMEOUT_SECONDS;
  const seconds = Number(timeoutSeconds);
  if (/^\d+$/.test(timeoutSeconds) && seconds >= 1 && seconds <= MAXIMUM_TIMEOUT_SECONDS) return seconds;
  const range = `a whole number of seconds from 1 to ${MAXIMUM_TIMEOUT_SECONDS}`;
  return fail(
    "timeoutSeconds",
    `"${timeoutSeconds}" is not ${range}, for example \`pulumi config set exchange:timeoutSeconds 600\``,
  );
}

function credentialOf({ username, password }: ConfigurationTexts, fail: Fail): Credential | undefined {
  if (username && password) return { userName: username, password: new Secret(password) };
  if (username)
    return fail(
      "password",
      "is not set beside exchange:username, for example `pulumi config set --secret exchange:password`",
    );
  if (password)
    return fail(
      "username",
      'is not set beside exchange:password, for example `pulumi config set exchange:username "CONTOSO\\\\admin"`',
    );
  return undefined;
}
