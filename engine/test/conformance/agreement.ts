import type { Recording } from "../golden/replay";

const { differences } = require("../golden/compare") as { differences(expected: unknown, found: unknown): string[] };

/** What must agree with Pulumi's engine. What its CLI prints beside the events, and who outlives a killed one, is ours. */
export const PARTS = [
  "result",
  "exitCode",
  "calls",
  "outputs",
  "world",
  "state",
  "steps",
  "diagnostics",
  "summaries",
] as const;

export type Part = (typeof PARTS)[number];

/** Something that the engine does not offer, and says so. */
export interface Refusal {
  /** Counted from 1. */
  step: number;
  /** In the engine's own words, such as `The option --target`. */
  what: string;
}

/** How far the engine's recordings of one scenario agree with the expected ones. */
export interface Agreement {
  scenario: string;
  /** Steps that were compared: all, or those before a refusal. */
  steps: number;
  /** How many of the compared steps differ, by part. */
  differing: Record<Part, number>;
  /** Each as `step 2, up: calls.0.method: expected "check", found "diff"`. */
  differences: string[];
  refusal?: Refusal;
}

/**
 * Compares the recordings of a scenario's steps. From the first step on that the engine refuses nothing is compared: what
 * follows builds on what was not done.
 */
export function agreementOf(scenario: string, expected: readonly Recording[], found: readonly Recording[]): Agreement {
  const refusal = refusalOf(found);
  const compared = refusal ? expected.slice(0, refusal.step - 1) : expected;
  const differing = Object.fromEntries(PARTS.map((part) => [part, 0])) as Record<Part, number>;
  const all = compared.flatMap((step, index) =>
    PARTS.flatMap((part) => {
      const list = partDifferences(part, step, found[index]);
      if (list.length > 0) differing[part]++;
      return list.map((text) => `step ${index + 1}, ${step.op}: ${text}`);
    }),
  );
  return { scenario, steps: compared.length, differing, differences: all, ...(refusal && { refusal }) };
}

/** The differences between two recordings of one step in one part. */
export function partDifferences(part: Part, expected: Recording, found: Recording | undefined): string[] {
  // As JSON has it: what is undefined is absent.
  const plain = JSON.parse(JSON.stringify({ [part]: found?.[part] }));
  return differences({ [part]: expected[part] }, plain);
}

// The sentence of NotSupportedError.
const REFUSED = /^(?:error: )?(.+) is not supported by this engine\./;

/** The first refusal, by a diagnostic or because the operation could not even begin. */
function refusalOf(found: readonly Recording[]): Refusal | undefined {
  for (const [index, { diagnostics, cliErrors }] of found.entries()) {
    const messages = ((diagnostics ?? []) as { message: string }[]).map(({ message }) => message);
    for (const message of [...messages, ...((cliErrors ?? []) as string[])]) {
      const what = REFUSED.exec(message)?.[1];
      if (what !== undefined) return { step: index + 1, what };
    }
  }
  return undefined;
}
