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
    [{ colour: "red" }, `The scenario "mine" is wrong at "colour": there is no such key.`],
    [{ domain: "" }, `The scenario "mine" is wrong at "domain": "" is no value for it.`],
    [{ clock: "soon" }, `The scenario "mine" is wrong at "clock": "soon" is no value for it.`],
    [{ servers: {} }, `The scenario "mine" is wrong at "servers": a list was expected.`],
    [{ servers: [{}] }, `The scenario "mine" is wrong at "servers[0].name": it is missing.`],
    [{ servers: ["MBX1"] }, `The scenario "mine" is wrong at "servers[0]": an object was expected.`],
    [
      { servers: [{ name: "A" }, { name: "B", build: "15.2" }] },
      `The scenario "mine" is wrong at "servers[1].build": "15.2" is no value for it.`,
    ],
    [
      { servers: [{ name: "E", role: "Edge" }] },
      `The scenario "mine" is wrong at "servers": there is no Mailbox server.`,
    ],
    [
      { servers: [{ name: "A" }], sessionServer: "B" },
      `The scenario "mine" is wrong at "sessionServer": "B" is the name of no Mailbox server.`,
    ],
    [
      { certificates: [{ key: "auth", keySize: 3072 }] },
      `The scenario "mine" is wrong at "certificates[0].keySize": 3072 is no value for it.`,
    ],
    [
      { authConfig: { currrent: "auth" } },
      `The scenario "mine" is wrong at "authConfig.currrent": there is no such key.`,
    ],
    [
      { certificates: [{ key: "auth", missingOn: ["EDGE1"] }] },
      `The scenario "mine" is wrong at "certificates[0].missingOn": "EDGE1" is the name of no Mailbox server.`,
    ],
    [
      { authConfig: { next: "second" } },
      `The scenario "mine" is wrong at "authConfig.next": "second" is neither the key of a certificate nor a thumbprint.`,
    ],
    [{ offers: ["Get-Mailbox"] }, `The scenario "mine" is wrong at "offers": ["Get-Mailbox"] is no value for it.`],
    [
      { faults: [{ cmdlet: "*", when: "before", kind: "explode" }] },
      `The scenario "mine" is wrong at "faults[0].kind": "explode" is no value for it.`,
    ],
    [
      { pushNotificationProxy: { enabled: true } },
      `The scenario "mine" is wrong at "pushNotificationProxy.organization": it is missing.`,
    ],
  ];
  for (const [fields, message] of rows) {
    it(`are refused with the key that is wrong: ${JSON.stringify(fields)}`, () =>
      expect(wrong(fields)).to.equal(message));
  }

  it("are refused when they are no object", () => {
    expect(() => parseScenario("mine", "[]")).to.throw(`The scenario "mine" is wrong at "": an object was expected.`);
  });

  it("must say what is special about them", () => {
    expect(() => parseScenario("mine", "{}")).to.throw(`The scenario "mine" is wrong at "description": it is missing.`);
  });
});
