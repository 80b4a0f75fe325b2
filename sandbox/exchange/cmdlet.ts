import type { Properties, Value } from "pulumi-exchange-server/protocol";
import type { Bound } from "./binding";
import { CmdletError, promptRefused } from "./errors";
import { sessionOnServer } from "./home";
import type { ParameterSets } from "./parameters";
import { clockOf, type Server, type State } from "./state";
import { sameText } from "./text";

/** A cmdlet of the organisation. */
export interface Cmdlet {
  name: string;
  /** The class that implements it, which ends the ids of its errors. */
  typeName: string;
  parameters: ParameterSets;
  /** It pauses for a confirmation unless `-Confirm:$false`. Source: the cmdlet reference's text of -Confirm. */
  destructive?: boolean;
  /** Offered only where the scenario says so. */
  optional?: boolean;
  run(call: CmdletCall): Value[] | Promise<Value[]>;
}

/** One call of a cmdlet. What it changes in `state` is kept when it returns, and forgotten when it throws. */
export class CmdletCall {
  readonly warnings: string[] = [];
  readonly state: State;
  /** The sandbox's folder, where the tenant leaves its address. */
  readonly home: string;
  readonly now: Date;
  /** The cmdlet's name. */
  readonly name: string;
  readonly set: string;
  readonly signal: AbortSignal | undefined;
  readonly #values: Properties;
  readonly #destructive: boolean;

  constructor(state: State, home: string, cmdlet: Cmdlet, bound: Bound, signal?: AbortSignal) {
    this.state = state;
    this.home = home;
    this.now = clockOf(state);
    this.name = cmdlet.name;
    this.set = bound.set;
    this.signal = signal;
    this.#values = bound.values;
    this.#destructive = cmdlet.destructive ?? false;
  }

  has(name: string): boolean {
    return name in this.#values;
  }

  text(name: string): string | undefined {
    const value = this.#values[name];
    return typeof value === "string" ? value : undefined;
  }

  truth(name: string): boolean | undefined {
    const value = this.#values[name];
    return typeof value === "boolean" ? value : undefined;
  }

  value(name: string): Value | undefined {
    return this.#values[name];
  }

  /** A list parameter applied to the present list: replaced, or `{ Add, Remove }`. */
  list(name: string, present: string[]): string[] {
    const value = this.#values[name];
    if (Array.isArray(value)) return value as string[];
    if (typeof value !== "object" || value === null) return present;
    const parts = new Map(
      Object.entries(value as Properties).map(([key, items]) => [key.toLowerCase(), [items].flat() as string[]]),
    );
    const removed = parts.get("remove") ?? [];
    return [...new Set([...present.filter((item) => !removed.includes(item)), ...(parts.get("add") ?? [])])];
  }

  /** The domain controller that answers. */
  get domainController(): string {
    const known = this.state.directory.domainControllers;
    const asked = this.text("DomainController");
    if (asked === undefined || asked === "") return known[0] as string;
    const found = known.find((name) => sameText(name, asked));
    if (found) return found;
    // Guess: class and category of a domain controller that cannot be used.
    throw new CmdletError({
      reason: "SuitabilityDirectoryException",
      category: "ResourceUnavailable",
      message: `An Active Directory error 0x51 occurred when trying to check the suitability of server '${asked}'. Error: 'Active directory response: The LDAP server is unavailable.'`,
    });
  }

  /** Whether this is a session on the server itself: as the scenario says, or as whoever started this process asks. */
  get onServer(): boolean {
    return this.state.certificatesAsOnServer || sessionOnServer();
  }

  /** The server that runs the cmdlet. */
  get sessionServer(): Server {
    return this.state.servers.find((server) => server.name === this.state.sessionServer) as Server;
  }

  /**
   * Asks whether to go on, just before something is changed.
   * @returns false under -WhatIf, where nothing may be changed.
   * @throws CmdletError where PowerShell would ask the user: nobody answers over a session.
   */
  shouldProcess(): boolean {
    if (this.truth("WhatIf")) return false;
    if (this.truth("Confirm") ?? this.#destructive) {
      throw promptRefused("Are you sure you want to perform this action?");
    }
    return true;
  }

  /**
   * Asks a question of the cmdlet's own, which only -Force answers: -Confirm does not.
   * @throws CmdletError where nobody has answered it.
   */
  shouldContinue(question: string): void {
    if (!this.truth("Force")) throw promptRefused(question);
  }
}
