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

  const table: { title: string; metadata: Partial<StepMetadata>; isFinished?: boolean; names: string[] }[] = [
    { title: "are none for what is made", metadata: { new: state({ a: 1 }) }, isFinished: true, names: [] },
    { title: "are none for what is deleted", metadata: { old: state({ a: 1 }) }, isFinished: true, names: [] },
    {
      title: "are those of the inputs that differ",
      metadata: { old: state({ a: 1, b: [1] }), new: state({ a: 2, b: [1], c: 3 }) },
      names: ["a", "c"],
    },
    {
      title: "are those of the outputs, too, once these are known",
      metadata: { old: state({}, { repair: ["expired"] }), new: state({}, { repair: [] }) },
      isFinished: true,
      names: ["repair"],
    },
    {
      title: "are not those of outputs that are not known yet",
      metadata: { old: state({}, { a: 1 }), new: state({}, {}) },
      names: [],
    },
    {
      title: "are those that the provider tells",
      metadata: { old: state({}), new: state({}), diffs: ["b"], keys: ["a"] },
      names: ["a", "b"],
    },
    {
      title: "are top-level ones, each once",
      metadata: {
        old: state({ a: 1 }),
        new: state({ a: 2 }),
        detailedDiff: { "a.b[0]": { kind: "UPDATE", inputDiff: true } },
      },
      names: ["a"],
    },
    {
      title: "are not the engine's own",
      metadata: { old: state({ __provider: "a" }), new: state({ __provider: "b" }) },
      isFinished: true,
      names: [],
    },
  ];
  for (const { title, metadata, isFinished = false, names } of table) {
    it(title, () => {
      expect(changedProperties(metadata as StepMetadata, isFinished)).to.deep.equal(names);
    });
  }
});
