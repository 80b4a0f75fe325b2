import type { ErrorRecord, Properties, Value } from "pulumi-exchange-server/protocol";
import { bind } from "./binding";
import { parseBuild } from "./builds";
import { type Cmdlet, CmdletCall } from "./cmdlet";
import { CMDLETS } from "./cmdlets";
import { CmdletError, errorRecord, ProcessFault } from "./errors";
import { type Call, type Fault, faultsOf, strike } from "./faults";
import { record } from "./journal";
import { clockOf, type Server, type State } from "./state";
import { presentState, stateFile } from "./state-file";
import { findServer } from "./store";
import { sameText } from "./text";

/** What a cmdlet gave. */
export interface Result {
  output: Value[];
  warnings: string[];
  errors: ErrorRecord[];
  /** The organisation's clock. */
  now: Date;
}

/** What ends a call before it is done. */
export interface Patience {
  /** The time limit: what has not been done when it passes is not done any more. */
  limit?: AbortSignal;
  /** Whoever asked has gone: what only waits then ends, and what works is finished. */
  gone?: AbortSignal;
}

/** An Exchange organisation, as its PowerShell endpoint shows it. */
export class Organisation {
  readonly #home: string;

  constructor(home: string) {
    this.#home = home;
  }

  /**
   * Runs a cmdlet. Each call reads the state again, under a lock between processes.
   * @param parameters by name, as PowerShell's AddParameters takes them.
   * @throws DamagedState, ProcessFault (a fault that whoever runs the process carries out), or a signal's reason.
   */
  async invoke(cmdlet: string, parameters: Properties, { limit, gone }: Patience = {}): Promise<Result> {
    const waiting = AbortSignal.any([limit, gone].filter((signal) => signal !== undefined));
    const entry = { cmdlet, parameters, outcome: "ok", changed: false };
    try {
      const strikes = await this.#strikes(cmdlet, parameters);
      const call = { cmdlet, server: strikes.server };
      let result: Result;
      try {
        await strike(strikes.faults, "before", call, waiting);
        const ran = await this.#run(cmdlet, parameters, limit);
        entry.changed = ran.changed;
        result = ran.result;
        await strike(strikes.faults, "after", call, waiting);
      } catch (error) {
        if (!(error instanceof CmdletError)) throw error;
        result = await this.#refusal(error, cmdlet);
      }
      entry.outcome = result.errors[0]?.reason ?? "ok";
      return silenced(parameters) ? { ...result, errors: [] } : result;
    } catch (error) {
      entry.outcome = error instanceof ProcessFault ? error.kind : (error as Error).name;
      throw error;
    } finally {
      if (entry.outcome !== "DamagedState") await record(this.#home, entry);
    }
  }

  /** The faults that strike this call, counted down in the state. */
  async #strikes(cmdlet: string, parameters: Properties): Promise<{ faults: Fault[]; server: string }> {
    const take = (state: State) => {
      const call: Call = { cmdlet, server: serverOf(state, parameters) };
      return { ...faultsOf(state.faults, call), server: call.server };
    };
    const state = await presentState(this.#home);
    if (state.faults.length === 0) return { faults: [], server: serverOf(state, parameters) };
    return stateFile(this.#home).exclusively(async ({ save }) => {
      const locked = await presentState(this.#home);
      const { struck, left, server } = take(locked);
      if (left !== locked.faults) await save({ ...locked, faults: left });
      return { faults: struck, server };
    });
  }

  async #run(
    name: string,
    parameters: Properties,
    limit: AbortSignal | undefined,
  ): Promise<{ result: Result; changed: boolean }> {
    return stateFile(this.#home).exclusively(async ({ save }) => {
      limit?.throwIfAborted();
      const state = await presentState(this.#home);
      const before = JSON.stringify(state);
      const cmdlet = find(name, state);
      const server = state.servers.find((candidate) => candidate.name === state.sessionServer) as Server;
      const build = parseBuild(server.build) ?? [15, 2, 0, 0];
      const bound = bind(parameters, cmdlet.parameters, cmdlet.typeName, build);
      const call = new CmdletCall(state, this.#home, cmdlet, bound, limit);
      const output = await cmdlet.run(call);
      const changed = JSON.stringify(state) !== before;
      if (changed) await save(state);
      return { result: { output, warnings: call.warnings, errors: [], now: call.now }, changed };
    });
  }

  async #refusal(error: CmdletError, name: string): Promise<Result> {
    const state = await presentState(this.#home);
    const now = clockOf(state);
    const typeName = CMDLETS.find((cmdlet) => sameText(cmdlet.name, name))?.typeName ?? name;
    return { output: [], warnings: [], errors: [errorRecord(error.failure, typeName, state.sessionServer, now)], now };
  }

  /** The organisation's clock. */
  async now(): Promise<Date> {
    return clockOf(await presentState(this.#home));
  }
}

function find(name: string, state: State): Cmdlet {
  const cmdlet = CMDLETS.find((candidate) => sameText(candidate.name, name));
  if (cmdlet && (!cmdlet.optional || state.offers.includes(cmdlet.name))) return cmdlet;
  // Source: recorded with PowerShell 7.6.
  throw new CmdletError({
    reason: "CommandNotFoundException",
    category: "ObjectNotFound",
    message: `The term '${name}' is not recognized as a name of a cmdlet, function, script file, or executable program.`,
    target: name,
    fullyQualifiedErrorId: "CommandNotFoundException",
  });
}

/** The server that a call is for, before its parameters are bound. */
function serverOf(state: State, parameters: Properties): string {
  const given = Object.entries(parameters).find(([name]) => sameText(name, "Server"))?.[1];
  const named = typeof given === "string" ? given : state.sessionServer;
  return findServer(state.servers, named)?.name ?? named;
}

function silenced(parameters: Properties): boolean {
  const action = Object.entries(parameters).find(([name]) => sameText(name, "ErrorAction"))?.[1];
  return typeof action === "string" && ["silentlycontinue", "ignore"].includes(action.toLowerCase());
}
