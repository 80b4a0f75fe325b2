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

    const readable: [Kind, string, Value, unknown][] = [
      ["text", "a text", "a", "a"],
      ["text", "an empty text", "", ""],
      ["text", "null", null, ""],
      ["setText", "a text", "a", "a"],
      ["guid", "a guid, in lower case", "3D1A4A6E-0C52-4E0E-9E53-6F2F3A1B7C11", "3d1a4a6e-0c52-4e0e-9e53-6f2f3a1b7c11"],
      ["truth", "true", true, true],
      ["truth", "false", false, false],
      ["date", "a date", date, date],
      ["date", "null", null, undefined],
      ["thumbprint", "null", null, ""],
      ["thumbprint", "an empty text", "", ""],
      ["thumbprint", "its digits", THUMBPRINT, THUMBPRINT],
      ["thumbprint", "its digits in lower case", THUMBPRINT.toLowerCase(), THUMBPRINT],
      ["thumbprint", "its digits in pairs", PAIRS.join(" "), THUMBPRINT],
      ["thumbprint", "its digits with colons", PAIRS.join(":"), THUMBPRINT],
      ["thumbprint", "the text of the certificate's dialog", `\u200e${PAIRS.join(" ")}\u00a0`, THUMBPRINT],
    ];
    for (const [kind, what, value, expected] of readable) {
      it(`are a ${kind} as ${what}`, () => {
        expect(new ShownObject(object({ X: value }), source)[kind]("X")).to.equal(expected);
      });
    }

    const TEXT = "a text or nothing";
    const DIGITS = "a thumbprint of 40 hexadecimal digits or nothing";
    const unreadable: [Kind, Value | undefined, string][] = [
      ["text", undefined, `no X, where ${TEXT} is due`],
      ["text", 3, `X as 3, where ${TEXT} is due`],
      ["text", ["a"], `X as a list, where ${TEXT} is due`],
      ["setText", undefined, "no X, where a text is due"],
      ["setText", null, "X as nothing, where a text is due"],
      ["setText", "", "X as “”, where a text is due"],
      ["guid", undefined, "no X, where a guid is due"],
      ["guid", null, "X as nothing, where a guid is due"],
      ["guid", " ", "X as “ ”, where a guid is due"],
      ["guid", "contoso.example", "X as “contoso.example”, where a guid is due"],
      ["guid", "3d1a4a6e0c524e0e9e536f2f3a1b7c11", "X as “3d1a4a6e0c524e0e9e536f2f3a1b7c11”, where a guid is due"],
      ["truth", undefined, "no X, where true or false is due"],
      ["truth", null, "X as nothing, where true or false is due"],
      ["truth", "True", "X as “True”, where true or false is due"],
      ["truth", 1, "X as 1, where true or false is due"],
      ["date", "2026-11-24", "X as “2026-11-24”, where a date or nothing is due"],
      ["thumbprint", undefined, `no X, where ${TEXT} is due`],
      ["thumbprint", 40, `X as 40, where ${TEXT} is due`],
      ["thumbprint", [THUMBPRINT], `X as a list, where ${TEXT} is due`],
      ["thumbprint", object({ Thumbprint: THUMBPRINT }), `X as an object, where ${TEXT} is due`],
      ["thumbprint", Buffer.from("x"), `X as bytes, where ${TEXT} is due`],
      ["thumbprint", date, `X as a date, where ${TEXT} is due`],
      ["thumbprint", " ", `X as “ ”, where ${DIGITS} is due`],
      ["thumbprint", "\u200e", `X as “\\u200e”, where ${DIGITS} is due`],
      ["thumbprint", THUMBPRINT.slice(1), `X as “${THUMBPRINT.slice(1)}”, where ${DIGITS} is due`],
      ["thumbprint", `${THUMBPRINT}0`, `X as “${THUMBPRINT}0”, where ${DIGITS} is due`],
      ["thumbprint", "z".repeat(2_000_000), `X as “${"z".repeat(80)}…”, where ${DIGITS} is due`],
    ];
    for (const [kind, value, answer] of unreadable) {
      it(`are no ${kind}, and not unset: ${answer.slice(0, 60)}`, () => {
        const shownObject = new ShownObject(object(value === undefined ? {} : { X: value }), source);
        expect(() => shownObject[kind]("X")).to.throw(
          ProtocolError,
          `Failed while reading AuthConfig: Get-AuthConfig shows ${answer}. Run the cmdlet in the Exchange Management ` +
            "Shell and compare: nothing is decided by what cannot be read.",
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
          "Failed while enabling it: Enable-PushNotificationProxy shows no Enabled, where true or false is due. " +
            "Run `pulumi refresh` and look whether it was carried out, then try again.",
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
