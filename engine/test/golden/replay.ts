// Replays scenarios with this engine and builds recordings as record.js does with Pulumi's own CLI.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { stringify } from "yaml";
import {
  cancelLocks,
  EngineError,
  type EngineEvent,
  importStack,
  type OperationRequest,
  readStack,
  runOperation,
} from "../..";
import { crypterOf } from "../../state/passphrase";
import { optionsOf } from "./options";

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
  signal?: { when: { method: string; name: string }; send: "SIGINT" | "SIGKILL"; again?: number; patience?: number };
}

export interface Scenario {
  name: string;
  about: string;
  steps: ScenarioStep[];
}

export type Recording = Record<string, Json | undefined>;

// One salt for all stacks, so that the key is derived once (a second of work).
export const PASSPHRASE = "password";
export const SALT = "v1:fozI5u6B030=:v1:F+6ZduKKd8G0/V7L:PGMFeIzwobWRKmEAzUdaQHqC5mMRIQ==";

const repository = path.resolve(__dirname, "..", "..", "..");
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

/** The recordings of a scenario's steps. @param exported the state that the stack has before them. @default none */
export async function replay(scenario: Scenario, exported?: unknown): Promise<Recording[]> {
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), "golden-")));
  try {
    const place = new Workplace(folder);
    await place.prepare();
    if (exported !== undefined) await place.import(exported);
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

  async import(exported: unknown): Promise<void> {
    const [projectDirectory, backend] = [this.#program, path.join(this.folder, "state")];
    await importStack({ projectDirectory, stack: "test", backend, passphrase: PASSPHRASE, exported });
  }

  async run(step: ScenarioStep): Promise<Recording> {
    const stack = step.stack ?? "test";
    await this.#prepareStep(step, stack);
    const events: EngineEvent[] = [];
    const { exitCode, cliErrors } = await this.#operate(step, stack, events);

    const seen = normaliseEvents(events.map((event) => JSON.stringify(event)).join("\n"), this.#places);
    const calls = normaliseCalls(await readText(this.#files.log));
    const contents = await readStack(path.join(this.folder, "state"), "recorded", stack, PASSPHRASE);
    const state = normaliseState({
      deployment: {
        resources: contents?.deployment.resources ?? [],
        pending_operations: contents?.deployment.pendingOperations ?? [],
      },
    });
    const result = exitCode === undefined ? "killed" : exitCode === 0 ? "succeeded" : "failed";
    const recording: Recording = { op: step.op, result, exitCode };
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

  async #operate(step: ScenarioStep, stack: string, events: EngineEvent[]): Promise<Outcome> {
    const backend = path.join(this.folder, "state");
    if (step.op === "cancel") {
      await cancelLocks(backend, "recorded", stack);
      return { exitCode: 0 };
    }
    if (step.signal?.send === "SIGKILL") return this.#operateAndKill(step, stack, step.signal, events);
    const operations = step.op === "up-with-preview" ? ["preview", "up"] : [step.op];
    let exitCode = 0;
    try {
      for (const operation of operations) {
        // The event log is that of the last operation.
        events.length = 0;
        const request = this.#request(step, stack, operation as OperationRequest["operation"]);
        const run = (signals: Signals) =>
          runOperation({ ...request, ...signals, onEvent: (event) => events.push(event) });
        const result = step.signal ? await this.#interrupted(step.signal, run) : await run({});
        exitCode = result.exitCode;
        if (exitCode !== 0) break;
      }
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      const lines = normaliseMessage(`error: ${error.message}`, this.#places).split("\n");
      return { exitCode: 1, cliErrors: lines.map((line) => line.trim()) };
    }
    return { exitCode };
  }

  #request(step: ScenarioStep, stack: string, operation: OperationRequest["operation"]) {
    return {
      operation,
      projectDirectory: this.#program,
      stack,
      backend: path.join(this.folder, "state"),
      passphrase: PASSPHRASE,
      ...(!step.unordered && { parallel: 1 }),
      ...optionsOf(step.flags ?? []),
      plugins: {},
      environment: {
        ...process.env,
        ...step.environment,
        RECORDED_WORLD: this.#files.world,
        RECORDED_LOG: this.#files.log,
        RECORDED_PROGRAM: this.#files.program,
      },
    };
  }

  /** Settles 300 ms after the awaited call has been logged, as record.js does; rejects once `over` is aborted. */
  async #awaitCall({ when }: Signal, over: AbortSignal): Promise<void> {
    const isAwaited = (line: string) => {
      const call = JSON.parse(line);
      return call.method === when.method && (call.inputs ?? call.news ?? {}).name === when.name;
    };
    while (!(await readText(this.#files.log)).split("\n").filter(Boolean).some(isAwaited)) await delay(20, undefined, { signal: over });
    await delay(300, undefined, { signal: over });
  }

  /** Sends the signals of a step while it runs; the replay of a step that ends before is a failure. */
  async #interrupted(signal: Signal, run: (signals: Signals) => Promise<{ exitCode: number }>) {
    const [first, second, over] = [new AbortController(), new AbortController(), new AbortController()];
    const send = async () => {
      await this.#awaitCall(signal, over.signal);
      first.abort();
      if (signal.again === undefined) return;
      await delay(signal.again, undefined, { signal: over.signal });
      second.abort();
    };
    const sent = send();
    sent.catch(() => undefined);
    const result = await run({ interrupted: first.signal, terminated: second.signal });
    over.abort();
    await sent;
    return result;
  }

  /** Kills the engine's process, as a user may kill the CLI. */
  async #operateAndKill(step: ScenarioStep, stack: string, signal: Signal, events: EngineEvent[]): Promise<Outcome> {
    const [requestFile, eventFile] = [path.join(this.folder, "request.json"), path.join(this.folder, "events.log")];
    await writeFile(requestFile, JSON.stringify(this.#request(step, stack, step.op as OperationRequest["operation"])));
    const child = spawn(process.execPath, ["--require", "tsx/cjs", path.join(__dirname, "run-operation.ts"), requestFile, eventFile], {
      cwd: repository,
      stdio: ["ignore", "inherit", "inherit"],
    });
    const over = new AbortController();
    const ended = once(child, "exit").finally(() => over.abort());
    await this.#awaitCall(signal, over.signal);
    child.kill("SIGKILL");
    await ended;
    for (const line of (await readText(eventFile)).split("\n").filter(Boolean)) events.push(JSON.parse(line));
    // What the provider had under way ends, and some seconds later the provider itself.
    const calls = await readText(this.#files.log);
    while (!(await readText(this.#files.log)).includes('"method":"signal"')) await delay(100);
    await writeFile(this.#files.log, calls);
    return {};
  }
}

type Signals = Pick<OperationRequest, "interrupted" | "terminated">;
type Signal = NonNullable<ScenarioStep["signal"]>;

/** Without an exit code the engine was killed. */
interface Outcome {
  exitCode?: number;
  cliErrors?: string[];
}
