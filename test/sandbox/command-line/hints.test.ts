import { expect } from "chai";
import { hints } from "../../../sandbox/command-line/hints";
import { KINDS, type Kind, typeOf } from "../../provider/kinds";

/** Kinds of which there is nothing to look at, and why. */
const NOTHING_TO_SHOW: Partial<Record<Kind, string>> = {
  ExchangePrerequisites: "it only reads",
  OAuthCertificateHold: "it writes nothing",
  PushNotificationProbe: "it leaves nothing behind",
  PushNotificationProxy: "no cmdlet of every Exchange shows it",
};

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

  it("is one command for two kinds that one cmdlet shows", () => {
    const changed = new Set([typeOf("OAuthCertificate"), typeOf("OAuthCertificateRollover")]);
    expect(hints(changed)).to.deep.equal([
      "",
      "Look at what has changed:",
      "  npm run sandbox -- exchange Get-AuthConfig",
    ]);
  });

  for (const kind of KINDS) {
    const why = NOTHING_TO_SHOW[kind];
    it(`is ${why === undefined ? "a command" : `nothing, since ${why}`}: ${kind}`, () => {
      expect(hints(new Set([typeOf(kind)])).length > 0).to.equal(why === undefined);
    });
  }
});
