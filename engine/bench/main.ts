// What the engine costs, in one run with its baselines:
//
//   npm run bench:engine -- [sizes] [state-writes]
//
// Figures are medians, and in brackets the least and the most.
import { cpus } from "node:os";
import { benchSizes } from "./sizes";
import { benchStateWrites } from "./state-writes";

const PARTS: Record<string, () => Promise<void>> = {
  sizes: benchSizes,
  "state-writes": benchStateWrites,
};

async function main(names: readonly string[]): Promise<void> {
  const [{ model = "" } = {}] = cpus();
  console.log(`Node ${process.version}, ${cpus().length} cores ${model}. Median (least–most).`);
  for (const name of names.length > 0 ? names : Object.keys(PARTS)) {
    const part = PARTS[name];
    if (part === undefined) throw new Error(`There is no part "${name}": there are ${Object.keys(PARTS).join(", ")}.`);
    await part();
  }
}

main(process.argv.slice(2)).catch((error: Error) => {
  console.error(`error: ${error.message}`);
  process.exitCode = 1;
});
