import { expect } from "chai";
import { knownTruthOf, sameText, sameUrl, textOf, truthOf } from "../../../provider/exchange/properties";
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

  it("are true only where they are the truth itself", () => {
    const names = ["Yes", "No", "Nothing", "Words", "Absent"];
    expect(names.map((name) => truthOf(shown, name))).to.deep.equal([true, false, false, false, false]);
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
