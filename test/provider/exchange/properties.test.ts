import { expect } from "chai";
import { ProtocolError } from "../../../provider/errors";
import { knownTruthOf, ShownObject, sameText, sameUrl, textOf } from "../../../provider/exchange/properties";
import type { Value } from "../../../provider/powershell/protocol";
import { object } from "./recording-session";

describe("an object's properties", () => {
  const shown = object({
    Text: "a",
    Empty: "",
    Nothing: null,
    Yes: true,
    No: false,
    Number: 1,
    Words: "True",
  });

  it("are text, and empty where they are absent, null or something else", () => {
    const names = ["Text", "Empty", "Nothing", "Number", "Absent"];
    expect(names.map((name) => textOf(shown, name))).to.deep.equal(["a", "", "", "", ""]);
  });

  describe("from which a decision follows", () => {
    const source = { cmdlet: "Get-AuthConfig", doing: "reading AuthConfig" };
    const THUMBPRINT = "D0D6BAA255F51F106760CE3BB869A0FE8C9FC298";
    const PAIRS = THUMBPRINT.toLowerCase().match(/../g) ?? [];
    const date = new Date("2026-11-24T12:00:00Z");
    type Kind = "text" | "setText" | "guid" | "truth" | "date" | "thumbprint";

    const readable: { kind: Kind; what: string; value: Value; expected: unknown }[] = [
      { kind: "text", what: "text", value: "a", expected: "a" },
      { kind: "text", what: "an empty text", value: "", expected: "" },
      { kind: "text", what: "null", value: null, expected: "" },
      { kind: "setText", what: "text", value: "a", expected: "a" },
      {
        kind: "guid",
        what: "a guid, in lower case",
        value: "3D1A4A6E-0C52-4E0E-9E53-6F2F3A1B7C11",
        expected: "3d1a4a6e-0c52-4e0e-9e53-6f2f3a1b7c11",
      },
      { kind: "truth", what: "true", value: true, expected: true },
      { kind: "truth", what: "false", value: false, expected: false },
      { kind: "date", what: "a date", value: date, expected: date },
      { kind: "date", what: "null", value: null, expected: undefined },
      { kind: "thumbprint", what: "null", value: null, expected: "" },
      { kind: "thumbprint", what: "an empty text", value: "", expected: "" },
      { kind: "thumbprint", what: "its digits", value: THUMBPRINT, expected: THUMBPRINT },
      { kind: "thumbprint", what: "its digits in lower case", value: THUMBPRINT.toLowerCase(), expected: THUMBPRINT },
      { kind: "thumbprint", what: "its digits in pairs", value: PAIRS.join(" "), expected: THUMBPRINT },
      { kind: "thumbprint", what: "its digits with colons", value: PAIRS.join(":"), expected: THUMBPRINT },
      {
        kind: "thumbprint",
        what: "the text of the certificate's dialog",
        value: `\u200e${PAIRS.join(" ")}\u00a0`,
        expected: THUMBPRINT,
      },
    ];
    for (const { kind, what, value, expected } of readable) {
      it(`are a ${kind} as ${what}`, () => {
        expect(new ShownObject(object({ X: value }), source)[kind]("X")).to.equal(expected);
      });
    }

    const TEXT = "text or nothing";
    const DIGITS = "a thumbprint of 40 hexadecimal digits or nothing";
    const unreadable: { kind: Kind; value: Value | undefined; answer: string }[] = [
      { kind: "text", value: undefined, answer: `no X; expected ${TEXT}` },
      { kind: "text", value: 3, answer: `X as 3; expected ${TEXT}` },
      { kind: "text", value: ["a"], answer: `X as a list; expected ${TEXT}` },
      { kind: "setText", value: undefined, answer: "no X; expected text" },
      { kind: "setText", value: null, answer: "X as nothing; expected text" },
      { kind: "setText", value: "", answer: "X as “”; expected text" },
      { kind: "guid", value: undefined, answer: "no X; expected a guid" },
      { kind: "guid", value: null, answer: "X as nothing; expected a guid" },
      { kind: "guid", value: " ", answer: "X as “ ”; expected a guid" },
      { kind: "guid", value: "contoso.example", answer: "X as “contoso.example”; expected a guid" },
      {
        kind: "guid",
        value: "3d1a4a6e0c524e0e9e536f2f3a1b7c11",
        answer: "X as “3d1a4a6e0c524e0e9e536f2f3a1b7c11”; expected a guid",
      },
      { kind: "truth", value: undefined, answer: "no X; expected true or false" },
      { kind: "truth", value: null, answer: "X as nothing; expected true or false" },
      { kind: "truth", value: "True", answer: "X as “True”; expected true or false" },
      { kind: "truth", value: 1, answer: "X as 1; expected true or false" },
      { kind: "date", value: "2026-11-24", answer: "X as “2026-11-24”; expected a date or nothing" },
      { kind: "thumbprint", value: undefined, answer: `no X; expected ${TEXT}` },
      { kind: "thumbprint", value: 40, answer: `X as 40; expected ${TEXT}` },
      { kind: "thumbprint", value: [THUMBPRINT], answer: `X as a list; expected ${TEXT}` },
      { kind: "thumbprint", value: object({ Thumbprint: THUMBPRINT }), answer: `X as an object; expected ${TEXT}` },
      { kind: "thumbprint", value: Buffer.from("x"), answer: `X as bytes; expected ${TEXT}` },
      { kind: "thumbprint", value: date, answer: `X as a date; expected ${TEXT}` },
      { kind: "thumbprint", value: " ", answer: `X as “ ”; expected ${DIGITS}` },
      { kind: "thumbprint", value: "\u200e", answer: `X as “\\u200e”; expected ${DIGITS}` },
      { kind: "thumbprint", value: THUMBPRINT.slice(1), answer: `X as “${THUMBPRINT.slice(1)}”; expected ${DIGITS}` },
      { kind: "thumbprint", value: `${THUMBPRINT}0`, answer: `X as “${THUMBPRINT}0”; expected ${DIGITS}` },
      { kind: "thumbprint", value: "z".repeat(2_000_000), answer: `X as “${"z".repeat(80)}…”; expected ${DIGITS}` },
    ];
    for (const { kind, value, answer } of unreadable) {
      it(`are no ${kind}, and not unset: ${answer.slice(0, 60)}`, () => {
        const shownObject = new ShownObject(object(value === undefined ? {} : { X: value }), source);
        expect(() => shownObject[kind]("X")).to.throw(
          ProtocolError,
          `Failed while reading AuthConfig: Get-AuthConfig shows ${answer}. Run the cmdlet in the Exchange Management ` +
            "Shell and compare: a value that cannot be read decides nothing.",
        );
      });
    }

    it("may be those of something that was changed", () => {
      const enabled = { cmdlet: "Enable-PushNotificationProxy", doing: "enabling it", outcomeUnknown: true };
      try {
        new ShownObject(object({}), enabled).truth("Enabled");
        expect.fail("it was read");
      } catch (error) {
        expect((error as ProtocolError).outcomeUnknown).to.equal(true);
        expect((error as ProtocolError).message).to.equal(
          "Failed while enabling it: Enable-PushNotificationProxy shows no Enabled; expected true or false. " +
            "Run `pulumi refresh` to find out whether it was carried out, then try again.",
        );
      }
    });
  });

  it("are unknown where they may not travel, never no", () => {
    const names = ["Yes", "No", "Nothing", "Words", "Absent"];
    expect(names.map((name) => knownTruthOf(shown, name))).to.deep.equal([
      "yes",
      "no",
      "unknown",
      "unknown",
      "unknown",
    ]);
  });

  const same: [string, boolean][] = [
    ["https://x.example/metadata/json/1", true],
    ["https://x.example/metadata/json/1/", true],
    ["HTTPS://X.example/Metadata/json/1//", true],
    ["https://x.example/metadata/json", false],
    ["http://x.example/metadata/json/1", false],
  ];
  for (const [other, expected] of same) {
    it(`compare URLs without case and a slash at the end: ${other} is ${expected ? "the same" : "another one"}`, () => {
      expect(sameUrl("https://x.example/metadata/json/1", other)).to.equal(expected);
    });
  }

  it("compare text without case alone", () => {
    expect(sameText("Contoso.Example", "contoso.example")).to.equal(true);
    expect(sameText("contoso.example ", "contoso.example")).to.equal(false);
  });
});
