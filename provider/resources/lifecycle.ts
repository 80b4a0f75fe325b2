import type { dynamic } from "@pulumi/pulumi";
import { bounded } from "../exchange/bounded";
import { connectedExchange, connectFromConfiguration, connectionFailures } from "../exchange/connected";
import type { Exchange } from "../exchange/exchange";
import { sameText } from "../exchange/properties";
import { checkFields, type Failure, type Field, UNKNOWN } from "./check";
import { configuredKeys } from "./configured-keys";
import { Holdings } from "./holdings";
import { type Identity, lookUp } from "./look-up";
import { type CommonInputs, type CommonOutputs, perhapsAnothers } from "./outputs";
import { asOurs, withSendableErrors } from "./sendable-errors";

/** How a changed argument is carried out. */
export interface Change {
  kind: "update" | "replace";
  /** Whether the two values are the same to Exchange. */
  same(old: unknown, wanted: unknown): boolean;
}

/** What one kind of resource is. The rest (races, failures, Pulumi's own rules) is the same for all and is here. */
export interface Lifecycle<Inputs extends object, Outputs extends CommonOutputs> {
  /** What an id is, for a program that looks an object up; absent where the read refuses that. */
  identity?: Identity;
  /** The object of a delete, as a line begins: `The auth server "MicrosoftSts"`; absent where a delete changes nothing. */
  nameOf?(outputs: Outputs): string;
  /** Whether a create found exactly what it would have made itself, and what neither setup nor the hybrid wizard makes. */
  mayBeAnothers?(outputs: Outputs, inputs: Inputs): boolean;
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
  /**
   * @param leave says that the object of before stays, which is all that is done about it: another resource has it now.
   * Undefined where none has.
   */
  update(exchange: Exchange, outputs: Outputs, inputs: Inputs, leave?: () => void): Promise<Outputs>;
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

  const holdings = new Holdings();

  /** Runs a create or an update, after which the resource has its object, be it half made. */
  function change(
    method: "create" | "update",
    properties: object,
    hold: Hold,
    work: (exchange: Exchange) => Promise<Made<Outputs>>,
  ) {
    const exchange = connectedExchange();
    const holding = async () => {
      try {
        const { id, outputs } = await work(exchange);
        return { id, outputs: hold(id, outputs) };
      } catch (error) {
        if (!(error instanceof HalfMade)) throw error;
        const { id, outputs, reasons, cause } = error;
        throw new HalfMade(id, hold(id, outputs), reasons, cause);
      }
    };
    return exchange.change((written) => presented(method, properties, written, holding));
  }

  /** Says that an object stays, where another resource of the program has it; undefined where none has. */
  function leaving(id: string, outputs: Outputs): (() => void) | undefined {
    const name = lifecycle.nameOf?.(outputs);
    const taken = holdings.takenOver(id, outputs);
    return name !== undefined && taken ? () => console.log(stays(name, taken.isWhole)) : undefined;
  }

  return withSendableErrors({
    async configure({ config }) {
      connectFromConfiguration((key) => config.get(key), configuredKeys(config));
    },

    async check(olds, news) {
      const given = news as Record<string, unknown>;
      const { inputs, failures } = checkFields(lifecycle.fields, given);
      const more = failures.length === 0 ? (lifecycle.completeInputs?.(inputs) ?? []) : [];
      holdings.declared(inputs, Object.keys(olds).length === 0);
      Object.assign(inputs, lastingIn(lifecycle.lasting, olds));
      return { inputs: inputs as Inputs, failures: [...connectionFailures(), ...failures, ...more] };
    },

    async diff(id, olds, news) {
      const changed = changedArguments(lifecycle.changes, olds, news);
      const replaces = changed.filter((name) => lifecycle.changes[name]?.kind === "replace" && !isUnknown(news, name));
      const reasons = reasonsToUpdate(lifecycle, olds, news);
      tell(olds, reasons);
      const changes = changed.length > 0 || reasons.length > 0 || isForElsewhere(olds, news);
      const inputs = argumentsIn(lifecycle.fields, news);
      // Where a value is not known, the engine asks about what depends on a resource that it replaces, declared or not.
      if (!changes && !hasUnknown(inputs)) holdings.stays(id, olds, inputs);
      return { changes, replaces, deleteBeforeReplace: replaces.length > 0 };
    },

    async create(inputs) {
      const { id, outputs } = await change("create", inputs, holdings.takes, (exchange) =>
        lifecycle.create(exchange, inputs),
      );
      return { id, outs: storable(withTwinWarning(lifecycle, outputs, inputs)) };
    },

    async read(id, outputs = {} as Outputs) {
      const isLookUp = outputs.organizationId === undefined;
      const read = () => lifecycle.read(connectedExchange(), id, outputs);
      const { identity } = lifecycle;
      const found = await presented("read", outputs, [], () =>
        identity && isLookUp ? lookUp(identity, id, read) : read(),
      );
      if (!found) return {};
      if (!isLookUp) holdings.seen(found.id, found.outputs);
      const props = storable(found.outputs);
      const lasting = found.lasts ? lastingIn(lifecycle.lasting, props) : {};
      const inputs = { ...argumentsIn(lifecycle.fields, props), ...lasting };
      return { id: found.id, props, inputs: inputs as Inputs & Outputs };
    },

    async update(id, olds, news) {
      const work = async (exchange: Exchange) => {
        try {
          return { id, outputs: await lifecycle.update(exchange, olds, news, leaving(id, olds)) };
        } catch (error) {
          // What failed as a whole still has the object of before.
          if (!(error instanceof HalfMade)) holdings.has(id, olds);
          throw error;
        }
      };
      const { outputs } = await change("update", news, holdings.has, work);
      return { outs: storable(outputs) };
    },

    async delete(id, outputs) {
      const exchange = connectedExchange();
      const work = async () => {
        const leave = leaving(id, outputs);
        if (leave) return leave();
        await lifecycle.delete(exchange, outputs);
        holdings.gone(id, outputs);
      };
      await exchange.change((written) => presented("delete", outputs, written, work));
    },
  });
}

/** Notes that a resource has an object, and gives the outputs back, completed. */
type Hold = <Outputs extends CommonOutputs>(id: string, outputs: Outputs) => Outputs;

interface Made<Outputs> {
  id: string;
  outputs: Outputs;
}

/** The outputs of a create, with a warning where what it found may belong to another stack. */
function withTwinWarning<Inputs extends object, Outputs extends CommonOutputs>(
  { nameOf, mayBeAnothers }: Lifecycle<Inputs, Outputs>,
  outputs: Outputs,
  inputs: Inputs,
): Outputs {
  if (!nameOf || !mayBeAnothers?.(outputs, inputs)) return outputs;
  return { ...outputs, warnings: [...outputs.warnings, perhapsAnothers(nameOf(outputs))] };
}

/** The line about an object that another resource of the program has taken over. */
function stays(name: string, isWhole: boolean): string {
  const line = `${name} stays: another resource of this program has it now.`;
  if (isWhole) return line;
  return (
    `${line} That one does not know who made it or what it was before, so its destroy may leave it as it is; ` +
    "a resource that is given a new name or place keeps all it knows with an alias."
  );
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
  return hasUnknown((news as Record<string, unknown>)[name]);
}

function hasUnknown(value: unknown): boolean {
  return JSON.stringify(value ?? null).includes(UNKNOWN);
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

// A list of some hundred servers fits.
const SHOWN_BYTES = 8_192;

/**
 * The engine stores plain JSON, and fails, after the object was made, on anything else. What a person is shown of it has
 * a bound, whatever names Exchange gives.
 */
function storable<T extends CommonOutputs>(outputs: T): T {
  const warnings = outputs.warnings.map((warning) => ({ ...warning, text: bounded(warning.text, SHOWN_BYTES) }));
  const repair = outputs.repair.map((reason) => bounded(reason, SHOWN_BYTES));
  return JSON.parse(JSON.stringify({ ...outputs, warnings, repair })) as T;
}

/**
 * Turns what went wrong into the form in which Pulumi keeps or shows it.
 * @param method what the engine asked for.
 * @param written the cmdlets that had been carried out by then, each with what it was for.
 */
async function presented<T>(
  method: string,
  properties: object,
  written: readonly string[],
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof HalfMade) throw stored(error, properties, written);
    const known = asOurs(error, method);
    known.message += told(written);
    throw known;
  }
}

/** Pulumi loads the provider of a half-made object from `__provider` among its properties. */
function stored(error: HalfMade, properties: object, written: readonly string[]): Error {
  const { __provider } = properties as { __provider?: string };
  const reasons = error.reasons.map((reason, index) => (index === 0 ? reason + told(written) : reason));
  return Object.assign(error, { reasons, properties: { ...storable(error.outputs), __provider } });
}

/** What had been carried out before something went wrong: whoever reads of it knows what is there now. */
function told(written: readonly string[]): string {
  if (written.length === 0) return "";
  // One entry a server may be hundreds.
  const more = written.length - 2 * MOST_TOLD;
  const shown = more > 0 ? [...written.slice(0, MOST_TOLD), `${more} more`, ...written.slice(-MOST_TOLD)] : written;
  return ` Carried out before that: ${shown.join(", ")}.`;
}

const MOST_TOLD = 5;
