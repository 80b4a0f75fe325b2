import type { Properties } from "../../../provider/powershell/protocol";
import type { Result, Session } from "../../../provider/powershell/session";
import { errors, protocol } from "./built-provider";
import type { Moment, Rehearsal } from "./rehearsal";
import type { FAULTS } from "./wrong-values";

/** One call, as Exchange was asked for it. */
export interface Call {
  cmdlet: string;
  parameters: Properties;
  /** What the provider was told. */
  told: Result | undefined;
  /** Whether the organisation is another one afterwards. */
  changed: boolean;
  /** Whether what the provider was told is not what Exchange answered. */
  damaged: boolean;
}

/** What goes wrong between Exchange and the provider. */
export interface Damage {
  /** The number of the call that it begins with. */
  call: number;
  /** Whether later calls of the same cmdlet are answered so, too; `every` for all later calls. */
  lasts: "once" | "always" | "every";
  /** The call is not carried out, or its answer does not arrive. */
  fault?: { kind: (typeof FAULTS)[number]; when: "before" | "after" };
  answer?(result: Result): Result;
}

/** An operation asked for more than it can need: the trial stops it. */
export class Stopped extends Error {
  override readonly name = "Stopped";
}

/** An operation that asks for more has no end. Making a certificate in ten servers takes about a hundred calls. */
const MAXIMUM_CALLS = 400;

/** A session between a handler and the sandbox's Exchange, which passes on what it is told to. */
export class HostileSession implements Session {
  readonly busy = false;
  readonly calls: Call[] = [];
  moment: Moment;
  /** Whether nobody waits for the operation any more: it shall not go on beside the next one. */
  isGivenUp = false;
  readonly #exchange: Rehearsal;
  readonly #damage: Damage | undefined;

  constructor(exchange: Rehearsal, moment: Moment, damage?: Damage) {
    this.#exchange = exchange;
    this.moment = moment;
    this.#damage = damage;
  }

  async invoke(cmdlet: string, parameters: Properties): Promise<Result> {
    const damage = this.#striking(cmdlet);
    const call: Call = { cmdlet, parameters, told: undefined, changed: false, damaged: damage !== undefined };
    this.calls.push(call);
    if (this.isGivenUp) throw new Stopped("it went on after its time");
    if (this.calls.length > MAXIMUM_CALLS) throw new Stopped(`more than ${MAXIMUM_CALLS} calls`);
    if (damage?.fault?.when === "before") throw faultOf(damage.fault.kind, cmdlet);
    const { result, after } = await this.#exchange.ask(this.moment, cmdlet, parameters);
    call.changed = after !== this.moment;
    this.moment = after;
    if (damage?.fault) throw faultOf(damage.fault.kind, cmdlet);
    // As it comes out of a frame: objects have no prototype.
    const output = result.output.map((value) => protocol.decode(protocol.encode(value)));
    call.told = damage?.answer?.({ ...result, output }) ?? { ...result, output };
    return call.told;
  }

  async close(): Promise<void> {}

  #striking(cmdlet: string): Damage | undefined {
    const damage = this.#damage;
    const number = this.calls.length;
    if (!damage || number < damage.call) return undefined;
    const isFirst = number === damage.call;
    const isLike =
      damage.lasts === "every" || (damage.lasts === "always" && this.calls[damage.call]?.cmdlet === cmdlet);
    return isFirst || isLike ? damage : undefined;
  }
}

function faultOf(kind: (typeof FAULTS)[number], cmdlet: string): Error {
  const outcomeUnknown = !cmdlet.startsWith("Get-");
  return new errors[kind]({ doing: `running ${cmdlet}`, answer: "nothing came", next: "try again", outcomeUnknown });
}
