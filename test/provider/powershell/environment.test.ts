import { expect } from "chai";
import { childEnvironment } from "../../../provider/powershell/environment";

describe("Environment of a child", () => {
  const WITHHELD = [
    "PULUMI_CONFIG",
    "PULUMI_CONFIG_SECRET_KEYS",
    "PULUMI_CONFIG_PASSPHRASE",
    "PULUMI_CONFIG_PASSPHRASE_FILE",
    "PULUMI_ACCESS_TOKEN",
    "ARM_CLIENT_SECRET",
    "ARM_OIDC_TOKEN",
    "AZURE_CLIENT_SECRET",
    "ACTIONS_ID_TOKEN_REQUEST_TOKEN",
    "NODE_POWERSHELL",
    "pulumi_access_token",
  ];
  for (const name of WITHHELD) {
    it(`lacks ${name}`, () => {
      expect(childEnvironment({ [name]: "secret", PATH: "/bin" })).to.deep.equal({ PATH: "/bin", TERM: "dumb" });
    });
  }

  const KEPT = [
    "PATH",
    "HOME",
    "SystemRoot",
    "KRB5CCNAME",
    "SANDBOX_HOME",
    "NODE_V8_COVERAGE",
    "CHARM_HOME",
    "MY_PULUMI_",
  ];
  for (const name of KEPT) {
    it(`has ${name}`, () => {
      expect(childEnvironment({ [name]: "value" })).to.deep.equal({ [name]: "value", TERM: "dumb" });
    });
  }

  for (const name of ["TERM", "Term"]) {
    it(`has a terminal without escapes in place of ${name}`, () => {
      expect(childEnvironment({ [name]: "xterm-256color" })).to.deep.equal({ TERM: "dumb" });
    });
  }
});
