import path from "node:path";
import type { Stack } from "../kills/stack";
import type { Random } from "../random";
import { damagesOf, type FileDamage } from "./damages";

/** One damaged file, and one command that needs it. */
export interface FileCase {
  id: string;
  damage: FileDamage;
  fileOf(stack: Stack): string;
  words(stack: Stack): string[];
  /** Whether the command sets aside what it cannot read, and says so. */
  putsAside: boolean;
  /** Whether the sandbox wrote the file, and its user has never looked into it. */
  isOurs: boolean;
}

interface Kind {
  name: string;
  form: "stack" | "json" | "yaml";
  isOurs: boolean;
  fileOf(stack: Stack): string;
  commands: ((stack: Stack) => string[])[];
}

const say =
  (...words: string[]) =>
  () =>
    words;

/** Every file that the command line reads, with the commands that read it. */
const KINDS: Kind[] = [
  {
    name: "the state of the stack",
    form: "stack",
    isOurs: true,
    fileOf: ({ stackFile }) => stackFile,
    commands: [say("outputs"), say("stack", "export"), say("preview"), say("up"), say("refresh"), say("destroy")],
  },
  {
    name: "the organisation",
    form: "json",
    isOurs: true,
    fileOf: ({ home }) => path.join(home, "exchange.json"),
    commands: [
      say("exchange", "Get-AuthConfig"),
      say("exchange", "Get-ExchangeCertificate"),
      say("up"),
      say("refresh"),
      say("reset"),
    ],
  },
  {
    name: "the tenant",
    form: "json",
    isOurs: true,
    fileOf: ({ home }) => path.join(home, "entra.json"),
    commands: [say("entra"), say("up"), say("reset")],
  },
  {
    name: "the configuration",
    form: "yaml",
    isOurs: false,
    fileOf: ({ project }) => path.join(project, "Pulumi.dev.yaml"),
    commands: [say("preview"), say("up")],
  },
  {
    name: "the project",
    form: "yaml",
    isOurs: false,
    fileOf: ({ project }) => path.join(project, "Pulumi.yaml"),
    commands: [say("outputs"), say("cancel"), say("preview")],
  },
  {
    name: "a scenario",
    form: "json",
    isOurs: false,
    fileOf: ({ project }) => path.join(project, "scenario.json"),
    commands: [(stack) => ["reset", "--scenario", path.join(stack.project, "scenario.json")]],
  },
  {
    name: "an export",
    form: "json",
    isOurs: false,
    fileOf: ({ project }) => path.join(project, "export.json"),
    commands: [(stack) => ["stack", "import", "--file", path.join(stack.project, "export.json")]],
  },
];

/** Every file with every damage and every command, in an order that the chance gives: each command before any again. */
export function allFileCases(random: Random): FileCase[] {
  const groups = KINDS.flatMap(({ name, form, isOurs, fileOf, commands }) =>
    commands.map((words) => {
      const command = words({ project: "" } as Stack).join(" ");
      const cases = damagesOf(form, random).map((damage) => ({
        id: `${command}, where ${name} is damaged: ${damage.name}`,
        damage,
        fileOf,
        words,
        putsAside: command === "reset",
        isOurs,
      }));
      return random.shuffled(cases);
    }),
  );
  const longest = Math.max(...groups.map(({ length }) => length));
  return Array.from({ length: longest }, (_none, at) => groups.flatMap((group) => group.slice(at, at + 1))).flat();
}
