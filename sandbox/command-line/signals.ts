import type { ChildProcess } from "node:child_process";
import type { EventEmitter } from "node:events";

/** What a terminal itself sends to all that runs in it. */
const FROM_TERMINALS: readonly NodeJS.Signals[] = ["SIGINT", "SIGHUP"];

/**
 * Passes on to a child the signals that end us, until the returned function is called; we end after it. What a terminal
 * sends the child has got already, and twice would be another thing: a second SIGINT makes Pulumi's CLI give up at once.
 * @param inTerminal whether we run in a terminal, in the same process group as the child.
 */
export function passOnSignals(
  child: Pick<ChildProcess, "kill">,
  inTerminal: boolean,
  source: Pick<EventEmitter, "on" | "off"> = process,
): () => void {
  const listeners = ([...FROM_TERMINALS, "SIGTERM"] as const).map((signal) => {
    const isKnownToChild = inTerminal && FROM_TERMINALS.includes(signal);
    return [signal, () => void (isKnownToChild || child.kill(signal))] as const;
  });
  for (const [signal, listener] of listeners) source.on(signal, listener);
  return () => {
    for (const [signal, listener] of listeners) source.off(signal, listener);
  };
}
