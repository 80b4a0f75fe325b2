import type { Session } from "../powershell/session";
import { type AuthConfig, getAuthConfig } from "./auth-config";
import { type CallSettings, ExchangeClient, type Pin } from "./client";
import { WrongOrganization } from "./errors";
import { sameText } from "./properties";

/** The organisation behind one provider process: one session, and one change at a time. */
export class Exchange {
  readonly #session: Session;
  readonly #defaults: CallSettings;
  readonly #pin: Pin = {};
  #lastChange: Promise<unknown> = Promise.resolve();
  #written: string[] = [];

  constructor(session: Session, defaults: CallSettings) {
    this.#session = session;
    this.#defaults = defaults;
  }

  /** A client with a resource's own settings, which win over the connection's. */
  client(settings: Partial<CallSettings>): ExchangeClient {
    const { domainController, timeoutSeconds, expectedOrganizationId } = settings;
    const merged = {
      expectedOrganizationId,
      timeoutSeconds: timeoutSeconds ?? this.#defaults.timeoutSeconds,
      domainController: domainController ?? this.#defaults.domainController,
    };
    return new ExchangeClient(this.#session, merged, this.#pin, this.#written);
  }

  /**
   * A client for a resource as the state has it: with its own time limit, and the connection's domain controller. Its own
   * may be long gone, since changing it is no diff, and must not keep a refresh or a destroy from Exchange.
   */
  clientOfState({ timeoutSeconds }: Partial<CallSettings>): ExchangeClient {
    return this.client({ timeoutSeconds });
  }

  /**
   * Runs a change when the one before it has ended: each of them looks first, and must see what the last one did.
   * @param work is given what it has written so far, each cmdlet with what it was for, oldest first.
   */
  change<T>(work: (written: readonly string[]) => Promise<T>): Promise<T> {
    const result = this.#lastChange.then(() => {
      this.#written = [];
      return work(this.#written);
    });
    // How a change ended is its own caller's concern.
    this.#lastChange = result.catch(() => undefined);
    return result;
  }
}

/**
 * Reads AuthConfig and makes sure that it is the organisation in the state, and the one that the program says: changed
 * provider configuration is no diff to Pulumi, so nothing else keeps a destroy, or what is new in a stack, away from
 * another Exchange.
 * @param organizationId the one in the state; undefined where nothing is in it yet.
 * @throws WrongOrganization naming both.
 */
export async function requireOrganization(
  client: ExchangeClient,
  organizationId: string | undefined,
): Promise<AuthConfig> {
  const config = await getAuthConfig(client);
  if (organizationId !== undefined && !sameText(config.guid, organizationId)) {
    throw new WrongOrganization({
      doing: "making sure that this is the organisation in the stack's state",
      answer: `the state belongs to the organisation ${organizationId}, and the connection leads to ${config.guid}`,
      next:
        "point the exchange: configuration back at the organisation of this stack, or use another stack for this one; only " +
        "where this is the same organisation, whose AuthConfig was made anew, put the new Guid in place of the old one: in the " +
        "file of `pulumi stack export`, everywhere, which `pulumi stack import` then takes, and in the program's " +
        "`expectedOrganizationId`, if it says one; then run `pulumi refresh`",
    });
  }
  const { expectedOrganizationId: expected } = client;
  if (expected !== undefined && !sameText(config.guid, expected)) {
    throw new WrongOrganization({
      doing: "making sure that this is the organisation that the program declares",
      answer: `\`expectedOrganizationId\` is ${expected}, and the connection leads to ${config.guid}`,
      next: "point the exchange: configuration at the declared organisation, or correct `expectedOrganizationId`",
    });
  }
  return config;
}
