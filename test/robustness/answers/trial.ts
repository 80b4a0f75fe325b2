import type { Properties, Value } from "../../../provider/powershell/protocol";
import { connectTo, type Handler, handlerOf } from "./built-provider";
import { type Case, casesOf } from "./damages";
import { type Call, HostileSession } from "./hostile-session";
import { nameOf, type Operation } from "./operations";
import type { Moment, Rehearsal } from "./rehearsal";

/** Where an operation begins. */
export interface Beginning {
  operation: Operation;
  moment: Moment;
  id: string;
  olds: Record<string, unknown>;
  news: Record<string, unknown>;
}

/** How an operation ended. */
export interface Ending {
  calls: readonly Call[];
  moment: Moment;
  /** What the state would hold; undefined where it failed. */
  outputs?: unknown;
  /** What it threw, wrapped, since anything can be thrown. */
  thrown?: { error: unknown };
  /** What it printed. */
  lines: string[];
  isTooLate: boolean;
  /** Processor seconds, without those that Exchange took for an answer that was not known yet. */
  seconds: number | undefined;
}

/** Far longer than any pause in a lifecycle, and than a key takes on a machine that does much else. */
const LIMIT_MILLISECONDS = 60_000;

/** Everything before the operation itself: nothing is damaged. */
export async function prepare(exchange: Rehearsal, operation: Operation): Promise<Beginning> {
  const { kind, method, scenario } = operation;
  const moment = await exchange.begin(scenario);
  const session = new HostileSession(exchange, moment);
  connectTo(session);
  const handler = handlerOf(kind);
  const given = (args: Operation["arguments"]) => (typeof args === "function" ? args(JSON.parse(moment.text)) : args);
  const news = await checked(handler, given(operation.arguments));
  if (method === "create") return { operation, moment, id: "", olds: {}, news };
  const { id, outs = {} } = await quietly(() => handler.create(news));
  const [, change] = operation.since ?? [];
  return {
    operation,
    moment: change ? exchange.edited(session.moment, change) : session.moment,
    id,
    olds: method === "get" ? {} : (outs as Record<string, unknown>),
    news: operation.changed ? await checked(handler, given(operation.changed)) : news,
  };
}

/** Runs the operation, with a damage or as it is. */
export async function run(exchange: Rehearsal, beginning: Beginning, damage?: Case): Promise<Ending> {
  const session = new HostileSession(exchange, beginning.moment, damage);
  connectTo(session);
  const lines: string[] = [];
  const known = exchange.performed;
  const cpu = process.cpuUsage();
  const ending = await endingOf(lines, () => perform(beginning));
  session.isGivenUp = ending.isTooLate;
  const { user, system } = process.cpuUsage(cpu);
  const seconds = exchange.performed === known ? (user + system) / 1e6 : undefined;
  return { ...ending, calls: session.calls, moment: session.moment, lines, seconds };
}

/** The cases of an operation, as its undisturbed run shows them. */
export async function cases(exchange: Rehearsal, beginning: Beginning): Promise<{ undisturbed: Ending; all: Case[] }> {
  const looked: Set<string>[] = [];
  const watching = new (class extends HostileSession {
    override async invoke(cmdlet: string, parameters: Properties) {
      const seen = new Set<string>();
      looked.push(seen);
      const result = await super.invoke(cmdlet, parameters);
      return { ...result, output: result.output.map((object, index) => watched(object, index, seen)) };
    }
  })(exchange, beginning.moment);
  connectTo(watching);
  const lines: string[] = [];
  const ending = await endingOf(lines, () => perform(beginning));
  const undisturbed = { ...ending, calls: watching.calls, moment: watching.moment, lines, seconds: undefined };
  return { undisturbed, all: casesOf(beginning.operation, nameOf(beginning.operation), watching.calls, looked) };
}

/**
 * Whether Pulumi would update, at the next up, what an operation has just brought about. What it says itself is not
 * repaired yet, since a server may only have failed, is tried once more; after that nothing may be left to do.
 */
export async function isDiff(exchange: Rehearsal, beginning: Beginning, ending: Ending): Promise<boolean> {
  const { operation, news } = beginning;
  if (operation.method !== "create" && operation.method !== "update") return false;
  if (!(await differs(beginning, ending))) return false;
  const { repair, organizationId } = ending.outputs as { repair: string[]; organizationId: string };
  if (repair.length === 0) return true;
  const next: Beginning = {
    operation: { ...operation, method: "update" },
    moment: ending.moment,
    id: beginning.id || organizationId,
    olds: ending.outputs as Record<string, unknown>,
    news,
  };
  const again = await run(exchange, next);
  return again.thrown !== undefined || differs(next, again);
}

async function differs({ operation, id, news }: Beginning, { outputs }: Ending): Promise<boolean> {
  const diff = async () => handlerOf(operation.kind).diff?.(id, outputs as Record<string, unknown>, news);
  return (await quietly(diff))?.changes === true;
}

async function perform({ operation, id, olds, news }: Beginning): Promise<unknown> {
  const handler = handlerOf(operation.kind);
  switch (operation.method) {
    case "create":
      return (await handler.create(news)).outs;
    case "read":
      return (await handler.read?.(id, olds))?.props;
    case "get":
      return (await handler.read?.(id))?.props;
    case "update":
      return (await handler.update?.(id, olds, news))?.outs;
    case "delete":
      return handler.delete?.(id, olds);
  }
}

async function checked(handler: Handler, given: object): Promise<Record<string, unknown>> {
  const { inputs, failures } = (await handler.check?.({}, given as Record<string, unknown>)) ?? {};
  if (!inputs || failures?.length) throw new Error(`the trial's own arguments are wrong: ${JSON.stringify(failures)}`);
  return inputs;
}

async function endingOf(
  lines: string[],
  work: () => Promise<unknown>,
): Promise<Pick<Ending, "outputs" | "thrown" | "isTooLate">> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<"late">((resolve) => {
    timer = setTimeout(resolve, LIMIT_MILLISECONDS, "late");
  });
  try {
    const ended = await Promise.race([quietly(work, lines).then((outputs) => ({ outputs })), late]);
    return ended === "late" ? { isTooLate: true } : { outputs: ended.outputs, isTooLate: false };
  } catch (error) {
    return { thrown: { error }, isTooLate: false };
  } finally {
    clearTimeout(timer);
  }
}

/** What a handler prints is kept from the report. */
async function quietly<T>(work: () => Promise<T>, lines: string[] = []): Promise<T> {
  const { log } = console;
  console.log = (line: unknown) => void lines.push(String(line));
  try {
    return await work();
  } finally {
    console.log = log;
  }
}

/** The same object, whose properties that were looked at are written down. */
function watched(object: Value, index: number, seen: Set<string>): Value {
  if (typeof object !== "object" || object === null) return object;
  const note = (name: string | symbol) => void (typeof name === "string" && seen.add(`${index}.${name}`));
  return new Proxy(object as Properties, {
    get: (target, name, receiver) => {
      note(name);
      return Reflect.get(target, name, receiver);
    },
    getOwnPropertyDescriptor: (target, name) => {
      note(name);
      return Reflect.getOwnPropertyDescriptor(target, name);
    },
  });
}
