import { expect } from "chai";
import { Command, CommanderError } from "commander";
import { NotSupportedError } from "pulumi-local-engine";
import { countOption, refuseOptions, repeatedOption, valueOption } from "../../../sandbox/command-line/command";

/** What `up` with these words is given; what is said of wrong ones is the error's message. */
function optionsOf(words: readonly string[]): unknown {
  let given: unknown;
  const program = new Command().exitOverride().configureOutput({ writeErr: () => undefined });
  const command = program
    .command("up")
    .addOption(valueOption("-s, --stack <name>", "The stack"))
    .addOption(repeatedOption("--replace <urn>", "Replace it"))
    .addOption(countOption("-p, --parallel <count>", "At the same time"))
    .option("-j, --json", "As JSON")
    .action((options) => {
      given = options;
    });
  refuseOptions(command, ["target", "target-dependents"]);
  program.parse(["up", ...words], { from: "user" });
  return given;
}

describe("the command line's options", () => {
  const right: [words: string[], options: object][] = [
    [[], {}],
    [["--stack", "test"], { stack: "test" }],
    [["--stack=test"], { stack: "test" }],
    [["-s", "test", "-j"], { stack: "test", json: true }],
    [["--stack", "one", "--stack", "two"], { stack: "two" }],
    [["--replace", "one"], { replace: ["one"] }],
    [["--replace", "one", "--json", "--replace=two"], { replace: ["one", "two"], json: true }],
    [["--parallel", "16"], { parallel: 16 }],
  ];
  for (const [words, options] of right) {
    it(`are read from "${words.join(" ")}"`, () => {
      expect(optionsOf(words)).to.deep.equal(options);
    });
  }

  const invalidCount = (given: string) =>
    `error: option '-p, --parallel <count>' argument '${given}' is invalid. It must be a whole number of 1 or more, such as 4.`;
  const wrong: [words: string[], message: string][] = [
    [["--force"], "error: unknown option '--force'"],
    [["--jason"], "error: unknown option '--jason'\n(Did you mean --json?)"],
    [["-x"], "error: unknown option '-x'"],
    [["now"], "error: too many arguments for 'up'. Expected 0 arguments but got 1."],
    [["--stack"], "error: option '-s, --stack <name>' argument missing"],
    [["--stack="], "error: option '-s, --stack <name>' argument '' is invalid. It needs a value."],
    [["-s"], "error: option '-s, --stack <name>' argument missing"],
    [["--json=yes"], "error: unknown option '--json=yes'"],
    ...["0", "-1", "1.5", "many", ""].map((given): [string[], string] => [
      [`--parallel=${given}`],
      invalidCount(given),
    ]),
  ];
  for (const [words, message] of wrong) {
    it(`are refused in "${words.join(" ")}"`, () => {
      expect(() => optionsOf(words))
        .to.throw(CommanderError)
        .with.property("message", message);
    });
  }

  for (const words of [["--target", "urn"], ["--target=urn"], ["--target-dependents"]]) {
    it(`that Pulumi's command has and this one has not are refused by name: ${words.join(" ")}`, () => {
      const [name = ""] = (words[0] ?? "").split("=");
      expect(() => optionsOf(words)).to.throw(
        NotSupportedError,
        `The option ${name} is not supported by this engine. Use Pulumi's own CLI for it.`,
      );
    });
  }
});
