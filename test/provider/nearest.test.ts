import { expect } from "chai";
import { CONFIGURATION_KEYS } from "../../provider/configuration/configuration-keys";
import { nearest } from "../../provider/nearest";

describe("the name that was probably meant", () => {
  const rows: [string, string][] = [
    ["domainControler", "domainController"],
    ["DomainController", "domainController"],
    ["connexion", "connection"],
    ["user", "username"],
    ["userName", "username"],
    ["passwort", "password"],
    ["ssh_destination", "sshDestination"],
    ["timeout", "timeoutSeconds"],
    ["__proto__", "module"],
    ["", "connection"],
    ["x".repeat(1_000_000), "connection"],
  ];
  for (const [name, expected] of rows) {
    it(`is ${expected} for ${name.slice(0, 20) || "nothing"}`, () => {
      expect(nearest(name, CONFIGURATION_KEYS)).to.equal(expected);
    });
  }
});
