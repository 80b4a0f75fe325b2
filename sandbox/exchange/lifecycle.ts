import { readFile } from "node:fs/promises";
import path from "node:path";
import type { Fault } from "./faults";
import { firstScenario, scenarioFolder } from "./home";
import { forgetCalls } from "./journal";
import { setupModule } from "./lazy";
import { Organisation } from "./organisation";
import { checkFault, InvalidScenario, parseScenario, type Scenario } from "./scenario";
import type { State } from "./state";
import { presentState, stateFile } from "./state-file";

/**
 * Opens the organisation in a sandbox's folder; where there is none yet, sets one up as the scenario of
 * `SANDBOX_SCENARIO` says.
 * @param home the sandbox's folder; the state is in `<home>/exchange.json`.
 * @throws DamagedState for a state file that cannot be read, which is left untouched; InvalidScenario.
 */
export async function openOrganisation(home: string): Promise<Organisation> {
  const file = stateFile(home);
  if ((await file.read()) === undefined) {
    const scenario = firstScenario();
    const fresh = await setupModule().setUp(scenario, await readScenario(scenario));
    await file.exclusively(async ({ save }) => {
      // Another process may have been first.
      if ((await file.read()) === undefined) await save(fresh);
    });
  }
  return new Organisation(home);
}

/**
 * Sets the organisation up again, with an empty journal. A damaged state file is renamed.
 * @param scenario a name among the shipped ones, or the path of a file.
 * @returns the scenario.
 */
export async function resetOrganisation(home: string, scenario: string): Promise<Scenario> {
  const read = await readScenario(scenario);
  const fresh = await setupModule().setUp(scenario, read);
  await stateFile(home).exclusively(async ({ replace }) => {
    await replace(fresh);
    await forgetCalls(home);
  });
  return read;
}

/** Asks the organisation for faults, beside those it has. */
export async function addFaults(home: string, faults: Fault[]): Promise<void> {
  const checked = faults.map(checkFault);
  await stateFile(home).exclusively(async ({ save }) => {
    const state = await presentState(home);
    await save({ ...state, faults: [...state.faults, ...checked] });
  });
}

/** The whole organisation as plain data without private keys, for people and for comparison field by field. */
export async function readOrganisation(home: string): Promise<State> {
  const state = await presentState(home);
  for (const server of state.servers) {
    for (const certificate of server.certificates) certificate.privateKey &&= "[secret]";
  }
  return state;
}

async function readScenario(scenario: string): Promise<Scenario> {
  const file = /[\\/.]/.test(scenario) ? path.resolve(scenario) : path.join(scenarioFolder(), `${scenario}.json`);
  let json: string;
  try {
    json = await readFile(file, "utf8");
  } catch (error) {
    throw new InvalidScenario(`The scenario "${scenario}" cannot be read: ${(error as Error).message}`);
  }
  return parseScenario(scenario, json);
}
