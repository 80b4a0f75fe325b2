import { expect } from "chai";
import { nodeReason } from "../../provider/node-version";

describe("the version of Node", () => {
  it("is enough where package.json says so", () => {
    const { engines } = require("../../provider/package.json");
    expect(engines.node).to.equal(">=20.19");
  });

  for (const version of ["20.19.0", "20.20.2", "21.0.0", "22.1.0", "26.0.0-nightly"]) {
    it(`is enough: ${version}`, () => {
      expect(nodeReason(version)).to.equal(undefined);
    });
  }

  for (const version of ["20.18.3", "20.9.0", "18.20.4", "8.17.0"]) {
    it(`is refused: ${version}`, () => {
      expect(nodeReason(version)).to.equal(
        `pulumi-exchange-server requires Node.js 20.19 or later, but this is Node.js ${version}. Install a ` +
          "later version and put it first on PATH.",
      );
    });
  }
});
