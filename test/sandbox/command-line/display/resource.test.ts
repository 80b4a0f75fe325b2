import { expect } from "chai";
import type { EventState, StepMetadata } from "pulumi-local-engine";
import { changedProperties, shortType, titleOf } from "../../../../sandbox/command-line/display/resource";

describe("a resource's short type", () => {
  const table: [type: string, short: string][] = [
    ["pulumi-nodejs:dynamic/exchange:OAuthCertificate", "exchange:OAuthCertificate"],
    ["exchange:index:PushNotificationProxying", "exchange:PushNotificationProxying"],
    ["azuread:index/servicePrincipalCertificate:ServicePrincipalCertificate", "azuread:ServicePrincipalCertificate"],
    ["pulumi:pulumi:Stack", "pulumi:Stack"],
    ["pulumi:pulumi:StackReference", "pulumi:StackReference"],
    ["pulumi:providers:azuread", "pulumi:providers:azuread"],
  ];
  for (const [type, short] of table) {
    it(`of ${type} is ${short}`, () => {
      expect(shortType(type)).to.equal(short);
    });
  }

  it("goes before its name where it is spoken of", () => {
    const urn = "urn:pulumi:dev::project::a:index:Parent$pulumi-nodejs:dynamic/exchange:OAuthCertificate::certificate";
    expect(titleOf(urn)).to.equal("exchange:OAuthCertificate certificate");
  });
});

describe("the names of changed properties", () => {
  const state = (inputs: EventState["inputs"], outputs: EventState["outputs"] = {}) =>
    ({ custom: true, inputs, outputs }) as EventState;

  const table: [title: string, metadata: Partial<StepMetadata>, isFinished: boolean, names: string[]][] = [
    ["are none for what is made", { new: state({ a: 1 }) }, true, []],
    ["are none for what is deleted", { old: state({ a: 1 }) }, true, []],
    [
      "are those of the inputs that differ",
      { old: state({ a: 1, b: [1] }), new: state({ a: 2, b: [1], c: 3 }) },
      false,
      ["a", "c"],
    ],
    [
      "are those of the outputs, too, once these are known",
      { old: state({}, { repair: ["expired"] }), new: state({}, { repair: [] }) },
      true,
      ["repair"],
    ],
    ["are not those of outputs that are not known yet", { old: state({}, { a: 1 }), new: state({}, {}) }, false, []],
    [
      "are those that the provider tells",
      { old: state({}), new: state({}), diffs: ["b"], keys: ["a"] },
      false,
      ["a", "b"],
    ],
    [
      "are top-level ones, each once",
      { old: state({ a: 1 }), new: state({ a: 2 }), detailedDiff: { "a.b[0]": { kind: "UPDATE", inputDiff: true } } },
      false,
      ["a"],
    ],
    ["are not the engine's own", { old: state({ __provider: "a" }), new: state({ __provider: "b" }) }, true, []],
  ];
  for (const [title, metadata, isFinished, names] of table) {
    it(title, () => {
      expect(changedProperties(metadata as StepMetadata, isFinished)).to.deep.equal(names);
    });
  }
});
