import { expect } from "chai";
import { outputLines, withoutEmpty } from "../../../../sandbox/command-line/display/outputs";

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

  it("leaves out after an up what says nothing, and not what is false or zero", () => {
    const telling = { off: false, none: 0, list: [null], inner: { text: "" }, password: "[secret]" };
    const outputs = { ...telling, text: "", nothing: null, emptyList: [], emptyObject: {} };
    expect(withoutEmpty(outputs)).to.deep.equal(telling);
  });
});
