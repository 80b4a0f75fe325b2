import { expect } from "chai";
import { hints } from "../../../sandbox/command-line/hints";

describe("what to look at", () => {
  it("is nothing where nothing was changed that can be looked at", () => {
    expect(hints(new Set(["pulumi:pulumi:Stack"]))).to.deep.equal([]);
  });

  it("is a command for each kind of thing that was changed", () => {
    const changed = new Set([
      "azuread:index/servicePrincipalCertificate:ServicePrincipalCertificate",
      "pulumi-nodejs:dynamic/exchange:OAuthCertificate",
    ]);
    expect(hints(changed)).to.deep.equal([
      "",
      "Look at what has changed:",
      "  npm run sandbox -- exchange Get-AuthConfig",
      "  npm run sandbox -- entra",
    ]);
  });
});
