// Recorded states (engine/test/golden/golden) turned back into what `pulumi stack export --show-secrets` gave.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { SECRET, SIGNATURE } from "../../values/property";
import { type Recording, SALT, type Scenario, type ScenarioStep } from "../golden/replay";

const { PROVIDER_TEXT } = require("recorded-resource") as { PROVIDER_TEXT: string };

export const GOLDEN = path.join(__dirname, "..", "golden");

/** The normalised form of a stack's state (engine/test/golden/lib/normalise.js). */
export interface RecordedState {
  resources: Record<string, unknown>[];
  pending_operations?: { type: string; resource: Record<string, unknown> }[];
}

export type RecordedStep = Recording & {
  op: string;
  stack?: string;
  unordered?: true;
  state: RecordedState;
  world: { things: object; counters: object };
};

export const scenarioNames = (): string[] =>
  readdirSync(path.join(GOLDEN, "scenarios")).map((file) => path.basename(file, ".json"));

const readJson = (kind: string, name: string) =>
  JSON.parse(readFileSync(path.join(GOLDEN, kind, `${name}.json`), "utf8"));

export const scenarioOf = (name: string): Scenario => readJson("scenarios", name);

export const recordedSteps = (name: string): RecordedStep[] => readJson("golden", name).steps;

// All generated ids are `<uuid>` in a recording: those of its providers. One id will do, since their URNs differ.
const ID = "5b1f7d0e-2c4a-4f6b-9e83-0a7c6d5e4f32";

/** The deployment that a recorded state was exported from, secrets in clear. */
export function exportedFrom({ resources, pending_operations }: RecordedState) {
  const deployment = {
    manifest: { time: "2026-01-01T00:00:00Z", magic: "", version: "" },
    secrets_providers: { type: "passphrase", state: { salt: SALT } },
    resources: restored(resources) as { urn: string }[],
    ...(pending_operations && { pending_operations: restored(pending_operations) }),
    metadata: {},
  };
  return { version: 3, deployment };
}

function restored(value: unknown): unknown {
  if (typeof value === "string") {
    if (value === "<provider>") return PROVIDER_TEXT;
    return value.replaceAll("<uuid>", ID).replace(/^urn:(?!pulumi:[^:]+::)/, "urn:pulumi:test::recorded::");
  }
  if (Array.isArray(value)) return value.map(restored);
  if (typeof value !== "object" || value === null) return value;
  if ("$secret" in value) return { [SIGNATURE]: SECRET, plaintext: JSON.stringify(restored(value.$secret)) };
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, restored(inner)]));
}

/**
 * The steps of a scenario from `first` on (counted from 0), as a scenario of its own: its first step brings about what the
 * steps before have set up, and what was recorded of the world.
 */
export function remainder(name: string, first: number, end: number): Scenario {
  const scenario = scenarioOf(name);
  const before = scenario.steps.slice(0, first);
  const { things, counters } = recordedSteps(name)[first - 1]?.world ?? { things: {}, counters: {} };
  const faults = Object.assign({}, ...before.map(({ world }) => world?.faults ?? {}));
  const [next, ...rest] = scenario.steps.slice(first, end);
  const changed = next?.world?.faults ?? {};
  const begin = {
    ...(next as ScenarioStep),
    program: next?.program ?? before.findLast(({ program }) => program)?.program,
    config: Object.assign({}, ...before.map(({ config }) => config ?? {}), next?.config ?? {}),
    world: { ...next?.world, things, counters, faults: { ...faults, ...(changed as object) } },
  } as ScenarioStep;
  return { ...scenario, steps: [begin, ...rest] };
}
