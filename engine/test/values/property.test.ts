import { expect } from "chai";
import {
  containsSecret,
  containsUnknown,
  equal,
  markSecrets,
  type PropertyValue,
  secret,
  UNKNOWN,
  withoutOutputValues,
  withoutReferences,
  withoutSecrets,
  withoutUnknowns,
} from "../../values/property";

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
const REFERENCE = "5cf8f73096256a8f31e491e813e4eb8e";

describe("Property values", () => {
  it("lose their secrets at any depth, also secrets in secrets", () => {
    const map = { a: secret("x"), b: [secret({ c: secret(1) })], d: { e: "open" } };
    expect(withoutSecrets(map)).to.deep.equal({ a: "x", b: [{ c: 1 }], d: { e: "open" } });
  });

  it("lose what is unknown", () => {
    const map = { a: UNKNOWN, b: [UNKNOWN, 1], c: { d: UNKNOWN }, e: secret(UNKNOWN), f: secret([UNKNOWN]) };
    expect(withoutUnknowns(map)).to.deep.equal({ b: [1], c: {}, f: secret([]) });
  });

  it("have an id in place of a reference to a resource, or its URN where it has none", () => {
    const reference = (fields: Record<string, string>) => ({ [SIGNATURE]: REFERENCE, urn: "urn:x", ...fields });
    expect(withoutReferences({ a: reference({ id: "1" }), b: [reference({})] })).to.deep.equal({
      a: "1",
      b: ["urn:x"],
    });
  });

  it("have what they hold in place of output values", () => {
    const output = (fields: Record<string, PropertyValue>) => ({ [SIGNATURE]: OUTPUT, ...fields });
    const map = {
      a: output({ value: 1 }),
      b: output({}),
      c: output({ value: "s", secret: true, dependencies: ["urn:x"] }),
    };
    expect(withoutOutputValues(map)).to.deep.equal({ a: 1, b: UNKNOWN, c: secret("s") });
  });

  it("know secrets and unknowns at any depth", () => {
    expect([containsSecret({ a: [secret(1)] }), containsSecret({ a: [1] })]).to.deep.equal([true, false]);
    expect([containsUnknown(secret([UNKNOWN])), containsUnknown({ a: [1] })]).to.deep.equal([true, false]);
  });

  describe("that a provider answers", () => {
    const rows: { what: string; outputs: PropertyValue; inputs: PropertyValue; expected: PropertyValue }[] = [
      { what: "a secret input", outputs: "x", inputs: secret("x"), expected: secret("x") },
      { what: "an open input", outputs: "x", inputs: "x", expected: "x" },
      {
        what: "a map with a secret",
        outputs: { a: 1, b: 2 },
        inputs: { a: secret(1) },
        expected: { a: secret(1), b: 2 },
      },
      { what: "a list with a secret", outputs: [1, 2, 3], inputs: [1, secret(2)], expected: [1, secret(2), 3] },
      { what: "a secret of the provider's own", outputs: secret("x"), inputs: "x", expected: secret("x") },
    ];
    for (const { what, outputs, inputs, expected } of rows) {
      it(`are secret where the inputs are: ${what}`, () => {
        expect(markSecrets({ key: outputs }, { key: inputs }, [])).to.deep.equal({ key: expected });
      });
    }

    it("are secret where the program says so", () => {
      expect(markSecrets({ token: "t", open: "o" }, {}, ["token"])).to.deep.equal({ token: secret("t"), open: "o" });
    });
  });

  describe("are the same", () => {
    const rows: { one: PropertyValue | undefined; other?: PropertyValue; expected: boolean }[] = [
      { one: { a: 1, b: [null, "x"] }, other: { b: [null, "x"], a: 1 }, expected: true },
      { one: { a: 1 }, other: { a: 1, b: 1 }, expected: false },
      { one: [1, 2], other: [2, 1], expected: false },
      { one: secret("x"), other: secret("x"), expected: true },
      { one: secret("x"), other: "x", expected: false },
      { one: undefined, expected: true },
      { one: null, expected: false },
      { one: {}, other: [], expected: false },
    ];
    for (const { one, other, expected } of rows) {
      it(`${JSON.stringify(one)} and ${JSON.stringify(other)}: ${expected}`, () => {
        expect(equal(one, other)).to.equal(expected);
      });
    }
  });
});
