import type { EngineEvent, StepMetadata } from "pulumi-local-engine";
import { isDefaultProvider, nameOf } from "pulumi-local-engine";
import { diagnosticLines } from "./diagnostic";
import { changedProperties, shortType } from "./resource";
import type { Style } from "./style";
import { secondsText, summaryLine } from "./summary";
import { valueLines } from "./values";
import { FOUND, isHidden, isQuiet, WORDS, type Words } from "./words";

export interface DisplayOptions {
  /** Whether running steps are drawn below the lines that stay, and redrawn; without that a step's begin is a line. */
  redraws: boolean;
  /** Whether the operation is a refresh alone. */
  isRefresh: boolean;
  /** Whether old and new values are shown of what is made or changed. */
  showsValues: boolean;
  style: Style;
  /** When it began, milliseconds since 1970. */
  began: number;
}

interface Running {
  metadata: StepMetadata;
  words: Words;
  since: number;
  /** Whether its begin was told. */
  isTold: boolean;
}

/** A step that changes nothing is told only when it takes this long. */
const LONG_MILLISECONDS = 1000;
/** Wide enough for the types and names of what a PushNotificationProxying is made of. */
const TYPE_WIDTH = 35;
const NAME_WIDTH = 38;

/** What an operation looks like: turns the engine's events into lines. It writes nothing and looks at no clock. */
export class Display {
  readonly #options: DisplayOptions;
  readonly #running = new Map<string, Running>();
  #failed = 0;
  #summary: EngineEvent["summaryEvent"];
  #latest: number;
  /** Types of the resources that were changed; none in a preview. */
  readonly changedTypes = new Set<string>();

  constructor(options: DisplayOptions) {
    this.#options = options;
    this.#latest = options.began;
  }

  /** The lines that an event adds. @param now milliseconds since 1970. */
  event(event: EngineEvent, now: number): string[] {
    this.#latest = now;
    if (event.resourcePreEvent) {
      return this.#begin(event.resourcePreEvent.metadata, event.resourcePreEvent.planning ?? false, now);
    }
    if (event.resOutputsEvent) {
      return this.#end(event.resOutputsEvent.metadata, event.resOutputsEvent.planning ?? false, now);
    }
    if (event.resOpFailedEvent) return this.#fail(event.resOpFailedEvent.metadata, now);
    if (event.diagnosticEvent) return diagnosticLines(event.diagnosticEvent, this.#options.style);
    if (event.summaryEvent) {
      this.#summary = event.summaryEvent;
      return this.#leftBehind();
    }
    return [];
  }

  /** The lines that time adds: what has begun quietly and takes long, where nothing is redrawn. */
  tick(now: number): string[] {
    if (this.#options.redraws) return [];
    const late = [...this.#running.values()].filter(
      ({ metadata, isTold, since }) =>
        !isTold && isLeaf(metadata) && isQuiet(metadata.op) && now - since >= LONG_MILLISECONDS,
    );
    return late.map((running) => {
      running.isTold = true;
      return this.#line(running.metadata, running.words, running.words.running, []);
    });
  }

  /** The line that closes it: what was done and how long it took; none before the engine has summed up. */
  summary(now: number): string[] {
    if (this.#summary === undefined) return [];
    const { style, isRefresh, began } = this.#options;
    const facts = { summary: this.#summary, isRefresh, failed: this.#failed, seconds: (now - began) / 1000 };
    return [style(this.#summary.result === "succeeded" ? "bold" : "red", summaryLine(facts))];
  }

  /** What is being done now, to be drawn below all lines. */
  running(now: number): string[] {
    const steps = [...this.#running.values()].filter(
      ({ metadata, since }) => isLeaf(metadata) && (!isQuiet(metadata.op) || now - since >= LONG_MILLISECONDS),
    );
    if (steps.length === 0 && now - this.#latest >= LONG_MILLISECONDS) {
      return [this.#options.style("dim", `     working  ${secondsText((now - this.#options.began) / 1000)}`)];
    }
    return steps.map(({ metadata, words, since }) =>
      this.#line(metadata, words, words.running, [secondsText((now - since) / 1000)]),
    );
  }

  #begin(metadata: StepMetadata, isPreview: boolean, now: number): string[] {
    const { urn, op } = metadata;
    if (isDefaultProvider(urn) || isHidden(op, isPreview)) return [];
    const isTold = !this.#options.redraws && !isPreview && !isQuiet(op);
    this.#running.set(urn, { metadata, words: WORDS[op], since: now, isTold });
    if (!isTold) return [];
    return [this.#line(metadata, WORDS[op], WORDS[op].running, properties(changedProperties(metadata, false)))];
  }

  #end(metadata: StepMetadata, isPreview: boolean, now: number): string[] {
    const { urn, op, type } = metadata;
    const begun = this.#running.get(urn);
    if (begun === undefined) return [];
    this.#running.delete(urn);
    const isFound = begun.metadata.op === "refresh";
    const words = (isFound ? FOUND[op] : undefined) ?? WORDS[op];
    if (!isQuiet(op) && !isFound && !isPreview) this.changedTypes.add(type);
    if (isQuiet(op) && !begun.isTold) return [];
    const isFinished = !isPreview || isFound;
    const changes = properties(changedProperties(metadata, isFinished));
    const values = this.#options.showsValues && !isQuiet(op) ? valueLines(metadata, isFinished) : [];
    if (isPreview) return [this.#line(metadata, words, words.planned, changes), ...values];
    const time = isLeaf(metadata) ? [secondsText((now - begun.since) / 1000)] : [];
    return [this.#line(metadata, words, words.done, [...time, ...changes]), ...values];
  }

  #fail(metadata: StepMetadata, now: number): string[] {
    const begun = this.#running.get(metadata.urn);
    this.#running.delete(metadata.urn);
    this.#failed++;
    const words = WORDS[metadata.op];
    const time = begun === undefined ? [] : [secondsText((now - begun.since) / 1000)];
    return [this.#line(metadata, { ...words, colour: "red" }, `${words.running} failed`, time)];
  }

  /** What was begun and is not known to have ended: nobody waits for it any more. */
  #leftBehind(): string[] {
    const left = [...this.#running.values()].filter(({ metadata }) => isLeaf(metadata) && !isQuiet(metadata.op));
    this.#running.clear();
    return left.map(({ metadata, words }) =>
      this.#line(metadata, { ...words, colour: "red" }, `${words.running}, left behind`, []),
    );
  }

  #line({ urn, type }: StepMetadata, words: Words, happening: string, rest: string[]): string {
    const { style } = this.#options;
    const subject = `${shortType(type).padEnd(TYPE_WIDTH)} ${nameOf(urn).padEnd(NAME_WIDTH)}`;
    return `  ${style(words.colour, words.symbol.padEnd(2))} ${subject} ${[style(words.colour, happening), ...rest].join("  ")}`;
  }
}

/** Components and the stack take as long as what is in them, which says nothing. */
function isLeaf({ old, new: made }: StepMetadata): boolean {
  return (made ?? old)?.custom ?? true;
}

function properties(names: string[]): string[] {
  return names.length === 0 ? [] : [`[${names.join(", ")}]`];
}
