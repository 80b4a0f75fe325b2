import { CONFIGURATION_KEYS, unreadKeys } from "../powershell/configuration-keys";
import { type ConfigurationFailure, type ConfigurationTexts, parseConnection } from "../powershell/connections";
import { closeWithProvider } from "../powershell/lifetime";
import { createSession } from "../powershell/session";
import { Exchange } from "./exchange";

/** The configuration namespace `exchange:` is missing or wrong; the message names each key with an example. */
export class ConfigurationError extends Error {
  override readonly name = "ConfigurationError";

  constructor(readonly failures: ConfigurationFailure[]) {
    super(failures.map(({ property, reason }) => `${property} ${reason}`).join("; "));
    // Pulumi's dynamic provider prints the stack of what a read or a delete throws.
    this.stack = "";
  }
}

// One a process: Pulumi starts one for each provider instance, and configures it once for each kind of resource.
let connected: { exchange: Exchange } | { failures: ConfigurationFailure[] } | undefined;

/**
 * Takes in the configuration, once. Starts nothing, and has no pause in it: a second call cannot come in between, while
 * the first is not done (which Pulumi's dynamic provider would let it).
 * @param get reads a key with its namespace.
 * @param keys all that are set in the namespace, without it, as far as can be seen.
 */
export function connectFromConfiguration(get: (key: string) => string | undefined, keys: readonly string[] = []): void {
  connected ??= connect(Object.fromEntries(CONFIGURATION_KEYS.map((key) => [key, get(`exchange:${key}`)])), keys);
}

/** What is wrong with the configuration. */
export function connectionFailures(): ConfigurationFailure[] {
  return connected && "failures" in connected ? connected.failures : [];
}

/**
 * The organisation that the configuration leads to.
 * @throws ConfigurationError
 */
export function connectedExchange(): Exchange {
  if (connected && "exchange" in connected) return connected.exchange;
  throw new ConfigurationError(connectionFailures());
}

function connect(texts: ConfigurationTexts, keys: readonly string[]): typeof connected {
  const parsed = parseConnection(texts);
  const unread = unreadKeys(keys).map(({ key, meant }) => {
    return { property: `exchange:${key}`, reason: `is not a key that is read (did you mean exchange:${meant}?)` };
  });
  const failures = [...unread, ...("failures" in parsed ? parsed.failures : [])];
  if ("failures" in parsed || failures.length > 0) return { failures };
  const { connection, credential, domainController, timeoutSeconds } = parsed.configuration;
  const session = createSession(connection, credential);
  closeWithProvider(session);
  return { exchange: new Exchange(session, { domainController, timeoutSeconds }) };
}
