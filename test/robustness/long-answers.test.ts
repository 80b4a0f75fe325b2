import { setTimeout as wait } from "node:timers/promises";
import { Figures } from "./figures";
import { Stack } from "./kills/stack";
import { Random } from "./random";
import { chosen, SEED } from "./size";

const FILE = "test/robustness/long-answers.test.ts";
const SHORT = 1;
const LONG = 4;
/** Milliseconds within which an operation has ended that is refused at once. */
const LONGEST = 180_000;

/** Characters of an error's message: what goes back to the engine has a limit in bytes, and an answer above it never comes. */
const TEXTS: [string, string][] = [
  ["9 500 Chinese characters", "长".repeat(9_500)],
  ["two megabytes", "x".repeat(2 * 2 ** 20)],
];

/** The operation, and the cmdlet that fails in it; behind some of them a resource is left half-made. */
const OPERATIONS: [string, string][] = [
  ["up", "Get-AuthConfig"],
  ["up", "Import-ExchangeCertificate"],
  ["refresh", "Get-AuthServer"],
  ["destroy", "Remove-AuthServer"],
];

const CASES = OPERATIONS.flatMap(([verb, cmdlet]) =>
  TEXTS.map(([size, message]) => ({ id: `${verb}: ${cmdlet} answers with ${size}`, verb, cmdlet, message })),
);

describe("an error whose text is long", function () {
  this.timeout(600_000);
  const figures = new Figures("long answers");
  after(() => figures.print());

  for (const { id, verb, cmdlet, message } of chosen(new Random(SEED, "long answers").shuffled(CASES), SHORT, LONG)) {
    it(`lets the operation end: ${id}`, async () => {
      const since = figures.broken;
      const stack = Stack.create();
      try {
        await stack.reset("expired");
        if (verb !== "up") await stack.mustRun("up");
        const error = { reason: "TaskException", category: "NotSpecified", message };
        await stack.addFault({ cmdlet, when: "before", kind: "error", error });
        const command = stack.start(verb);
        const ended = await Promise.race([command.ended, wait(LONGEST, "late" as const, { ref: false })]);
        command.kill();
        figures.count(ended === "late" ? "no end" : `exit code ${ended.exitCode}`);
        if (ended === "late") figures.broke("every operation ends", id, "not within three minutes");
        else if (ended.exitCode === 0) figures.broke("what has failed is told", id, "exit code 0");
      } finally {
        stack.remove();
      }
      figures.requireNone(FILE, since);
    });
  }
});
