import type { AddCommand } from "../command";

/** A command by its words, loaded when it is run or told of: most of them load a part of the sandbox. */
export interface CommandEntry {
  words: readonly string[];
  load(): AddCommand;
}

/** Every command, in the order of the help. */
export const COMMANDS: readonly CommandEntry[] = [
  { words: ["up"], load: () => (require("./operation") as typeof import("./operation")).addUp },
  { words: ["preview"], load: () => (require("./operation") as typeof import("./operation")).addPreview },
  { words: ["refresh"], load: () => (require("./operation") as typeof import("./operation")).addRefresh },
  { words: ["destroy"], load: () => (require("./operation") as typeof import("./operation")).addDestroy },
  { words: ["outputs"], load: () => (require("./outputs") as typeof import("./outputs")).addOutputs },
  {
    words: ["stack", "export"],
    load: () => (require("./stack-export") as typeof import("./stack-export")).addStackExport,
  },
  {
    words: ["stack", "import"],
    load: () => (require("./stack-import") as typeof import("./stack-import")).addStackImport,
  },
  { words: ["reset"], load: () => (require("./reset") as typeof import("./reset")).addReset },
  { words: ["cancel"], load: () => (require("./cancel") as typeof import("./cancel")).addCancel },
  { words: ["exchange"], load: () => (require("./exchange") as typeof import("./exchange")).addExchange },
  { words: ["entra"], load: () => (require("./entra") as typeof import("./entra")).addEntra },
  { words: ["clock"], load: () => (require("./clock") as typeof import("./clock")).addClock },
  { words: ["with"], load: () => (require("./with") as typeof import("./with")).addWith },
];
