import { Exchange } from "../exchange/exchange";
import { closeWithProvider } from "../powershell/lifetime";
import { createSession, type Session } from "../powershell/session";
import { type Configuration, type ConfigurationFailure, parseConfiguration } from "./configuration";
import { CONFIGURATION_KEYS, type ConfigurationTexts, unreadKeys } from "./configuration-keys";

/** The configuration namespace `exchange:` is missing or wrong; the message names each key with an example. */
export class ConfigurationError extends Error {
  override readonly name = "ConfigurationError";

  constructor(readonly failures: readonly ConfigurationFailure[]) {
    super(failures.map(({ property, reason }) => `${property} ${reason}`).join("; "));
    // Pulumi's dynamic provider prints the stack of what a read or a delete throws.
    this.stack = "";
  }
}

/**
 * The connection of one provider process: Pulumi starts one for each provider instance, and configures it once for each
 * kind of resource. All kinds share it.
 */
export class ExchangeConnection {
  readonly #sessionOf: (configuration: Configuration) => Session;
  #leadsTo: { exchange: Exchange } | { failures: readonly ConfigurationFailure[] } | undefined;

  /** @param sessionOf what makes the session, which starts nothing before its first call. */
  constructor(sessionOf = sessionOfProcess) {
    this.#sessionOf = sessionOf;
  }

  /**
   * Takes in the configuration, once. Starts nothing, and has no pause in it: a second call cannot come in between, while
   * the first is not done (which Pulumi's dynamic provider would let it).
   * @param get reads a key with its namespace.
   * @param keys all that are set in the namespace, without it, as far as can be seen.
   */
  configure(get: (key: string) => string | undefined, keys: readonly string[] = []): void {
    this.#leadsTo ??= this.#read(
      Object.fromEntries(CONFIGURATION_KEYS.map((key) => [key, get(`exchange:${key}`)])),
      keys,
    );
  }

  /** What is wrong with the configuration. */
  get failures(): readonly ConfigurationFailure[] {
    return this.#leadsTo && "failures" in this.#leadsTo ? this.#leadsTo.failures : [];
  }

  /**
   * The Exchange that the configuration leads to.
   * @throws ConfigurationError
   */
  get exchange(): Exchange {
    if (this.#leadsTo && "exchange" in this.#leadsTo) return this.#leadsTo.exchange;
    throw new ConfigurationError(this.failures);
  }

  #read(
    texts: ConfigurationTexts,
    keys: readonly string[],
  ): { exchange: Exchange } | { failures: ConfigurationFailure[] } {
    const parsed = parseConfiguration(texts);
    const unread = unreadKeys(keys).map(({ key, meant }) => {
      return { property: `exchange:${key}`, reason: `is not a configuration key (did you mean exchange:${meant}?)` };
    });
    const failures = [...unread, ...("failures" in parsed ? parsed.failures : [])];
    if ("failures" in parsed || failures.length > 0) return { failures };
    const { domainController, timeoutSeconds } = parsed.configuration;
    return { exchange: new Exchange(this.#sessionOf(parsed.configuration), { domainController, timeoutSeconds }) };
  }
}

/** A session that ends with this provider process. */
function sessionOfProcess({ connection, credential }: Configuration): Session {
  const session = createSession(connection, credential);
  closeWithProvider(session);
  return session;
}
