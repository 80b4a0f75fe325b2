import { readdirSync, readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import path from "node:path";
import { resetTenant } from "../../entra";
import { resetOrganisation, scenarioFolder } from "../../exchange";
import { parseScenario } from "../../exchange/scenario";
import { type AddCommand, type Surroundings, valueOption, withExamples } from "../command";
import { UsageError } from "../errors";
import { placesOf } from "../places";

const DEFAULT_SCENARIO = "ordinary";

interface ResetOptions {
  scenario?: string;
}

export const addReset: AddCommand = (parent, surroundings) => {
  const command = parent
    .command("reset")
    .description("Start over with a new Exchange organisation, a new tenant and no stacks")
    .addOption(valueOption("--scenario <name>", `A scenario, or a scenario file (default: ${DEFAULT_SCENARIO})`))
    .action((options: ResetOptions) => run(options, surroundings))
    .addHelpText("after", () => ["", "Scenarios:", ...scenarios().map(scenarioLine)].join("\n"));
  return withExamples(command, "npm run reset", "npm run reset -- --scenario expired");
};

const scenarioLine = ({ name, description }: ShippedScenario) => `  ${name.padEnd(22)} ${description}`;

async function run(
  { scenario = DEFAULT_SCENARIO }: ResetOptions,
  { environment, stdout }: Surroundings,
): Promise<void> {
  const { home, backend, pulumiHome } = placesOf(environment);
  const known = scenarios();
  const found = known.find(({ name }) => name === scenario);
  if (found === undefined && !/[\\/.]/.test(scenario)) {
    throw new UsageError(
      `"${scenario}" is not a scenario: use ${known.map(({ name }) => name).join(", ")}, or the path of a ` +
        "scenario file, for example ./mine.json.",
    );
  }
  // Exchange first: a scenario file that is wrong leaves everything as it is.
  const { tenant } = await resetOrganisation(home, scenario);
  await resetTenant(home, tenant);
  // Stacks, and what the provider noted of the proxy, tell of what is gone now. Of the backend nothing else is ours.
  const folders = [...["stacks", "locks"].map((folder) => path.join(backend, ".pulumi", folder)), pulumiHome];
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })));
  stdout.write(
    `The sandbox in ${home} was reset to the scenario "${scenario}"${found ? `: ${found.description}` : "."}\n`,
  );
}

interface ShippedScenario {
  name: string;
  description: string;
}

/** The scenarios that come with the sandbox. */
function scenarios(): ShippedScenario[] {
  const folder = scenarioFolder();
  const files = readdirSync(folder).filter((file) => file.endsWith(".json"));
  return files.sort().map((file) => {
    const name = file.slice(0, -".json".length);
    const { description } = parseScenario(name, readFileSync(path.join(folder, file), "utf8"));
    return { name, description };
  });
}
