import { readdir, readFile, rm } from "node:fs/promises";
import path from "node:path";
import { resetTenant } from "../../entra";
import { resetOrganisation, scenarioFolder } from "../../exchange";
import { parseScenario } from "../../exchange/scenario";
import type { Command, Invocation } from "../command";
import { UsageError } from "../errors";
import { SUCCEEDED } from "../exit-codes";
import { row } from "../help";
import { placesOf } from "../places";

const DEFAULT_SCENARIO = "ordinary";

export const RESET: Command = {
  name: "reset",
  summary: "Begin anew: an Exchange organisation and a tenant that nothing was deployed to, and no stacks",
  options: {
    scenario: { value: "NAME", description: `How Exchange is found, or a scenario file (${DEFAULT_SCENARIO})` },
  },
  examples: ["npm run reset", "npm run reset -- --scenario expired"],
  details: async () => ["Scenarios:", ...(await scenarios()).map(({ name, description }) => row(name, description))],
  run,
};

async function run({ options, environment, stdout }: Invocation): Promise<number> {
  const { home, backend } = placesOf(environment);
  const scenario = String(options.scenario ?? DEFAULT_SCENARIO);
  const known = await scenarios();
  const found = known.find(({ name }) => name === scenario);
  if (found === undefined && !/[\\/.]/.test(scenario)) {
    throw new UsageError(
      `There is no scenario "${scenario}". There are ${known.map(({ name }) => name).join(", ")}; ` +
        "a file of your own is given by its path, for example ./mine.json.",
    );
  }
  // Exchange first: a scenario file that is wrong leaves everything as it is.
  await resetOrganisation(home, scenario);
  await resetTenant(home);
  // Stacks describe what is gone now. Of Pulumi's folder nothing else is ours.
  await Promise.all(
    ["stacks", "locks"].map((folder) => rm(path.join(backend, ".pulumi", folder), { recursive: true, force: true })),
  );
  stdout.write(`The sandbox in ${home} begins anew as "${scenario}"${found ? `: ${found.description}` : "."}\n`);
  return SUCCEEDED;
}

/** The scenarios that come with the sandbox. */
async function scenarios(): Promise<{ name: string; description: string }[]> {
  const folder = scenarioFolder();
  const names = (await readdir(folder))
    .filter((file) => file.endsWith(".json"))
    .map((file) => file.slice(0, -".json".length));
  return Promise.all(
    names.sort().map(async (name) => {
      const { description } = parseScenario(name, await readFile(path.join(folder, `${name}.json`), "utf8"));
      return { name, description };
    }),
  );
}
