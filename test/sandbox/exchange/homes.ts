import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Organisation, openOrganisation, resetOrganisation } from "../../../sandbox/exchange";

// Making keys costs half a second: each scenario is set up once, and every test starts from a copy of its state.
const states = new Map<string, string>();
const made: string[] = [];

/** A temporary sandbox folder with an organisation as the scenario says; {@link removeHomes} takes it away. */
export async function makeHome(scenario = "ordinary"): Promise<string> {
  const home = await emptyHome();
  const state = states.get(scenario);
  if (state !== undefined) await writeFile(path.join(home, "exchange.json"), state);
  else {
    await resetOrganisation(home, scenario);
    states.set(scenario, await readFile(path.join(home, "exchange.json"), "utf8"));
  }
  return home;
}

/** A temporary sandbox folder with nothing in it. */
export async function emptyHome(): Promise<string> {
  const home = await mkdtemp(path.join(tmpdir(), "exchange-sandbox-"));
  made.push(home);
  return home;
}

/** An organisation of its own for a test. */
export async function organisationOf(scenario = "ordinary"): Promise<{ organisation: Organisation; home: string }> {
  const home = await makeHome(scenario);
  return { organisation: await openOrganisation(home), home };
}

export async function removeHomes(): Promise<void> {
  await Promise.all(made.splice(0).map((home) => rm(home, { recursive: true, force: true })));
}
