import { expect } from "chai";
import { parseOptions, positiveInteger } from "../../../sandbox/command-line/arguments";
import { UsageError } from "../../../sandbox/command-line/errors";
import { NotSupportedError } from "../../../sandbox/engine/errors";

const UP = {
  name: "up",
  options: {
    stack: { short: "s", value: "NAME", description: "The stack" },
    json: { short: "j", description: "As JSON" },
    replace: { value: "URN", isRepeated: true as const, description: "Replace it" },
  },
  refusedOptions: ["target"],
};

describe("the command line's options", () => {
  const right: [words: string[], options: Record<string, string | string[] | true>][] = [
    [[], {}],
    [["--stack", "test"], { stack: "test" }],
    [["--stack=test"], { stack: "test" }],
    [["-s", "test", "-j"], { stack: "test", json: true }],
    [["--json", "--help"], { json: true, help: true }],
    [["-h"], { help: true }],
    [["--stack", "one", "--stack", "two"], { stack: "two" }],
    [["--replace", "one"], { replace: ["one"] }],
    [["--replace", "one", "--json", "--replace=two"], { replace: ["one", "two"], json: true }],
  ];
  for (const [words, options] of right) {
    it(`are read from "${words.join(" ")}"`, () => {
      expect(parseOptions(UP, words)).to.deep.equal(options);
    });
  }

  const wrong: [words: string[], message: string][] = [
    [["--force"], '"up" takes no "--force". It takes --stack, --json, --replace, --help.'],
    [["-x"], '"up" takes no "-x". It takes --stack, --json, --replace, --help.'],
    [["now"], '"up" takes no "now". It takes --stack, --json, --replace, --help.'],
    [["--stack"], '"--stack" of "up" needs a value: --stack NAME.'],
    [["--stack="], '"--stack" of "up" needs a value: --stack NAME.'],
    [["-s"], '"-s" of "up" needs a value: -s NAME.'],
    [["--json=yes"], '"--json" of "up" takes no value, and was given "yes".'],
  ];
  for (const [words, message] of wrong) {
    it(`are refused in "${words.join(" ")}"`, () => {
      expect(() => parseOptions(UP, words)).to.throw(UsageError, message);
    });
  }

  it("that Pulumi's command has and this one has not are refused by name", () => {
    expect(() => parseOptions(UP, ["--target", "urn"])).to.throw(
      NotSupportedError,
      "The option --target is not supported by the sandbox's engine. Use Pulumi's own CLI for it.",
    );
  });
});

describe("a number on the command line", () => {
  it("is a whole one from 1 on", () => {
    expect(positiveInteger("parallel", "16")).to.equal(16);
  });

  it("may be left out", () => {
    expect(positiveInteger("parallel", undefined)).to.equal(undefined);
  });

  for (const text of ["0", "-1", "1.5", "many", ""]) {
    it(`is not "${text}"`, () => {
      expect(() => positiveInteger("parallel", text)).to.throw(
        UsageError,
        `--parallel takes a whole number from 1 on, for example --parallel 4, and was given "${text}".`,
      );
    });
  }
});
