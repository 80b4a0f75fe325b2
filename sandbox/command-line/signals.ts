import type { ChildProcess } from "node:child_process";
import type { EventEmitter } from "node:events";

/** What a terminal itself sends to all that runs in it. */
const FROM_TERMINALS: readonly NodeJS.Signals[] = ["SIGINT", "SIGHUP"];
const SIGNALS: readonly NodeJS.Signals[] = [...FROM_TERMINALS, "SIGTERM"];

/**
 * Signals that would end us, held while there is something to clear away. They are passed on to a child, and we end after
 * it. What a terminal sends the child has got already, and twice would be another thing: a second SIGINT makes Pulumi's
 * CLI give up at once.
 */
export class HeldSignals {
  #child: Pick<ChildProcess, "kill"> | undefined;
  #early: NodeJS.Signals | undefined;
  readonly #listeners: (readonly [NodeJS.Signals, () => void])[];

  /** @param inTerminal whether we run in a terminal, in the same process group as the child. */
  constructor(
    inTerminal: boolean,
    private readonly source: Pick<EventEmitter, "on" | "off"> = process,
  ) {
    this.#listeners = SIGNALS.map((signal) => {
      const isKnownToChild = inTerminal && FROM_TERMINALS.includes(signal);
      return [signal, () => this.#take(signal, isKnownToChild)] as const;
    });
    for (const [signal, listener] of this.#listeners) source.on(signal, listener);
  }

  /** The first that came when there was no child yet: then none is started. */
  get early(): NodeJS.Signals | undefined {
    return this.#early;
  }

  #take(signal: NodeJS.Signals, isKnownToChild: boolean): void {
    if (this.#child === undefined) this.#early ??= signal;
    else if (!isKnownToChild) this.#child.kill(signal);
  }

  /** From now on they go to this child. */
  passOnTo(child: Pick<ChildProcess, "kill">): void {
    this.#child = child;
  }

  /** From now on they end us again. */
  release(): void {
    for (const [signal, listener] of this.#listeners) this.source.off(signal, listener);
  }
}
