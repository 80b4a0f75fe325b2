import type { Command, RawCommand } from "../command";

/** A command by its name, loaded when it is run or told of: most of them load a part of the sandbox. */
export interface CommandEntry {
  name: string;
  load(): Command | RawCommand;
}

/** Every command, in the order of the help. */
export const COMMANDS: readonly CommandEntry[] = [
  { name: "up", load: () => (require("./operation") as typeof import("./operation")).UP },
  { name: "preview", load: () => (require("./operation") as typeof import("./operation")).PREVIEW },
  { name: "refresh", load: () => (require("./operation") as typeof import("./operation")).REFRESH },
  { name: "destroy", load: () => (require("./operation") as typeof import("./operation")).DESTROY },
  { name: "outputs", load: () => (require("./outputs") as typeof import("./outputs")).OUTPUTS },
  { name: "stack export", load: () => (require("./stack-export") as typeof import("./stack-export")).STACK_EXPORT },
  { name: "stack import", load: () => (require("./stack-import") as typeof import("./stack-import")).STACK_IMPORT },
  { name: "reset", load: () => (require("./reset") as typeof import("./reset")).RESET },
  { name: "cancel", load: () => (require("./cancel") as typeof import("./cancel")).CANCEL },
  { name: "exchange", load: () => (require("./exchange") as typeof import("./exchange")).EXCHANGE },
  { name: "entra", load: () => (require("./entra") as typeof import("./entra")).ENTRA },
  { name: "with", load: () => (require("./with") as typeof import("./with")).WITH },
];
