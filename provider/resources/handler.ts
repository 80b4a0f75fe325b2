import type { dynamic } from "@pulumi/pulumi";
import type { ExchangeConnection } from "../configuration/exchange-connection";
import { checkFields, fixedFailures } from "./check";
import { configuredKeys } from "./configured-keys";
import { newName } from "./declared";
import {
  argumentsIn,
  changedArguments,
  hasUnknown,
  isForElsewhere,
  isUnknown,
  lastingIn,
  reasonsToUpdate,
  withoutLasting,
} from "./diff";
import { HalfMade } from "./half-made";
import { Holdings } from "./holdings";
import type { Lifecycle, Made } from "./lifecycle";
import { lookUp } from "./look-up";
import { openFor, openForState } from "./opening";
import { type CommonInputs, type CommonOutputs, perhapsAnothers } from "./outputs";
import { presented } from "./presented";
import { printLine } from "./print-line";
import { withSendableErrors } from "./sendable-errors";
import { storable } from "./storable";

/**
 * The handler that Pulumi's dynamic provider calls, as the constant provider text names it. It opens the organisation
 * for each operation, and compares it with what the state and the program say, before the lifecycle can ask for anything.
 * @param declared what the running program declares, shared by all handlers of a process.
 */
export function handlerOf<Inputs extends CommonInputs, Outputs extends CommonOutputs & CommonInputs>(
  lifecycle: Lifecycle<Inputs, Outputs>,
  connection: Pick<ExchangeConnection, "configure" | "failures" | "exchange">,
  declared = new Set<string>(),
): dynamic.ResourceProvider<Inputs, Outputs> {
  // A diff is asked for more than once in an operation: in a refresh, and for what depends on a replacement.
  const told = new Set<string>();

  function tell(outputs: Outputs, reasons: string[]): void {
    if (!lifecycle.nameOf || reasons.length === 0) return;
    tellOnce(`${lifecycle.nameOf(outputs)} is to be updated: ${reasons.join("; ")}.`);
  }

  function tellOnce(line: string): void {
    if (!told.has(line)) printLine(line);
    told.add(line);
  }

  const holdings = new Holdings();

  /** Runs a create or an update, after which the resource has its object, be it half made. */
  function change(method: "create" | "update", properties: object, hold: Hold, work: () => Promise<Made<Outputs>>) {
    const holding = async () => {
      try {
        const { id, outputs } = await work();
        return { id, outputs: hold(id, outputs) };
      } catch (error) {
        if (!(error instanceof HalfMade)) throw error;
        const { id, outputs, reasons, cause } = error;
        throw new HalfMade(id, hold(id, outputs), reasons, cause);
      }
    };
    return connection.exchange.change((written) => presented(method, properties, written, holding));
  }

  /** Says that an object stays, where another resource of the program has it; undefined where none has. */
  function leaving(id: string, outputs: Outputs): (() => void) | undefined {
    const name = lifecycle.nameOf?.(outputs);
    const taken = holdings.takenOver(id, outputs);
    return name !== undefined && taken ? () => printLine(stays(name, taken.isWhole)) : undefined;
  }

  return withSendableErrors({
    async configure({ config }) {
      connection.configure((key) => config.get(key), configuredKeys(config));
    },

    async check(olds, news) {
      const given = news as Record<string, unknown>;
      const { inputs, failures } = checkFields(lifecycle.fields, given);
      const isNew = Object.keys(olds).length === 0;
      const fixed = isNew ? [] : fixedFailures(lifecycle.fields, olds as Record<string, unknown>, inputs);
      const more = failures.length === 0 ? (lifecycle.completeInputs?.(inputs) ?? []) : [];
      holdings.declared(inputs, isNew);
      for (const name of lifecycle.declaredAs?.(inputs as Inputs) ?? []) {
        declared.add(name);
        if (isNew) declared.add(newName(name));
      }
      Object.assign(inputs, lastingIn(lifecycle.lasting, olds));
      return { inputs: inputs as Inputs, failures: [...connection.failures, ...failures, ...fixed, ...more] };
    },

    async diff(id, olds, news) {
      const changed = changedArguments(lifecycle.changes, olds, news);
      const replaces = changed.filter((name) => lifecycle.changes[name]?.kind === "replace" && !isUnknown(news, name));
      const reasons = reasonsToUpdate(lifecycle, olds, news);
      tell(olds, reasons);
      if (changed.length > 0) for (const line of lifecycle.foresee?.(olds, news, declared) ?? []) tellOnce(line);
      const changes = changed.length > 0 || reasons.length > 0 || isForElsewhere(olds, news);
      const inputs = argumentsIn(lifecycle.fields, news);
      // Where a value is not known, the engine asks about what depends on a resource that it replaces, declared or not.
      if (!changes && !hasUnknown(inputs)) holdings.stays(id, olds, inputs);
      return { changes, replaces, deleteBeforeReplace: replaces.length > 0 };
    },

    async create(inputs) {
      const work = async () => lifecycle.create(await openFor(connection.exchange, inputs), inputs);
      const { id, outputs } = await change("create", inputs, holdings.takes, work);
      return { id, outs: storable(withTwinWarning(lifecycle, outputs, inputs)) };
    },

    async read(id, outputs = {} as Outputs) {
      const { identity } = lifecycle;
      const isLookUp = outputs.organizationId === undefined;
      const read = async () =>
        lifecycle.read(await openForState(connection.exchange, id, outputs, identity), id, outputs);
      const found = await presented("read", outputs, [], () =>
        identity && isLookUp ? lookUp(identity, id, read) : read(),
      );
      if (!found) return {};
      if (!isLookUp) holdings.seen(found.id, found.outputs);
      const props = storable(found.outputs);
      const lasting = found.lasts ? lastingIn(lifecycle.lasting, props) : {};
      const inputs = { ...argumentsIn(lifecycle.fields, props), ...lasting };
      return { id: found.id, props, inputs: inputs as object as Inputs & Outputs };
    },

    async update(id, olds, news) {
      const inputs = withoutLasting(lifecycle.lasting, news);
      const work = async () => {
        try {
          const organization = await openFor(connection.exchange, inputs, olds);
          return { id, outputs: await lifecycle.update(organization, olds, inputs, leaving(id, olds), declared) };
        } catch (error) {
          // What failed as a whole still has the object of before.
          if (!(error instanceof HalfMade)) holdings.has(id, olds);
          throw error;
        }
      };
      const { outputs } = await change("update", inputs, holdings.has, work);
      return { outs: storable(outputs) };
    },

    async delete(id, outputs) {
      const work = async () => {
        const leave = leaving(id, outputs);
        if (leave) return leave();
        const organization = await openForState(connection.exchange, id, outputs, lifecycle.identity);
        await lifecycle.delete?.(organization, outputs, declared);
        holdings.gone(id, outputs);
      };
      await connection.exchange.change((written) => presented("delete", outputs, written, work));
    },
  });
}

/** Notes that a resource has an object, and gives the outputs back, completed. */
type Hold = <Outputs extends CommonOutputs>(id: string, outputs: Outputs) => Outputs;

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
  const line = `${name} stays: another resource of this program manages it now.`;
  if (isWhole) return line;
  return (
    `${line} That resource does not know who created it or its former values, so its destroy may leave ` +
    "it as it is; with an alias, a resource that is renamed or moved keeps what it knows."
  );
}
