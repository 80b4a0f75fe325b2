import type { EngineEvent, StepOperation } from "pulumi-local-engine";

type Summary = NonNullable<EngineEvent["summaryEvent"]>;

/** In the order in which they are told. */
const COUNTED: readonly [StepOperation, done: string, planned: string, found: string][] = [
  ["create", "created", "to create", "created"],
  ["update", "updated", "to update", "drifted"],
  ["replace", "replaced", "to replace", "replaced"],
  ["delete", "deleted", "to delete", "gone"],
  ["read", "read", "to read", "read"],
  ["discard", "discarded", "to discard", "discarded"],
  ["same", "unchanged", "unchanged", "unchanged"],
];

/** What a summary is told with. */
export interface SummaryFacts {
  summary: Pick<Summary, "isPreview" | "resourceChanges" | "result">;
  /** Whether the operation was a refresh alone, which finds and does not change. */
  isRefresh: boolean;
  /** Steps that failed. */
  failed: number;
  seconds: number;
}

/** `4 created, 2 unchanged in 6.1 s`. */
export function summaryLine({ summary, isRefresh, failed, seconds }: SummaryFacts): string {
  const parts = COUNTED.flatMap(([operation, done, planned, found]) => {
    const count = summary.resourceChanges[operation] ?? 0;
    const word = isRefresh ? found : summary.isPreview ? planned : done;
    return count === 0 ? [] : [`${count} ${word}`];
  });
  if (failed > 0) parts.unshift(`${failed} failed`);
  const counts =
    parts.length > 0 ? parts.join(", ") : summary.result === "succeeded" ? "nothing to do" : "nothing was done";
  return `${RESULTS[summary.result]}${counts} in ${secondsText(seconds)}`;
}

const RESULTS: Readonly<Record<Summary["result"], string>> = {
  succeeded: "",
  failed: "Not completed: ",
  canceled: "Cancelled: ",
};

/** `0.4 s`, `1 min 12 s`. */
export function secondsText(seconds: number): string {
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`;
}
