import { type Connection, type Credential, MAXIMUM_TIMEOUT_SECONDS } from "../powershell/connection";
import { Secret } from "../powershell/protocol";
import type { ConfigurationTexts } from "./configuration-keys";
import { commandOf, type Fail, moduleOf, serverOf, shellOf, sshOf } from "./connection-keys";

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

const DEFAULT_TIMEOUT_SECONDS = 300;

/**
 * Understands the configuration, or says everything that is wrong with it. Starts nothing.
 * @param platform of the machine that runs the provider: WinRM's client exists on Windows alone.
 */
export function parseConfiguration(
  texts: ConfigurationTexts,
  platform: NodeJS.Platform = process.platform,
): { configuration: Configuration } | { failures: ConfigurationFailure[] } {
  const failures: ConfigurationFailure[] = [];
  const fail: Fail = (key, reason) => {
    failures.push({ property: `exchange:${key}`, reason });
  };
  const connection = connectionOf(texts, platform, fail);
  const timeoutSeconds = timeoutOf(texts, fail);
  const credential = credentialOf(texts, fail);
  if (connection === undefined || timeoutSeconds === undefined || failures.length > 0) return { failures };
  const configuration: Configuration = { connection, timeoutSeconds };
  if (credential) configuration.credential = credential;
  if (texts.domainController) configuration.domainController = texts.domainController;
  return { configuration };
}

function connectionOf(texts: ConfigurationTexts, platform: NodeJS.Platform, fail: Fail): Connection | undefined {
  switch (texts.connection) {
    case undefined:
    case "":
      // No default: nobody deploys to a sandbox, or to production, by forgetting a key.
      return fail("connection", `is not set: use ${CONNECTIONS}`);
    case "process": {
      const command = commandOf(texts, fail);
      return command && { kind: "process", command };
    }
    case "module": {
      const module = moduleOf(texts, fail);
      return module === undefined ? undefined : { kind: "module", shell: shellOf(texts), opening: { module } };
    }
    case "endpoint": {
      if (platform !== "win32")
        return fail(
          "connection",
          '"endpoint" needs WinRM, which exists only on Windows: use "ssh", which runs PowerShell on the server, for example `pulumi config set exchange:connection ssh`',
        );
      const opening = serverOf(texts, fail);
      return opening && { kind: "endpoint", shell: shellOf(texts), opening };
    }
    case "ssh": {
      const ssh = sshOf(texts, fail);
      const opening = texts.module ? { module: texts.module } : serverOf(texts, fail);
      if (!texts.module && !texts.username)
        fail(
          "username",
          'is required with the connection ssh, since a logon with an SSH key cannot authenticate to Exchange, for example `pulumi config set exchange:username "CONTOSO\\\\admin"`',
        );
      return ssh && opening && { kind: "ssh", ...ssh, opening };
    }
    default:
      return fail("connection", `"${texts.connection}" is not a connection: use ${CONNECTIONS}`);
  }
}

const CONNECTIONS = "endpoint, ssh, module or process, for example `pulumi config set exchange:connection endpoint`";

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
      "is required with exchange:username, for example `pulumi config set --secret exchange:password`",
    );
  if (password)
    return fail(
      "username",
      'is required with exchange:password, for example `pulumi config set exchange:username "CONTOSO\\\\admin"`',
    );
  return undefined;
}
