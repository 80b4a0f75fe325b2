import { expect } from "chai";
import { parseOptions, positiveInteger } from "../../../sandbox/command-line/arguments";
import { UsageError } from "../../../sandbox/command-line/errors";

const KNOWN = {
  stack: { short: "s", value: "NAME", description: "The stack" },
  json: { short: "j", description: "As JSON" },
};

describe("the command line's options", () => {
  const right: [words: string[], options: Record<string, string | true>][] = [
    [[], {}],
    [["--stack", "test"], { stack: "test" }],
    [["--stack=test"], { stack: "test" }],
    [["-s", "test", "-j"], { stack: "test", json: true }],
    [["--json", "--help"], { json: true, help: true }],
    [["-h"], { help: true }],
    [["--stack", "one", "--stack", "two"], { stack: "two" }],
  ];
  for (const [words, options] of right) {
    it(`are read from "${words.join(" ")}"`, () => {
      expect(parseOptions("up", words, KNOWN)).to.deep.equal(options);
    });
  }

  const wrong: [words: string[], message: string][] = [
    [["--force"], '"up" takes no "--force". It takes --stack, --json, --help.'],
    [["-x"], '"up" takes no "-x". It takes --stack, --json, --help.'],
    [["now"], '"up" takes no "now". It takes --stack, --json, --help.'],
    [["--stack"], '"--stack" of "up" needs a value: --stack NAME.'],
    [["--stack="], '"--stack" of "up" needs a value: --stack NAME.'],
    [["-s"], '"-s" of "up" needs a value: -s NAME.'],
    [["--json=yes"], '"--json" of "up" takes no value, and was given "yes".'],
  ];
  for (const [words, message] of wrong) {
    it(`are refused in "${words.join(" ")}"`, () => {
      expect(() => parseOptions("up", words, KNOWN)).to.throw(UsageError, message);
    });
  }
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
