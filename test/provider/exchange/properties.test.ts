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
      ["text", "text", "a", "a"],
      ["text", "an empty text", "", ""],
      ["text", "null", null, ""],
      ["setText", "text", "a", "a"],
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

    const TEXT = "text or nothing";
    const DIGITS = "a thumbprint of 40 hexadecimal digits or nothing";
    const unreadable: [Kind, Value | undefined, string][] = [
      ["text", undefined, `no X; expected ${TEXT}`],
      ["text", 3, `X as 3; expected ${TEXT}`],
      ["text", ["a"], `X as a list; expected ${TEXT}`],
      ["setText", undefined, "no X; expected text"],
      ["setText", null, "X as nothing; expected text"],
      ["setText", "", "X as “”; expected text"],
      ["guid", undefined, "no X; expected a guid"],
      ["guid", null, "X as nothing; expected a guid"],
      ["guid", " ", "X as “ ”; expected a guid"],
      ["guid", "contoso.example", "X as “contoso.example”; expected a guid"],
      ["guid", "3d1a4a6e0c524e0e9e536f2f3a1b7c11", "X as “3d1a4a6e0c524e0e9e536f2f3a1b7c11”; expected a guid"],
      ["truth", undefined, "no X; expected true or false"],
      ["truth", null, "X as nothing; expected true or false"],
      ["truth", "True", "X as “True”; expected true or false"],
      ["truth", 1, "X as 1; expected true or false"],
      ["date", "2026-11-24", "X as “2026-11-24”; expected a date or nothing"],
      ["thumbprint", undefined, `no X; expected ${TEXT}`],
      ["thumbprint", 40, `X as 40; expected ${TEXT}`],
      ["thumbprint", [THUMBPRINT], `X as a list; expected ${TEXT}`],
      ["thumbprint", object({ Thumbprint: THUMBPRINT }), `X as an object; expected ${TEXT}`],
      ["thumbprint", Buffer.from("x"), `X as bytes; expected ${TEXT}`],
      ["thumbprint", date, `X as a date; expected ${TEXT}`],
      ["thumbprint", " ", `X as “ ”; expected ${DIGITS}`],
      ["thumbprint", "\u200e", `X as “\\u200e”; expected ${DIGITS}`],
      ["thumbprint", THUMBPRINT.slice(1), `X as “${THUMBPRINT.slice(1)}”; expected ${DIGITS}`],
      ["thumbprint", `${THUMBPRINT}0`, `X as “${THUMBPRINT}0”; expected ${DIGITS}`],
      ["thumbprint", "z".repeat(2_000_000), `X as “${"z".repeat(80)}…”; expected ${DIGITS}`],
    ];
    for (const [kind, value, answer] of unreadable) {
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
