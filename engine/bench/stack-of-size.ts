// Deploys, refreshes and destroys a stack of so many resources, and prints what it took as one line of JSON:
//   stack-of-size.ts RESOURCES
// A process of its own, so that its memory is that of this stack.
import { cp, mkdtemp, realpath, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type OperationRequest, runOperation } from "..";

/** What one operation took of the engine's own process. */
export interface OperationCost {
  operation: string;
  milliseconds: number;
  cpuMilliseconds: number;
  /** The most that the process has held up to its end, bytes. */
  peakBytes: number;
}

const OPERATIONS = [
  ["create", "up"],
  ["no change", "up"],
  ["refresh", "refresh"],
  ["destroy", "destroy"],
] as const;

async function main(resources: string): Promise<OperationCost[]> {
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), "bench-stack-")));
  try {
    const project = path.join(folder, "project");
    await cp(path.join(__dirname, "project"), project, { recursive: true });
    await symlink(path.join(__dirname, "..", "..", "node_modules"), path.join(folder, "node_modules"), "junction");
    const costs: OperationCost[] = [];
    for (const [name, operation] of OPERATIONS)
      costs.push({ ...(await cost(project, operation, resources)), operation: name });
    return costs;
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function cost(project: string, operation: OperationRequest["operation"], resources: string) {
  const cpu = process.cpuUsage();
  const begin = performance.now();
  const { succeeded } = await runOperation({
    operation,
    projectDirectory: project,
    stack: "dev",
    backend: path.join(project, "..", "state"),
    passphrase: "bench",
    plugins: {},
    environment: { ...process.env, BENCH_RESOURCES: resources },
    onEvent: () => undefined,
  });
  if (!succeeded) throw new Error(`${operation} of ${resources} resources has failed`);
  const milliseconds = performance.now() - begin;
  const { user, system } = process.cpuUsage(cpu);
  return { milliseconds, cpuMilliseconds: (user + system) / 1_000, peakBytes: process.resourceUsage().maxRSS * 1_024 };
}

// A failure ends the process with its stack trace.
void main(process.argv[2] ?? "10").then((costs) => console.log(JSON.stringify(costs)));
