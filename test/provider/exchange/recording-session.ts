import type { ErrorRecord, Properties, Value } from "../../../provider/powershell/protocol";
import type { Result, Session } from "../../../provider/powershell/session";

/** One call as the session was asked for it. */
export interface Call {
  cmdlet: string;
  parameters: Properties;
  timeoutSeconds: number;
}

/** What a cmdlet is answered with: the parts of a result that matter, an error to throw, or either by its parameters. */
export type Answer = Partial<Result> | Error | ((parameters: Properties) => Partial<Result> | Error);

/** The far end's clock in every answer. */
export const NOW = new Date("2026-11-24T12:00:00Z");

/** A session that answers from a table by cmdlet and keeps what it was asked; several answers are used up in turn. */
export class RecordingSession implements Session {
  readonly calls: Call[] = [];
  readonly busy = false;
  readonly #answers: Map<string, Answer[]>;

  constructor(answers: Record<string, Answer | Answer[]>) {
    this.#answers = new Map(Object.entries(answers).map(([cmdlet, given]) => [cmdlet, [given].flat()]));
  }

  async invoke(
    cmdlet: string,
    parameters: Properties,
    { timeoutSeconds }: { timeoutSeconds: number },
  ): Promise<Result> {
    this.calls.push({ cmdlet, parameters, timeoutSeconds });
    const answers = this.#answers.get(cmdlet);
    const answer = answers && (answers.length > 1 ? answers.shift() : answers[0]);
    if (answer === undefined) throw new Error(`the test has no answer for ${cmdlet}`);
    const result = typeof answer === "function" ? answer(parameters) : answer;
    if (result instanceof Error) throw result;
    return { output: [], warnings: [], errors: [], now: NOW, ...result };
  }

  async close(): Promise<void> {
    this.calls.push({ cmdlet: "close", parameters: {}, timeoutSeconds: 0 });
  }

  /** The cmdlets in the order of their calls. */
  get cmdlets(): string[] {
    return this.calls.map(({ cmdlet }) => cmdlet);
  }

  /** The calls of one cmdlet, by their parameters. */
  parametersOf(cmdlet: string): Properties[] {
    return this.calls.filter((call) => call.cmdlet === cmdlet).map(({ parameters }) => parameters);
  }
}

/** An object of a cmdlet's output, without a prototype as the protocol delivers it. */
export function object(properties: Record<string, Value>): Properties {
  return Object.assign(Object.create(null), properties);
}

/** The answer of a cmdlet that wrote an error record, in Exchange's form. */
export function failure(reason: string, category: string, cmdletType: string): Partial<Result> {
  const record: ErrorRecord = {
    reason,
    category,
    fullyQualifiedErrorId: `[Server=MBX1,RequestId=1,TimeStamp=2] [FailureCategory=Cmdlet-${reason}] 4B953CE,Microsoft.Exchange.${cmdletType}`,
    target: "",
    message: "Es geht nicht.",
  };
  return { errors: [record] };
}
