import { isDeepStrictEqual } from "node:util";
import type { dynamic } from "@pulumi/pulumi";
import type { Properties, Value } from "../../../../provider/powershell/protocol";
import type { Result, Session } from "../../../../provider/powershell/session";
import { NOW, object } from "../../exchange/recording-session";

/** A cmdlet that was sent, with its parameters, and its output, or the class of the exception that it answered with. */
export type Exchanged = [cmdlet: string, parameters: Record<string, Value>, output: Record<string, Value>[] | string];

/** One call of the engine, what was sent because of it, and what came of it. */
export interface Step {
  method: "create" | "read" | "diff" | "update" | "delete";
  /** Arguments of the program that differ from the journey's, from here on. */
  inputs?: object;
  conversation: Exchanged[];
  /** For a diff whether there are changes; else the outputs that changed, null for one that is absent now. None at all: null. */
  answer: boolean | Record<string, unknown> | null;
  /** Whether the outputs are those of an object that is half made. */
  isHalfMade?: true;
  printed: string[];
}

/** What a stack did, from its beginning or from a state that an earlier version left. */
export interface Journey {
  title: string;
  id: string;
  /** The program's checked arguments. */
  inputs: object;
  state?: State;
  steps: Step[];
}

export type State = Record<string, unknown>;

/** A far end as it is asked in one step. */
export interface FarEnd extends Session {
  readonly conversation: Exchanged[];
}

/** A far end that answers by this function, and keeps the conversation. */
export function farEnd(answer: (cmdlet: string, parameters: Properties, index: number) => Exchanged[2]): FarEnd {
  const conversation: Exchanged[] = [];
  return {
    conversation,
    busy: false,
    async invoke(cmdlet, parameters): Promise<Result> {
      const output = answer(cmdlet, parameters, conversation.length);
      conversation.push([cmdlet, parameters, output]);
      const told = { warnings: [], now: NOW };
      if (typeof output === "string") return { ...told, output: [], errors: [record(output, cmdlet)] };
      return { ...told, output: output.map(object), errors: [] };
    },
    async close() {},
  };
}

/** What a call gave: the outputs as the state stores them, undefined for none; for a diff whether there are changes. */
export interface Given {
  id: string;
  outputs?: State;
  changes?: boolean;
  isHalfMade?: true;
}

/** Calls a handler as the engine does. */
export async function call(
  handler: dynamic.ResourceProvider,
  method: Step["method"],
  id: string,
  state: State | undefined,
  inputs: object,
): Promise<Given> {
  try {
    switch (method) {
      case "create": {
        const { id, outs } = await handler.create(inputs);
        return { id, outputs: outs };
      }
      case "read": {
        const read = await handler.read?.(id, state);
        return { id: read?.id ?? id, outputs: read?.props };
      }
      case "diff":
        return { id, outputs: state, changes: (await handler.diff?.(id, state, inputs))?.changes };
      case "update":
        return { id, outputs: (await handler.update?.(id, state, inputs))?.outs };
      case "delete":
        await handler.delete?.(id, state);
        return { id };
    }
  } catch (error) {
    if (!isHalfMade(error)) throw error;
    const { __provider, ...outputs } = error.properties;
    return { id: error.id, outputs, isHalfMade: true };
  }
}

/** What a call gave, in the form of a step's answer. */
export function answerOf({ outputs, changes }: Given, former: State = {}): Step["answer"] {
  if (changes !== undefined) return changes;
  if (outputs === undefined) return null;
  const names = Object.keys({ ...former, ...outputs }).filter(
    (name) => !isDeepStrictEqual(former[name], outputs[name]),
  );
  return Object.fromEntries(names.map((name) => [name, outputs[name] ?? null]));
}

function isHalfMade(error: unknown): error is Error & { id: string; properties: State } {
  return error instanceof Error && error.name === "HalfMade";
}

function record(reason: string, cmdlet: string) {
  const fullyQualifiedErrorId = `[Server=MBX1] [FailureCategory=Cmdlet-${reason}] 4B953CE,${cmdlet}`;
  return { reason, category: "NotSpecified", fullyQualifiedErrorId, target: "", message: "" };
}
