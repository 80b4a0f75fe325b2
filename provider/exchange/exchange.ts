import type { Session } from "../powershell/session";
import { type CallSettings, ExchangeClient, type Pin } from "./client";
import { type Claims, type Organization, openOrganization } from "./organization";

/**
 * The Exchange behind one provider process: one session, and one change at a time. The only way to ask it for anything
 * is to open its organisation, so nothing reaches another one than is meant.
 */
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

  /**
   * Opens the organisation for one operation, by reading AuthConfig.
   * @param settings a resource's own, which win over the connection's.
   * @throws WrongOrganization where it is not the one that is meant.
   */
  open({ domainController, timeoutSeconds }: Partial<CallSettings>, claims: Claims): Promise<Organization> {
    const settings = {
      timeoutSeconds: timeoutSeconds ?? this.#defaults.timeoutSeconds,
      domainController: domainController ?? this.#defaults.domainController,
    };
    return openOrganization(new ExchangeClient(this.#session, settings, this.#pin, this.#written), claims);
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
