import { expect } from "chai";
import { declaredType, syntaxLines } from "../../../../sandbox/command-line/cmdlet/declared";

const CMDLET = {
  name: "Get-Thing",
  typeName: "GetThing",
  parameters: {
    sets: {
      Identity: { Identity: { type: "String" as const, mandatory: true } },
      All: { All: { type: "SwitchParameter" as const } },
    },
    shared: { Server: { type: "String" as const } },
  },
  run: () => [],
};

describe("a cmdlet's declaration", () => {
  it("gives a parameter's type without regard to case", () => {
    expect(declaredType(CMDLET, "all")).to.equal("SwitchParameter");
    expect(declaredType(CMDLET, "SERVER")).to.equal("String");
  });

  it("gives no type for an unknown parameter or cmdlet", () => {
    expect(declaredType(CMDLET, "Name")).to.equal(undefined);
    expect(declaredType(undefined, "Name")).to.equal(undefined);
  });

  it("is shown as PowerShell's help does, a line a parameter set", () => {
    expect(syntaxLines(CMDLET)).to.deep.equal([
      "Get-Thing [-Server <String>] -Identity <String>",
      "Get-Thing [-Server <String>] [-All]",
    ]);
  });
});
