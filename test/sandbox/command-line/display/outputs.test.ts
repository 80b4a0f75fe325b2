import { expect } from "chai";
import { outputLines } from "../../../../sandbox/command-line/display/outputs";

describe("the table of outputs", () => {
  it("is sorted, one line an output, a text of several lines shortened", () => {
    const outputs = {
      proxyEnabled: true,
      certificatePem: "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n",
      name: "MicrosoftSts",
      servers: [{ name: "MBX1" }],
      nothing: null,
      password: "[secret]",
    };
    expect(outputLines(outputs)).to.deep.equal([
      "  certificatePem  -----BEGIN CERTIFICATE----- … (59 characters)",
      "  name            MicrosoftSts",
      "  nothing         null",
      "  password        [secret]",
      "  proxyEnabled    true",
      '  servers         [{"name":"MBX1"}]',
    ]);
  });

  it("is empty where there are none", () => {
    expect(outputLines({})).to.deep.equal([]);
  });
});
