import type { EngineEvent, OperationResult } from "pulumi-local-engine";
import { hints } from "../hints";
import { Display, type DisplayOptions } from "./display";
import { outputLines, withoutEmpty } from "./outputs";
import { Screen } from "./screen";
import { styleOf } from "./style";

/** Where an operation tells what it does. */
export interface Report {
  /** Tells something that is not about one resource. */
  say(line: string): void;
  event(event: EngineEvent): void;
  /** Tells what the stack has now, and what was done. */
  conclude(result: OperationResult, options: { showsOutputs: boolean }): void;
  /** Nothing more will be told: what was drawn goes away. */
  close(): void;
}

// Ten times a second is smooth enough for an eye, and cheap.
const TICK_MILLISECONDS = 100;

/** For people: lines, and on a terminal what is being done now. */
export function reportForPeople(
  stdout: NodeJS.WriteStream,
  environment: NodeJS.ProcessEnv,
  options: Pick<DisplayOptions, "isRefresh" | "showsValues">,
): Report {
  const redraws = stdout.isTTY === true && environment.TERM !== "dumb";
  const screen = new Screen(stdout, redraws);
  const display = new Display({ ...options, redraws, style: styleOf(stdout, environment), began: Date.now() });
  const show = (lines: readonly string[]) => screen.show(lines, display.running(Date.now()));
  const timer = setInterval(() => show(display.tick(Date.now())), TICK_MILLISECONDS);
  const close = () => {
    clearInterval(timer);
    screen.show([]);
  };
  return {
    say: (line) => show([line]),
    event: (event) => show(display.event(event, Date.now())),
    conclude: ({ outputs, succeeded }, { showsOutputs }) => {
      const table = showsOutputs && succeeded ? outputLines(withoutEmpty(outputs)) : [];
      const section = table.length === 0 ? [] : ["", "Outputs:", ...table];
      screen.show([...section, "", ...display.summary(Date.now()), ...hints(display.changedTypes)]);
    },
    close,
  };
}

/** For programs: the events alone on standard output, one JSON object a line; what is said goes to standard error. */
export function reportForPrograms(stdout: NodeJS.WriteStream, stderr: NodeJS.WriteStream): Report {
  return {
    say: (line) => stderr.write(`${line}\n`),
    event: (event) => stdout.write(`${JSON.stringify(event)}\n`),
    conclude: () => undefined,
    close: () => undefined,
  };
}
