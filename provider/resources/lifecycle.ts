import type { dynamic } from "@pulumi/pulumi";
import { connectedExchange, connectFromConfiguration, connectionFailures } from "../exchange/connected";
import { ExchangeError } from "../exchange/errors";
import type { Exchange } from "../exchange/exchange";
import { sameText } from "../exchange/properties";
import { checkFields, type Failure, type Field, UNKNOWN } from "./check";
import type { CommonInputs, CommonOutputs } from "./outputs";

/** How a changed argument is carried out. */
export interface Change {
  kind: "update" | "replace";
  /** Whether the two values are the same to Exchange. */
  same(old: unknown, wanted: unknown): boolean;
}

/** What one kind of resource is. The rest (races, failures, Pulumi's own rules) is the same for all and is here. */
export interface Lifecycle<Inputs extends object, Outputs extends CommonOutputs> {
  /** The object, as a line begins: `The auth server "MicrosoftSts"`; absent where nothing is ever mended. */
  nameOf?(outputs: Outputs): string;
  fields: Record<string, Field>;
  /** Further faults, and arguments that follow from others. May change `inputs`; values may be unknown. */
  completeInputs?(inputs: Record<string, unknown>): Failure[];
  /** The arguments whose change matters, compared with the outputs of the same name. All others are no diff. */
  changes: Record<string, Change>;
  lasting?: Lasting;
  /** What has to be mended by our own clock; the update decides again by Exchange's. */
  expired?(outputs: Outputs, now: Date): boolean;
  /** Further reasons for an update, a few words each. Exchange is not asked. */
  reasons?(outputs: Outputs, inputs: Inputs): string[];
  create(exchange: Exchange, inputs: Inputs): Promise<{ id: string; outputs: Outputs }>;
  /**
   * Returns undefined when the object is gone; `lasts` where the next update will leave the lasting outputs as they are.
   * @param outputs those in state; only the id is known where a program looks an object up (`.get`).
   */
  read(
    exchange: Exchange,
    id: string,
    outputs: Partial<Outputs>,
  ): Promise<{ id: string; outputs: Outputs; lasts?: boolean } | undefined>;
  update(exchange: Exchange, outputs: Outputs, inputs: Inputs): Promise<Outputs>;
  delete(exchange: Exchange, outputs: Outputs): Promise<void>;
}

/**
 * Outputs that a mend leaves as they are. In the preview of an update a program knows the resource's inputs and none of
 * its other outputs (recorded: golden/preview-unknowns.json), so a read that finds a mend keeps these among the inputs,
 * and so does check: what depends on them then previews no change. The next read that finds nothing takes them out.
 */
export interface Lasting {
  names: readonly string[];
  /** Whether they will change after all, by our own clock. */
  isOver(values: Record<string, unknown>, now: Date): boolean;
}

/** An object that exists but is not complete: the engine keeps it, and the next update completes it. */
export class HalfMade extends Error {
  /**
   * @param outputs what is known of it, `repair` included.
   * @param reasons what a person is shown; Pulumi drops the message itself.
   */
  constructor(
    readonly id: string,
    readonly outputs: CommonOutputs,
    readonly reasons: string[],
    cause: unknown,
  ) {
    super(reasons.join("; "), { cause });
    this.name = "HalfMade";
  }
}

/** The handler that Pulumi's dynamic provider calls, as the constant provider text names it. */
export function handlerOf<Inputs extends object, Outputs extends CommonOutputs>(
  lifecycle: Lifecycle<Inputs, Outputs>,
): dynamic.ResourceProvider<Inputs, Outputs> {
  // A diff is asked for more than once in an operation: in a refresh, and for what depends on a replacement.
  const told = new Set<string>();

  function tell(outputs: Outputs, reasons: string[]): void {
    if (!lifecycle.nameOf || reasons.length === 0) return;
    const line = `${lifecycle.nameOf(outputs)} is to be updated: ${reasons.join("; ")}.`;
    if (!told.has(line)) console.log(line);
    told.add(line);
  }

  return {
    async configure({ config }) {
      connectFromConfiguration((key) => config.get(key));
    },

    async check(olds, news) {
      const given = news as Record<string, unknown>;
      const { inputs, failures } = checkFields(lifecycle.fields, given);
      const more = failures.length === 0 ? (lifecycle.completeInputs?.(inputs) ?? []) : [];
      Object.assign(inputs, lastingIn(lifecycle.lasting, olds));
      return { inputs: inputs as Inputs, failures: [...connectionFailures(), ...failures, ...more] };
    },

    async diff(_id, olds, news) {
      const changed = changedArguments(lifecycle.changes, olds, news);
      const replaces = changed.filter((name) => lifecycle.changes[name]?.kind === "replace" && !isUnknown(news, name));
      const reasons = reasonsToUpdate(lifecycle, olds, news);
      tell(olds, reasons);
      const changes = changed.length > 0 || reasons.length > 0 || isForElsewhere(olds, news);
      return { changes, replaces, deleteBeforeReplace: replaces.length > 0 };
    },

    async create(inputs) {
      const exchange = connectedExchange();
      const { id, outputs } = await presented(inputs, () => exchange.change(() => lifecycle.create(exchange, inputs)));
      return { id, outs: storable(outputs) };
    },

    async read(id, outputs = {} as Outputs) {
      const exchange = connectedExchange();
      const found = await presented(outputs, () => lifecycle.read(exchange, id, outputs));
      if (!found) return {};
      const props = storable(found.outputs);
      const lasting = found.lasts ? lastingIn(lifecycle.lasting, props) : {};
      const inputs = { ...argumentsIn(lifecycle.fields, props), ...lasting };
      return { id: found.id, props, inputs: inputs as Inputs & Outputs };
    },

    async update(_id, olds, news) {
      const exchange = connectedExchange();
      const outputs = await presented(news, () => exchange.change(() => lifecycle.update(exchange, olds, news)));
      return { outs: storable(outputs) };
    },

    async delete(_id, outputs) {
      const exchange = connectedExchange();
      await presented(outputs, () => exchange.change(() => lifecycle.delete(exchange, outputs)));
    },
  };
}

function changedArguments(changes: Record<string, Change>, olds: object, news: object): string[] {
  const old = olds as Record<string, unknown>;
  const wanted = news as Record<string, unknown>;
  return Object.entries(changes)
    .filter(([name, { same }]) => wanted[name] === UNKNOWN || !same(old[name], wanted[name]))
    .map(([name]) => name);
}

/** Why there is an update though no argument changed. */
function reasonsToUpdate<Inputs extends object, Outputs extends CommonOutputs>(
  lifecycle: Lifecycle<Inputs, Outputs>,
  olds: Outputs,
  news: Inputs,
): string[] {
  const expired = lifecycle.expired?.(olds, new Date()) ? ["expired"] : [];
  return [...new Set([...olds.repair, ...expired, ...(lifecycle.reasons?.(olds, news) ?? [])])];
}

/**
 * Whether the program declares another organisation than the state's: the update refuses. Otherwise nothing would be
 * called, and what is new in the stack would be made in an organisation that it is not meant for.
 */
function isForElsewhere(olds: CommonOutputs, news: CommonInputs): boolean {
  const { expectedOrganizationId: expected } = news;
  return expected !== undefined && expected !== UNKNOWN && !sameText(olds.organizationId, expected);
}

/** A value that is not yet known, or a part of it, may turn out to be the old one: it never makes us replace anything. */
function isUnknown(news: object, name: string): boolean {
  return JSON.stringify((news as Record<string, unknown>)[name] ?? null).includes(UNKNOWN);
}

/** The outputs of the arguments' names: what the program would have to say to get what is there. */
function argumentsIn(fields: Record<string, Field>, outputs: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(outputs).filter(([name]) => name in fields));
}

/** The lasting outputs among these values; none where one is missing, or where they will change after all. */
function lastingIn(lasting: Lasting | undefined, values: object): Record<string, unknown> {
  const known = values as Record<string, unknown>;
  if (!lasting?.names.every((name) => known[name] !== undefined) || lasting.isOver(known, new Date())) return {};
  return Object.fromEntries(lasting.names.map((name) => [name, known[name]]));
}

/** The engine stores plain JSON, and fails, after the object was made, on anything else. */
function storable<T extends object>(outputs: T): T {
  return JSON.parse(JSON.stringify(outputs)) as T;
}

/** Turns what went wrong into the form in which Pulumi keeps or shows it. */
async function presented<T>(properties: object, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof HalfMade) throw withProvider(error, properties);
    // Pulumi's dynamic provider prints a read's or delete's stack after its message: ours say what there is to say.
    if (error instanceof ExchangeError) error.stack = "";
    throw error;
  }
}

/** Pulumi loads the provider of a half-made object from `__provider` among its properties. */
function withProvider(error: HalfMade, properties: object): Error {
  const { __provider } = properties as { __provider?: string };
  return Object.assign(error, { properties: { ...storable(error.outputs), __provider } });
}
