import type { EventEmitter } from "node:events";

/**
 * npm passes on to its script the SIGINT that the terminal has sent to both of them: one key press arrives twice. What
 * comes within this time of the first is the same one. Source: npm's own `@npmcli/run-script`, whose handler forwards it.
 */
const ECHO_MILLISECONDS = 500;

const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/** What to do when the user interrupts once, and what when the user does so again; each is called once at most. */
export interface Interrupts {
  once(): void;
  again(): void;
}

/**
 * Listens until the returned function is called.
 * @param source what emits signals.
 * @param now milliseconds from any beginning.
 */
export function onInterrupts(
  { once, again }: Interrupts,
  source: Pick<EventEmitter, "on" | "off"> = process,
  now: () => number = () => performance.now(),
): () => void {
  let first: number | undefined;
  let hasRepeated = false;
  const interrupt = () => {
    if (first === undefined) {
      first = now();
      once();
    } else if (!hasRepeated && now() - first >= ECHO_MILLISECONDS) {
      hasRepeated = true;
      again();
    }
  };
  for (const signal of SIGNALS) source.on(signal, interrupt);
  return () => {
    for (const signal of SIGNALS) source.off(signal, interrupt);
  };
}
