import type { Exchange } from "../../provider/exchange/exchange";
import type { Lifecycle, Made } from "../../provider/resources/lifecycle";
import { openFor, openForState } from "../../provider/resources/opening";
import type { CommonInputs, CommonOutputs } from "../../provider/resources/outputs";

interface Opened<Inputs extends object, Outputs extends CommonOutputs>
  extends Pick<Lifecycle<Inputs, Outputs>, "reasons" | "nameOf" | "expired" | "mayBeAnothers"> {
  create(exchange: Exchange, inputs: Inputs): Promise<Made<Outputs>>;
  read(
    exchange: Exchange,
    id: string,
    olds: Partial<Outputs>,
  ): Promise<(Made<Outputs> & { lasts?: boolean }) | undefined>;
  update(exchange: Exchange, olds: Outputs, inputs: Inputs, declared?: ReadonlySet<string>): Promise<Outputs>;
  /** @param declared the kinds that the running program declares. @default none, as in a destroy */
  delete(exchange: Exchange, olds: Outputs, declared?: ReadonlySet<string>): Promise<void>;
}

/** A lifecycle's operations as the handler runs them, which opens the organisation for each. */
export function opened<Inputs extends CommonInputs, Outputs extends CommonOutputs & CommonInputs>(
  lifecycle: Lifecycle<Inputs, Outputs>,
): Opened<Inputs, Outputs> {
  return {
    ...lifecycle,
    create: async (exchange: Exchange, inputs: Inputs) => lifecycle.create(await openFor(exchange, inputs), inputs),
    read: async (exchange: Exchange, id: string, olds: Partial<Outputs>) =>
      lifecycle.read(await openForState(exchange, id, olds, lifecycle.identity), id, olds),
    update: async (exchange: Exchange, olds: Outputs, inputs: Inputs, declared: ReadonlySet<string> = new Set()) =>
      lifecycle.update(await openFor(exchange, inputs, olds), olds, inputs, undefined, declared),
    delete: async (exchange: Exchange, olds: Outputs, declared: ReadonlySet<string> = new Set()) => {
      const organization = await openForState(exchange, "", olds, lifecycle.identity);
      await lifecycle.delete?.(organization, olds, declared);
    },
  };
}
