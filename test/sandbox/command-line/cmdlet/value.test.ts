import { expect } from "chai";
import type { Secret, Value } from "pulumi-exchange-server/protocol";
import { parameterValue } from "../../../../sandbox/command-line/cmdlet/value";
import { UsageError } from "../../../../sandbox/command-line/errors";
import type { ParameterType } from "../../../../sandbox/exchange/parameters";

describe("a parameter's value", () => {
  const table: { type: ParameterType | undefined; text: string | undefined; value: Value }[] = [
    { type: "String", text: "true", value: "true" },
    { type: "String", text: "12", value: "12" },
    { type: "String", text: "a,b", value: "a,b" },
    { type: "String", text: "", value: "" },
    { type: "String", text: "$null", value: null },
    { type: "SwitchParameter", text: undefined, value: true },
    { type: "SwitchParameter", text: "$false", value: false },
    { type: "Boolean", text: "True", value: true },
    { type: "Boolean", text: "$true", value: true },
    { type: "Boolean", text: "perhaps", value: "perhaps" },
    { type: "Int32", text: "2048", value: 2048 },
    { type: "Int32", text: "-1", value: -1 },
    { type: "Int32", text: "many", value: "many" },
    { type: "DateTime", text: "2027-01-01T00:00:00Z", value: "2027-01-01T00:00:00Z" },
    { type: "Byte[]", text: "AQID", value: new Uint8Array([1, 2, 3]) },
    { type: "MultiValuedProperty", text: "a.example, b.example", value: ["a.example", "b.example"] },
    { type: "MultiValuedProperty", text: "a.example", value: "a.example" },
    { type: undefined, text: undefined, value: true },
    { type: undefined, text: "false", value: false },
    { type: undefined, text: "text", value: "text" },
  ];
  for (const { type, text, value } of table) {
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
