import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { scenarioFolder } from "../../../sandbox/exchange";
import { InvalidScenario, parseScenario } from "../../../sandbox/exchange/scenario";

function wrong(fields: object): string {
  try {
    parseScenario("mine", JSON.stringify({ description: "d", ...fields }));
  } catch (error) {
    expect(error).to.be.instanceOf(InvalidScenario);
    return (error as Error).message;
  }
  throw new Error("it was taken");
}

const restricted = (restriction: object) => ({
  tenant: {
    defaultAppManagementPolicy: {
      isEnabled: true,
      servicePrincipalRestrictions: { keyCredentials: [restriction] },
    },
  },
});

describe("scenarios", () => {
  for (const file of readdirSync(scenarioFolder())) {
    it(`${file} is one`, () => {
      const json = readFileSync(path.join(scenarioFolder(), file), "utf8");
      expect(parseScenario(file, json).description).to.match(/^[A-Z].*\.$/);
    });
  }

  it("are refused when they are not JSON", () => {
    expect(() => parseScenario("mine", "{")).to.throw(InvalidScenario, /^The scenario "mine" is not JSON: /);
  });

  const rows: [object, string][] = [
    [{ colour: "red" }, `The scenario "mine" is wrong: "colour" is not a known key.`],
    [{ domain: "" }, 'The scenario "mine" is wrong: "domain" is "", not a string that is not empty.'],
    [{ clock: "soon" }, `The scenario "mine" is wrong: "clock" is "soon", not a date such as 2026-01-31T12:00:00Z.`],
    [{ servers: {} }, `The scenario "mine" is wrong: "servers" is {}, not a list.`],
    [{ servers: [{}] }, `The scenario "mine" is wrong: "servers[0].name" is missing.`],
    [{ servers: ["MBX1"] }, `The scenario "mine" is wrong: "servers[0]" is "MBX1", not an object.`],
    [
      { servers: [{ name: "A" }, { name: "B", build: "15.2" }] },
      `The scenario "mine" is wrong: "servers[1].build" is "15.2", not a build such as "15.2.2562.41".`,
    ],
    [{ servers: [{ name: "E", role: "Edge" }] }, `The scenario "mine" is wrong: "servers" has no Mailbox server.`],
    [
      { servers: [{ name: "A" }], sessionServer: "B" },
      `The scenario "mine" is wrong: "sessionServer" is not a Mailbox server: "B".`,
    ],
    [
      { certificates: [{ key: "auth", keySize: 3072 }] },
      `The scenario "mine" is wrong: "certificates[0].keySize" is 3072, not one of 1024, 2048, 4096.`,
    ],
    [{ serviceletHours: -1 }, `The scenario "mine" is wrong: "serviceletHours" is -1, not a number from 0 on.`],
    [{ authConfig: { currrent: "auth" } }, `The scenario "mine" is wrong: "authConfig.currrent" is not a known key.`],
    [
      { certificates: [{ key: "auth", missingOn: ["EDGE1"] }] },
      `The scenario "mine" is wrong: "certificates[0].missingOn" names what is not a Mailbox server: "EDGE1".`,
    ],
    [
      { authConfig: { next: "second" } },
      `The scenario "mine" is wrong: "authConfig.next" is neither the key of a certificate nor a thumbprint: "second".`,
    ],
    [
      { offers: ["Get-Mailbox"] },
      `The scenario "mine" is wrong: "offers[0]" is "Get-Mailbox", not Get-PushNotificationApp.`,
    ],
    [
      { faults: [{ cmdlet: "*", when: "before", kind: "explode" }] },
      `The scenario "mine" is wrong: "faults[0].kind" is "explode", not one of crash, killParent, delay, hang, garbage, throttle, unreachable, error.`,
    ],
    [
      restricted({ restrictionType: "keyLifetime", state: "enabled" }),
      `The scenario "mine" is wrong: "tenant.defaultAppManagementPolicy.servicePrincipalRestrictions.keyCredentials[0].restrictionType" is {"restrictionType":"keyLifetime","state":"enabled"}, not asymmetricKeyLifetime or trustedCertificateAuthority.`,
    ],
    [
      restricted({ restrictionType: "asymmetricKeyLifetime", state: "enabled", maxLifetime: "P1Y" }),
      `The scenario "mine" is wrong: "tenant.defaultAppManagementPolicy.servicePrincipalRestrictions.keyCredentials[0].maxLifetime" is "P1Y", not a duration in days such as P365D.`,
    ],
    [
      { organization: ["x".repeat(100)] },
      `The scenario "mine" is wrong: "organization" is ["${"x".repeat(78)}…, not a string.`,
    ],
    [
      { pushNotificationProxy: { enabled: true } },
      `The scenario "mine" is wrong: "pushNotificationProxy.organization" is missing.`,
    ],
  ];
  for (const [fields, message] of rows) {
    it(`are refused with the key that is wrong: ${JSON.stringify(fields)}`, () =>
      expect(wrong(fields)).to.equal(message));
  }

  it("are refused when they are no object", () => {
    expect(() => parseScenario("mine", "[]")).to.throw(`The scenario "mine" is wrong: it is [], not an object.`);
  });

  it("must say what is special about them", () => {
    expect(() => parseScenario("mine", "{}")).to.throw(`The scenario "mine" is wrong: "description" is missing.`);
  });
});
