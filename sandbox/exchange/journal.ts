import path from "node:path";
import { type Properties, Secret, type Value } from "pulumi-exchange-server/protocol";
import { Journal } from "../shared/journal";

/** One call, as a line of `<home>/exchange.log` holds it. */
export interface JournalEntry {
  /** This machine's clock, ISO 8601. */
  time: string;
  processId: number;
  cmdlet: string;
  /** Secrets as "[secret]", bytes as their length. */
  parameters: { [name: string]: unknown };
  /** "ok", the reason of the error, or the fault that ended it. */
  outcome: string;
  /** Whether the organisation is another one afterwards. */
  changed: boolean;
}

/** Writes a call down. */
export async function record(
  home: string,
  call: Pick<JournalEntry, "cmdlet" | "outcome" | "changed"> & { parameters: Properties },
): Promise<void> {
  const { cmdlet, parameters, outcome, changed } = call;
  const entry: JournalEntry = {
    time: new Date().toISOString(),
    processId: process.pid,
    cmdlet,
    parameters: presentable(parameters) as JournalEntry["parameters"],
    outcome,
    changed,
  };
  await journalOf(home).add(entry);
}

/** Empties the journal. */
export function forgetCalls(home: string): Promise<void> {
  return journalOf(home).clear();
}

/** All calls so far, oldest first; none where there is no journal. */
export function readJournal(home: string): Promise<JournalEntry[]> {
  return journalOf(home).read();
}

const journalOf = (home: string) => new Journal<JournalEntry>(path.join(home, "exchange.log"));

function presentable(value: Value): unknown {
  if (value instanceof Secret) return "[secret]";
  if (value instanceof Uint8Array) return `[${value.length} bytes]`;
  if (value instanceof Date || value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(presentable);
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, presentable(inner)]));
}
