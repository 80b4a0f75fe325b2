import { isDefaultProvider } from "./plan/urn";
import type { ResourceState } from "./state/resource";
import { KnownSecrets } from "./values/known-secrets";
import {
  containsUnknown,
  isSecret,
  type PropertyMap,
  type PropertyValue,
  rebuildMap,
  SECRET,
  SIGNATURE,
  UNKNOWN,
} from "./values/property";

/** What is done to a resource, in the words of Pulumi's event log. */
export type StepOperation =
  | "same"
  | "create"
  | "update"
  | "delete"
  | "replace"
  | "create-replacement"
  | "delete-replaced"
  | "read"
  | "discard"
  | "refresh";

/** A resource in an event; secrets are hidden. */
export interface EventState {
  type: string;
  urn: string;
  custom: boolean;
  id: string;
  parent: string;
  protect?: true;
  inputs: PropertyMap;
  outputs: PropertyMap;
  provider: string;
  initErrors?: string[];
}

/** What is done to one resource. */
export interface StepMetadata {
  op: StepOperation;
  urn: string;
  type: string;
  old?: EventState;
  new?: EventState;
  /** Properties that make a replacement necessary. */
  keys?: string[];
  /** Properties that have changed, as far as the provider says so. */
  diffs?: string[];
  detailedDiff?: Record<string, { kind: string; inputDiff: boolean }>;
  provider: string;
}

/** How grave a diagnostic is; `info` is what a program prints on standard output, `info#err` on standard error. */
export type Severity = "debug" | "info" | "info#err" | "warning" | "error";

/** One line of Pulumi's event log (`--event-log`): exactly one of the optional members is set. */
export interface EngineEvent {
  sequence: number;
  /** Seconds since 1970. */
  timestamp: number;
  resourcePreEvent?: { metadata: StepMetadata; planning?: true };
  resOutputsEvent?: { metadata: StepMetadata; planning?: true };
  resOpFailedEvent?: { metadata: StepMetadata; status: number; steps: number };
  diagnosticEvent?: { urn?: string; message: string; color: "never"; severity: Severity; ephemeral?: true };
  summaryEvent?: {
    isPreview: boolean;
    maybeCorrupt: boolean;
    durationSeconds: number;
    resourceChanges: Partial<Record<StepOperation, number>>;
    result: "succeeded" | "failed" | "canceled";
  };
}

type EventBody = Omit<EngineEvent, "sequence" | "timestamp">;

/** A step as events tell of it. */
export interface StepDescription {
  op: StepOperation;
  urn: string;
  type: string;
  old: ResourceState | undefined;
  new: ResourceState | undefined;
  keys?: string[];
  diffs?: string[];
  detailedDiff?: StepMetadata["detailedDiff"];
}

const ESCAPES = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, "g");

/** Numbers events, hides secrets and counts what was done. */
export class EventEmitter {
  /** What is hidden wherever it is told; steps teach it what they hold. */
  readonly secrets = new KnownSecrets();
  readonly #counts = new Map<StepOperation, number>();
  readonly #begin = Date.now();
  #sequence = 0;
  /** Whether an error was reported to the user. */
  hasErrors = false;
  /** Whether an operation failed with unknown effect. */
  maybeCorrupt = false;

  constructor(
    private readonly onEvent: (event: EngineEvent) => void,
    private readonly isPreview: boolean,
  ) {}

  begin(step: StepDescription): void {
    this.#emit({ resourcePreEvent: { metadata: this.#metadataOf(step), ...(this.isPreview && { planning: true }) } });
  }

  end(step: StepDescription): void {
    this.#emit({ resOutputsEvent: { metadata: this.#metadataOf(step), ...(this.isPreview && { planning: true }) } });
  }

  failed(step: StepDescription): void {
    this.#emit({ resOpFailedEvent: { metadata: this.#metadataOf(step), status: 0, steps: 0 } });
  }

  /** Counts a step for the summary; those of providers that the engine declared itself do not count. */
  count(op: StepOperation, urn: string): void {
    if (!isDefaultProvider(urn)) this.#counts.set(op, (this.#counts.get(op) ?? 0) + 1);
  }

  diagnose(severity: Severity, message: string, urn?: string, ephemeral = false): void {
    if (severity === "error") this.hasErrors = true;
    // Colours are the display's business: Pulumi's own markup for them, and escape sequences, are dropped.
    const text = this.secrets.hide(message.replace(/<\{%.*?%\}>/g, "").replace(ESCAPES, ""));
    const diagnostic = {
      message: `${text}\n`,
      color: "never" as const,
      severity,
      ...(urn && { urn }),
      ...(ephemeral && { ephemeral: true as const }),
    };
    this.#emit({ diagnosticEvent: diagnostic });
  }

  summary(result: "succeeded" | "failed" | "canceled"): void {
    this.#emit({
      summaryEvent: {
        isPreview: this.isPreview,
        maybeCorrupt: this.maybeCorrupt,
        durationSeconds: Math.round((Date.now() - this.#begin) / 1000),
        resourceChanges: Object.fromEntries(this.#counts),
        result,
      },
    });
  }

  #metadataOf(step: StepDescription): StepMetadata {
    const state = step.new ?? step.old;
    return {
      op: step.op,
      urn: step.urn,
      type: step.type,
      ...(step.old && { old: this.#shown(step.old) }),
      ...(step.new && { new: this.#shown(step.new) }),
      ...(step.keys && { keys: step.keys }),
      ...(step.diffs && { diffs: step.diffs }),
      ...(step.detailedDiff && { detailedDiff: step.detailedDiff }),
      provider: state?.provider ?? "",
    };
  }

  #shown(state: ResourceState): EventState {
    const { inputs = {}, outputs = {}, initErrors } = state;
    this.secrets.learn(inputs);
    this.secrets.learn(outputs);
    return {
      type: state.type,
      urn: state.urn,
      custom: state.custom,
      id: state.id ?? "",
      parent: state.parent ?? "",
      ...(state.protect && { protect: true }),
      inputs: hideSecrets(inputs),
      outputs: hideSecrets(outputs),
      provider: state.provider ?? "",
      ...(initErrors && { initErrors: initErrors.map((reason) => this.secrets.hide(reason)) }),
    };
  }

  #emit(body: EventBody): void {
    this.onEvent({ sequence: this.#sequence++, timestamp: Math.floor(Date.now() / 1000), ...body });
  }
}

/** Secrets are shown as secret and without their value; what is not known yet is shown as unknown. */
function hideSecrets(map: PropertyMap): PropertyMap {
  return rebuildMap(map, (inner: PropertyValue) => {
    if (!isSecret(inner)) return undefined;
    return containsUnknown(inner.value ?? null) ? UNKNOWN : { [SIGNATURE]: SECRET, ciphertext: "[secret]" };
  });
}
