import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { figuresOf, figuresText, printTable } from "./figures";
import type { OperationCost } from "./stack-of-size";

const ROUNDS_OF_SIZES = new Map([
  [10, 5],
  [100, 5],
  [1_000, 3],
]);

const run = promisify(execFile);

/** Stacks of 10, 100 and 1 000 resources: what an operation takes, and what it takes for each resource. */
export async function benchSizes(): Promise<void> {
  console.log("\nStacks of many resources in chains of ten (all processes; CPU and memory of the engine's own)");
  const rows = [["operation", "resources", "seconds", "ms a resource", "CPU ms a resource", "peak MB"]];
  const peaks = new Map<number, number>();
  for (const [size, rounds] of ROUNDS_OF_SIZES) {
    const costs: OperationCost[][] = [];
    for (let round = 1; round <= rounds; round++) {
      // It takes minutes: whoever waits sees that something is done. The table alone is standard output.
      console.error(`… ${size} resources, round ${round} of ${rounds}`);
      costs.push(await stackOfSize(size));
    }
    for (const [index, { operation }] of (costs[0] ?? []).entries()) {
      const figures = (pick: (one: OperationCost) => number) =>
        figuresOf(costs.flatMap((round) => round[index] ?? []).map(pick));
      const peak = figures(({ peakBytes }) => peakBytes / 1e6);
      peaks.set(size, peak.median);
      rows.push([
        operation,
        String(size),
        figuresText(figures(({ milliseconds }) => milliseconds / 1_000)),
        figuresText(figures(({ milliseconds }) => milliseconds / size)),
        figuresText(figures(({ cpuMilliseconds }) => cpuMilliseconds / size)),
        figuresText(peak, 0),
      ]);
    }
  }
  printTable(rows);
  const [small = 0, large = 0] = [peaks.get(10), peaks.get(1_000)];
  console.log(`Memory for each resource beyond the first ten: ${(((large - small) / 990) * 1_000).toFixed(0)} KB.`);
}

async function stackOfSize(size: number): Promise<OperationCost[]> {
  const script = path.join(__dirname, "stack-of-size.ts");
  const { stdout } = await run(process.execPath, ["--require", "tsx/cjs", script, String(size)]);
  return JSON.parse(stdout);
}
