import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Recording, Scenario } from "../golden/replay";

/** The folder given is not one of scenarios and recordings, or has none of that name. */
export class KitError extends Error {
  override readonly name = "KitError";
}

/** A scenario and what Pulumi's own CLI did. */
export interface Recorded {
  scenario: Scenario;
  golden: Recording[];
}

/**
 * Reads `scenarios/<name>.json` and `golden/<name>.json` of a folder, all of them or those named, sorted by name.
 * @throws KitError where one of them is missing, or is no JSON.
 */
export function readKit(folder: string, names: readonly string[]): Recorded[] {
  const scenarios = path.join(folder, "scenarios");
  if (!existsSync(scenarios))
    throw new KitError(`There is no folder ${scenarios}: --in DIR names one that holds scenarios/ and golden/.`);
  const known = readdirSync(scenarios)
    .filter((file) => file.endsWith(".json"))
    .map((file) => path.basename(file, ".json"))
    .sort();
  if (known.length === 0) throw new KitError(`There is no scenario in ${scenarios}.`);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new KitError(`There is no scenario ${unknown.join(", ")} in ${scenarios}. There are ${known.join(", ")}.`);
  }
  return known
    .filter((name) => names.length === 0 || names.includes(name))
    .map((name) => {
      const scenario = readJson(path.join(scenarios, `${name}.json`)) as Scenario;
      const file = path.join(folder, "golden", `${name}.json`);
      if (!existsSync(file))
        throw new KitError(
          `The scenario ${name} is not recorded: there is no ${file}. Record it with record.js first.`,
        );
      return { scenario: { ...scenario, name }, golden: (readJson(file) as { steps: Recording[] }).steps };
    });
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new KitError(`${file} is not valid JSON: ${(error as Error).message}`, { cause: error });
  }
}
