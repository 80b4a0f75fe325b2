import { expect } from "chai";
import type { Secret, Value } from "pulumi-exchange-server/protocol";
import { parameterValue } from "../../../../sandbox/command-line/cmdlet/value";
import { UsageError } from "../../../../sandbox/command-line/errors";
import type { ParameterType } from "../../../../sandbox/exchange/parameters";

describe("a parameter's value", () => {
  const table: [type: ParameterType | undefined, text: string | undefined, value: Value][] = [
    ["String", "true", "true"],
    ["String", "12", "12"],
    ["String", "a,b", "a,b"],
    ["String", "", ""],
    ["String", "$null", null],
    ["SwitchParameter", undefined, true],
    ["SwitchParameter", "$false", false],
    ["Boolean", "True", true],
    ["Boolean", "$true", true],
    ["Boolean", "perhaps", "perhaps"],
    ["Int32", "2048", 2048],
    ["Int32", "-1", -1],
    ["Int32", "many", "many"],
    ["DateTime", "2027-01-01T00:00:00Z", "2027-01-01T00:00:00Z"],
    ["Byte[]", "AQID", new Uint8Array([1, 2, 3])],
    ["MultiValuedProperty", "a.example, b.example", ["a.example", "b.example"]],
    ["MultiValuedProperty", "a.example", "a.example"],
    [undefined, undefined, true],
    [undefined, "false", false],
    [undefined, "text", "text"],
  ];
  for (const [type, text, value] of table) {
    it(`of type ${type ?? "unknown"} is ${JSON.stringify(value)} for ${text === undefined ? "no text" : `"${text}"`}`, () => {
      expect(parameterValue({ name: "Parameter", text }, type)).to.deep.equal(value);
    });
  }

  it("of type SecureString is a secret", () => {
    const value = parameterValue({ name: "Password", text: "hunter2" }, "SecureString");
    expect((value as Secret).reveal()).to.equal("hunter2");
  });

  it("must be there unless the parameter is a switch", () => {
    expect(() => parameterValue({ name: "Enabled" }, "Boolean")).to.throw(
      UsageError,
      'The parameter "Enabled" needs a value: --Enabled VALUE.',
    );
  });

  it("that the shell has emptied is refused with what to write", () => {
    expect(() => parameterValue({ name: "Confirm", text: "" }, "SwitchParameter")).to.throw(
      UsageError,
      "The parameter \"Confirm\" has an empty value. Write true or false, or quote it: '-Confirm:$false'.",
    );
  });
});
