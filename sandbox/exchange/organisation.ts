import { readFile } from "node:fs/promises";
import path from "node:path";
import type { ErrorRecord, Properties, Value } from "pulumi-exchange-server/protocol";
import { parseBuild } from "./builds";
import { type Cmdlet, CmdletCall } from "./cmdlet";
import { CMDLETS } from "./cmdlets";
import { CmdletError, DamagedState, errorRecord, ProcessFault } from "./errors";
import { type Call, type Fault, strike, takeFaults } from "./faults";
import { firstScenario, scenarioFolder } from "./home";
import { record } from "./journal";
import { setupModule } from "./lazy";
import { bind } from "./parameters";
import { checkFault, InvalidScenario, parseScenario } from "./scenario";
import { clockOf, loadState, putAside, type Server, type State, withLock } from "./state";

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
   * Runs a cmdlet. Each call reads the state anew, under a lock between processes.
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
      return { ...takeFaults(state.faults, call), server: call.server };
    };
    const state = await present(this.#home);
    if (state.faults.length === 0) return { faults: [], server: serverOf(state, parameters) };
    return withLock(this.#home, async ({ save }) => {
      const locked = await present(this.#home);
      const { strikes, left, server } = take(locked);
      if (JSON.stringify(left) !== JSON.stringify(locked.faults)) await save({ ...locked, faults: left });
      return { faults: strikes, server };
    });
  }

  async #run(
    name: string,
    parameters: Properties,
    limit: AbortSignal | undefined,
  ): Promise<{ result: Result; changed: boolean }> {
    return withLock(this.#home, async ({ save }) => {
      limit?.throwIfAborted();
      const state = await present(this.#home);
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
    const state = await present(this.#home);
    const now = clockOf(state);
    const typeName = CMDLETS.find((cmdlet) => sameText(cmdlet.name, name))?.typeName ?? name;
    return { output: [], warnings: [], errors: [errorRecord(error.failure, typeName, state.sessionServer, now)], now };
  }

  /** The organisation's clock. */
  async now(): Promise<Date> {
    return clockOf(await present(this.#home));
  }
}

/**
 * Opens the organisation in a sandbox's folder; where there is none yet, sets one up as the scenario of
 * `SANDBOX_SCENARIO` says.
 * @param home the sandbox's folder; the state is in `<home>/exchange.json`.
 * @throws DamagedState for a state file that cannot be read, which is left untouched; InvalidScenario.
 */
export async function openOrganisation(home: string): Promise<Organisation> {
  if ((await loadState(home)) === undefined) {
    const fresh = await prepare(firstScenario());
    await withLock(home, async ({ save }) => {
      // Another process may have been first.
      if ((await loadState(home)) === undefined) await save(fresh);
    });
  }
  return new Organisation(home);
}

/**
 * Sets the organisation up anew. A damaged state file is kept aside under another name.
 * @param scenario a name among the shipped ones, or the path of a file.
 */
export async function resetOrganisation(home: string, scenario: string): Promise<void> {
  const fresh = await prepare(scenario);
  await withLock(home, async ({ save }) => {
    try {
      await loadState(home);
    } catch (error) {
      if (!(error instanceof DamagedState)) throw error;
      await putAside(home);
    }
    await save(fresh);
  });
}

/** Asks the organisation for faults, beside those it has. */
export async function addFaults(home: string, faults: Fault[]): Promise<void> {
  const checked = faults.map(checkFault);
  await withLock(home, async ({ save }) => {
    const state = await present(home);
    await save({ ...state, faults: [...state.faults, ...checked] });
  });
}

/** The whole organisation as plain data without private keys, for people and for comparison field by field. */
export async function describeOrganisation(home: string): Promise<State> {
  const state = await present(home);
  for (const server of state.servers) {
    for (const certificate of server.certificates) certificate.privateKey &&= "[secret]";
  }
  return state;
}

async function prepare(scenario: string): Promise<State> {
  const file = /[\\/.]/.test(scenario) ? path.resolve(scenario) : path.join(scenarioFolder(), `${scenario}.json`);
  let json: string;
  try {
    json = await readFile(file, "utf8");
  } catch (error) {
    throw new InvalidScenario(`The scenario "${scenario}" cannot be read: ${(error as Error).message}`);
  }
  const { setUp } = setupModule();
  return setUp(scenario, parseScenario(scenario, json));
}

async function present(home: string): Promise<State> {
  const state = await loadState(home);
  if (!state) throw new DamagedState(home, "there is no exchange.json in it any more");
  return state;
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
  const server = state.servers.find(({ name, fqdn, guid }) => [name, fqdn, guid].some((text) => sameText(text, named)));
  return server?.name ?? named;
}

function silenced(parameters: Properties): boolean {
  const action = Object.entries(parameters).find(([name]) => sameText(name, "ErrorAction"))?.[1];
  return typeof action === "string" && ["silentlycontinue", "ignore"].includes(action.toLowerCase());
}

function sameText(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
