import { expect } from "chai";
import { type CmdletWords, readWords } from "../../../../sandbox/command-line/cmdlet/words";
import { UsageError } from "../../../../sandbox/command-line/errors";

const isSwitch = (name: string) => name.toLowerCase() === "confirm";

describe("the words after a cmdlet's name", () => {
  const table: [line: string, read: CmdletWords][] = [
    ["", { parameters: [], positional: [] }],
    ["--Identity MicrosoftSts", { parameters: [{ name: "Identity", text: "MicrosoftSts" }], positional: [] }],
    ["-Identity MicrosoftSts", { parameters: [{ name: "Identity", text: "MicrosoftSts" }], positional: [] }],
    ["-Identity:MicrosoftSts", { parameters: [{ name: "Identity", text: "MicrosoftSts" }], positional: [] }],
    ["--Identity=MicrosoftSts", { parameters: [{ name: "Identity", text: "MicrosoftSts" }], positional: [] }],
    [
      "-Uri https://a.example:1/b=c",
      { parameters: [{ name: "Uri", text: "https://a.example:1/b=c" }], positional: [] },
    ],
    ["-Uri:https://a.example", { parameters: [{ name: "Uri", text: "https://a.example" }], positional: [] }],
    ["--Count -5", { parameters: [{ name: "Count", text: "-5" }], positional: [] }],
    ["MicrosoftSts", { parameters: [], positional: ["MicrosoftSts"] }],
    ["--Confirm", { parameters: [{ name: "Confirm" }], positional: [] }],
    ["--Confirm false", { parameters: [{ name: "Confirm", text: "false" }], positional: [] }],
    ["-Confirm:$false", { parameters: [{ name: "Confirm", text: "$false" }], positional: [] }],
    ["-Confirm: X", { parameters: [{ name: "Confirm", text: "" }], positional: ["X"] }],
    ["--Confirm MicrosoftSts", { parameters: [{ name: "Confirm" }], positional: ["MicrosoftSts"] }],
    ["--Force --Name x", { parameters: [{ name: "Force" }, { name: "Name", text: "x" }], positional: [] }],
  ];
  for (const [line, read] of table) {
    it(`are read in "${line}"`, () => {
      expect(readWords(line.split(" ").filter(Boolean), isSwitch)).to.deep.equal(read);
    });
  }

  it("name a parameter once", () => {
    expect(() => readWords(["--Name", "a", "-name:b"], isSwitch)).to.throw(
      UsageError,
      'The parameter "name" is given twice.',
    );
  });
});
