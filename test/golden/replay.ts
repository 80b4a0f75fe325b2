// Replays scenarios with the sandbox's engine and builds recordings as record.js does with Pulumi's own CLI.
import { cp, mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { stringify } from "yaml";
import { cancelLocks, EngineError, type EngineEvent, type OperationRequest, readStack, runOperation } from "../../sandbox/engine";
import { crypterOf } from "../../sandbox/engine/state/passphrase";

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type JsonMap = { [key: string]: Json };

const { normaliseValue, normaliseState, normaliseCalls, normaliseEvents, normaliseMessage, shortenUrns } =
  require("./lib/normalise") as {
    normaliseValue(value: unknown): Json;
    normaliseState(exported: unknown): { resources: JsonMap[] };
    normaliseCalls(text: string): JsonMap[];
    normaliseEvents(text: string, places: [string, string][]): { steps: Json[]; diagnostics: Json[]; summaries: Json[]; stackOutputs?: Json };
    normaliseMessage(message: string, places: [string, string][]): string;
    shortenUrns<Value>(recording: Value): Value;
  };

export interface ScenarioStep {
  op: string;
  stack?: string;
  flags?: string[];
  program?: JsonMap;
  world?: JsonMap;
  config?: Record<string, string | { $secret: string }>;
  environment?: Record<string, string>;
  unordered?: boolean;
  signal?: JsonMap;
}

export interface Scenario {
  name: string;
  about: string;
  steps: ScenarioStep[];
}

export type Recording = Record<string, Json | undefined>;

// One salt for all stacks, so that the key is derived once (a second of work).
const PASSPHRASE = "password";
const SALT = "v1:fozI5u6B030=:v1:F+6ZduKKd8G0/V7L:PGMFeIzwobWRKmEAzUdaQHqC5mMRIQ==";

const repository = path.resolve(__dirname, "..", "..");
const byText = (one: unknown, other: unknown) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1);

/** A JSON merge patch (RFC 7386): null removes. */
function mergePatch(target: Json | undefined, patch: Json): Json {
  if (patch === null || typeof patch !== "object" || Array.isArray(patch)) return patch;
  const result: JsonMap = target && typeof target === "object" && !Array.isArray(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else result[key] = mergePatch(result[key], value);
  }
  return result;
}

const readText = (file: string) =>
  readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });

/** The recordings of a scenario's steps, up to the first whose operation the engine refuses. */
export async function replay(scenario: Scenario): Promise<Recording[]> {
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), "golden-")));
  try {
    const place = new Workplace(folder);
    await place.prepare();
    const recordings: Recording[] = [];
    for (const step of scenario.steps) recordings.push(await place.run(step));
    return shortenUrns(recordings);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

class Workplace {
  readonly #program: string;
  readonly #files: Record<"world" | "log" | "program", string>;
  readonly #places: [string, string][];
  readonly #config: Record<string, Record<string, unknown>> = {};

  constructor(private readonly folder: string) {
    this.#program = path.join(folder, "program");
    this.#files = {
      world: path.join(folder, "world.json"),
      log: path.join(folder, "calls.log"),
      program: path.join(folder, "program.json"),
    };
    // Longest paths first, so that they are replaced first.
    this.#places = [
      [this.#program, "<program>"],
      [folder, "<work>"],
      [repository, "<kit>"],
    ];
  }

  async prepare(): Promise<void> {
    await cp(path.join(__dirname, "program"), this.#program, { recursive: true });
    await symlink(path.join(repository, "node_modules"), path.join(this.folder, "node_modules"), "junction");
    await mkdir(path.join(this.folder, "state"));
    await writeFile(this.#files.world, JSON.stringify({ things: {}, counters: {}, faults: {} }));
  }

  async run(step: ScenarioStep): Promise<Recording> {
    const stack = step.stack ?? "test";
    await this.#prepareStep(step, stack);
    const events: EngineEvent[] = [];
    const { exitCode, cliErrors } = await this.#operate(step, stack, (event) => events.push(event));

    const seen = normaliseEvents(events.map((event) => JSON.stringify(event)).join("\n"), this.#places);
    const calls = normaliseCalls(await readText(this.#files.log));
    const contents = await readStack(path.join(this.folder, "state"), "recorded", stack, PASSPHRASE);
    const state = normaliseState({
      deployment: {
        resources: contents?.deployment.resources ?? [],
        pending_operations: contents?.deployment.pendingOperations ?? [],
      },
    });
    const recording: Recording = { op: step.op, result: exitCode === 0 ? "succeeded" : "failed", exitCode };
    if (step.unordered) {
      for (const call of calls) delete call.process;
      for (const list of [calls, seen.steps, seen.diagnostics, state.resources]) list.sort(byText);
    }
    recording.calls = calls.filter(({ method }) => step.signal || method !== "signal");
    recording.steps = seen.steps;
    recording.diagnostics = seen.diagnostics;
    if (cliErrors) recording.cliErrors = cliErrors;
    recording.summaries = seen.summaries;
    if (seen.stackOutputs !== undefined) {
      const own = state.resources.find(({ type }) => type === "pulumi:pulumi:Stack");
      recording.outputs = step.op.startsWith("preview") || !own ? seen.stackOutputs : (own.outputs ?? {});
    }
    recording.state = state as unknown as Json;
    const { things, counters } = JSON.parse(await readText(this.#files.world));
    recording.world = normaliseValue({ things, counters });
    return recording;
  }

  async #prepareStep(step: ScenarioStep, stack: string): Promise<void> {
    if (step.world) {
      const world = JSON.parse(await readText(this.#files.world));
      await writeFile(this.#files.world, JSON.stringify(mergePatch(world, step.world)));
    }
    if (step.program) await writeFile(this.#files.program, JSON.stringify(step.program));
    this.#config[stack] ??= {};
    const crypter = await crypterOf(PASSPHRASE, SALT);
    for (const [key, value] of Object.entries(step.config ?? {})) {
      this.#config[stack][key] = typeof value === "string" ? value : { secure: crypter.encrypt(value.$secret) };
    }
    const settings = { encryptionsalt: SALT, config: this.#config[stack] };
    await writeFile(path.join(this.#program, `Pulumi.${stack}.yaml`), stringify(settings));
    await rm(this.#files.log, { force: true });
  }

  async #operate(step: ScenarioStep, stack: string, onEvent: (event: EngineEvent) => void) {
    const backend = path.join(this.folder, "state");
    if (step.op === "cancel") {
      await cancelLocks(backend, "recorded", stack);
      return { exitCode: 0 };
    }
    const operations = step.op === "up-with-preview" ? ["preview", "up"] : [step.op];
    let exitCode = 0;
    try {
      for (const operation of operations) {
        const result = await runOperation({
          operation: operation as OperationRequest["operation"],
          projectDirectory: this.#program,
          stack,
          backend,
          passphrase: PASSPHRASE,
          ...(!step.unordered && { parallel: 1 }),
          ...this.#options(step.flags ?? []),
          plugins: {},
          environment: {
            ...process.env,
            ...step.environment,
            RECORDED_WORLD: this.#files.world,
            RECORDED_LOG: this.#files.log,
            RECORDED_PROGRAM: this.#files.program,
          },
          onEvent,
        });
        exitCode = result.exitCode;
        if (exitCode !== 0) break;
      }
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      const cliErrors = normaliseMessage(`error: ${error.message}`, this.#places).split("\n").map((line) => line.trim());
      return { exitCode: 1, cliErrors };
    }
    return { exitCode };
  }

  #options(flags: string[]): Partial<OperationRequest> {
    const options: Partial<OperationRequest> = {};
    for (const flag of flags) {
      if (flag === "--refresh") options.refresh = true;
      else if (flag === "--clear-pending-creates") options.clearPendingCreates = true;
      else throw new EngineError(`The sandbox's engine has no ${flag}.`);
    }
    return options;
  }
}
