import type { Properties, Value } from "../../../provider/powershell/protocol";
import type { Result } from "../../../provider/powershell/session";
import type { Call, Damage } from "./hostile-session";
import type { Operation } from "./operations";
import { canBeLie, decides, isReadable } from "./readable";
import {
  FAULTS,
  WRONG_CLOCKS,
  WRONG_OBJECTS,
  WRONG_OUTPUTS,
  WRONG_RECORDS,
  WRONG_TEXTS,
  WRONG_VALUES,
  type Wrong,
} from "./wrong-values";

/** A damage, and what may follow from it. */
export interface Case extends Damage {
  id: string;
  /** What it strikes: cases of one group differ in the wrong value alone. */
  group: string;
  /** It might be the truth, so that another organisation than the true one is what the provider has to go by. */
  lie: boolean;
  /** What it says cannot be read: nothing may be done because of it. */
  unreadable: boolean;
  /** Whether it is in place of what decides about a write. */
  decides: boolean;
  /** What would be there if what is no object were passed over: the provider must not take one for the other. */
  passedOver?(result: Result): Result;
  /** The clock that the far end says. */
  clock?: Date;
}

/** Properties of a call's objects that the operation looked at, as `0.Guid`. */
export type Looked = ReadonlyArray<ReadonlySet<string>>;

type Part = Pick<Case, "lie" | "unreadable" | "decides" | "passedOver" | "clock" | "fault" | "answer"> & {
  group: string;
  wrong: string;
  lasts?: Damage["lasts"][];
};

/** Everything that is tried in one operation, as its undisturbed run went. */
export function casesOf(operation: Operation, name: string, calls: readonly Call[], looked: Looked): Case[] {
  return calls.flatMap((call, number) =>
    partsOf(operation, call, looked[number] ?? new Set()).flatMap(({ group, wrong, lasts, ...part }) =>
      (lasts ?? (["once", "always"] as const)).map((how) => ({
        ...part,
        call: number,
        lasts: how,
        group: `${number} ${call.cmdlet} ${group} ${how}`,
        id: `${name} | ${number} ${call.cmdlet} ${group} | ${wrong} ${how}`,
      })),
    ),
  );
}

const HARMLESS = { lie: false, unreadable: false, decides: false };

function partsOf(operation: Operation, call: Call, looked: ReadonlySet<string>): Part[] {
  const output = call.told?.output ?? [];
  return [
    ...output.flatMap((object, index) => objectParts(operation, call, object, index, looked)),
    ...WRONG_OUTPUTS.map(({ name, output: wrong }) => ({
      ...HARMLESS,
      group: "output",
      wrong: name,
      unreadable: true,
      answer: (result: Result) => ({ ...result, output: wrong }),
      passedOver: (result: Result) => ({ ...result, output: [] }),
    })),
    ...outputParts(call),
    ...WRONG_RECORDS.map(({ name, record }) => ({
      ...HARMLESS,
      group: "error",
      wrong: name,
      // Whether there is a proxy is told by an error, and what a server's own shell can do.
      unreadable: call.cmdlet.startsWith("Get-") && !TELLING.includes(call.cmdlet),
      answer: (result: Result) => ({ ...result, output: [], errors: [record] }),
    })),
    ...WRONG_TEXTS.map(({ name, text }) => ({
      ...HARMLESS,
      group: "warnings",
      wrong: name,
      answer: (result: Result) => ({ ...result, warnings: [text, text] }),
      lasts: ["always" as const],
    })),
    ...WRONG_CLOCKS.map(({ name, date }) => ({
      ...HARMLESS,
      group: "clock",
      wrong: name,
      clock: date,
      answer: (result: Result) => ({ ...result, now: date }),
      lasts: ["once" as const, "every" as const],
    })),
    ...FAULTS.flatMap((kind) =>
      (["before", "after"] as const).map((when) => ({
        ...HARMLESS,
        group: "fault",
        wrong: `${kind} ${when}`,
        fault: { kind, when },
      })),
    ),
  ];
}

const TELLING = ["Get-PushNotificationApp", "Get-ExSetupVersion", "Get-HybridConfiguration"];

/** Lists that are shorter, longer or in another order: each might be the truth. */
function outputParts(call: Call): Part[] {
  const changes: [string, (output: Value[]) => Value[]][] = [
    ["empty", () => []],
    ["first alone", (output) => output.slice(0, 1)],
    ["twice", (output) => [...output, ...output]],
    ["reversed", (output) => output.toReversed()],
    ["many", (output) => Array.from({ length: 5 }, () => output).flat()],
  ];
  return changes.map(([wrong, change]) => ({
    ...HARMLESS,
    lie: call.cmdlet.startsWith("Get-"),
    group: "list",
    wrong,
    answer: (result: Result) => ({ ...result, output: change(result.output) }),
  }));
}

function objectParts(
  { kind }: Operation,
  { cmdlet }: Call,
  object: Value,
  index: number,
  looked: ReadonlySet<string>,
): Part[] {
  const without = (result: Result) => ({ ...result, output: result.output.filter((_each, at) => at !== index) });
  const whole = WRONG_OBJECTS.map(({ name, value, form }) => ({
    ...HARMLESS,
    group: `${index}`,
    wrong: name,
    unreadable: true,
    answer: (result: Result) => ({ ...result, output: withObject(result.output, index, value as Value) }),
    passedOver: form === "object" ? undefined : without,
  }));
  const properties = Object.entries(object as Properties).flatMap(([name, original]) => {
    const isLookedAt = looked.has(`${index}.${name}`);
    return WRONG_VALUES.filter(({ form }) => isLookedAt || form === "object").map((wrong) => {
      const readable = isReadable(cmdlet, name, original, wrong);
      return {
        ...HARMLESS,
        group: `${index}.${name}`,
        wrong: wrong.name,
        lie: readable && canBeLie(cmdlet, name),
        unreadable: isLookedAt && !readable,
        decides: !readable && decides(kind, cmdlet, object as Properties, name),
        answer: (result: Result) => ({ ...result, output: withProperty(result.output, index, name, wrong) }),
      };
    });
  });
  return [...whole, ...properties];
}

/** A later answer may be shorter. */
function withObject(output: Value[], index: number, value: Value): Value[] {
  return index < output.length ? output.with(index, value) : output;
}

function withProperty(output: Value[], index: number, name: string, { value }: Wrong): Value[] {
  const object = output[index];
  if (typeof object !== "object" || object === null) return output;
  const damaged: Properties = Object.assign(Object.create(null), object);
  if (value === undefined) delete damaged[name];
  else damaged[name] = value;
  return withObject(output, index, damaged);
}
