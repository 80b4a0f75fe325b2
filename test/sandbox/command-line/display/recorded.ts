import { readFileSync } from "node:fs";
import path from "node:path";
import type { EngineEvent, EventState, Severity, StepOperation } from "pulumi-local-engine";
import { typeOf } from "pulumi-local-engine";

interface RecordedStep {
  at: "begin" | "end" | "failed";
  op: StepOperation;
  urn: string;
  id?: string;
  planning?: true;
  replaceKeys?: string[];
  diffs?: string[];
}

interface RecordedOperation {
  op: string;
  steps: RecordedStep[];
  diagnostics: { severity: Severity; message: string; urn?: string }[];
  summaries: {
    isPreview: boolean;
    result: "succeeded" | "failed" | "canceled";
    changes: Partial<Record<StepOperation, number>>;
  }[];
}

const FOLDER = path.join(__dirname, "..", "..", "..", "..", "engine", "test", "golden", "golden");

/** The events of one operation of a recording of Pulumi's own CLI, diagnostics after the steps. */
export function recordedEvents(scenario: string, index: number): EngineEvent[] {
  const { steps } = JSON.parse(readFileSync(path.join(FOLDER, `${scenario}.json`), "utf8")) as {
    steps: RecordedOperation[];
  };
  const operation = steps[index] as RecordedOperation;
  const bodies: Omit<EngineEvent, "sequence" | "timestamp">[] = [
    ...operation.steps.map(stepEvent),
    ...operation.diagnostics.map(({ severity, message, urn }) => ({
      diagnosticEvent: { severity, message, color: "never" as const, ...(urn && { urn: whole(urn) }) },
    })),
    ...operation.summaries.map(({ isPreview, result, changes }) => ({
      summaryEvent: { isPreview, result, resourceChanges: changes, maybeCorrupt: false, durationSeconds: 0 },
    })),
  ];
  return bodies.map((body, sequence) => ({ sequence, timestamp: 0, ...body }));
}

function stepEvent({ at, op, urn, id = "", planning, replaceKeys, diffs }: RecordedStep) {
  const type = typeOf(whole(urn));
  const state: EventState = {
    type,
    urn: whole(urn),
    custom: type !== "pulumi:pulumi:Stack" && type !== "recorded:index:Group",
    id,
    parent: "",
    inputs: {},
    outputs: {},
    provider: "",
  };
  const metadata = {
    op,
    urn: whole(urn),
    type,
    ...(op !== "create" && { old: state }),
    ...(op !== "delete" && { new: state }),
    ...(replaceKeys && { keys: replaceKeys }),
    ...(diffs && { diffs }),
    provider: "",
  };
  if (at === "failed") return { resOpFailedEvent: { metadata, status: 0, steps: 0 } };
  const event = { metadata, ...(planning && { planning }) };
  return at === "begin" ? { resourcePreEvent: event } : { resOutputsEvent: event };
}

/** Recordings leave the stack's name and the project out of URNs. */
function whole(urn: string): string {
  return `urn:pulumi:test::recorded::${urn.slice("urn:".length)}`;
}
