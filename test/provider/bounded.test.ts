import { expect } from "chai";
import { bounded } from "../../provider/bounded";

describe("bounded", () => {
  const ROWS: { what: string; text: string; expected: string }[] = [
    { what: "a short text whole", text: "short", expected: "short" },
    { what: "a text of exactly that length whole", text: "é".repeat(32), expected: "é".repeat(32) },
    {
      what: "both ends of a longer one, and says how much is missing",
      text: `begin${"-".repeat(1_000)}end`,
      expected: `begin${"-".repeat(16)} [967 bytes left out] ${"-".repeat(17)}end`,
    },
    {
      what: "characters of three bytes whole",
      text: "中".repeat(100),
      expected: `${"中".repeat(7)} [258 bytes left out] ${"中".repeat(7)}`,
    },
    {
      what: "surrogate pairs whole",
      text: "😀".repeat(100),
      expected: `${"😀".repeat(5)} [360 bytes left out] ${"😀".repeat(5)}`,
    },
    { what: "half a surrogate pair as what it is in UTF-8", text: "a\ud83db", expected: "a\ufffdb" },
  ];
  for (const { what, text, expected } of ROWS) {
    it(`keeps ${what}`, () => {
      expect(bounded(text, 64)).to.equal(expected);
      expect(Buffer.byteLength(bounded(text, 64))).to.be.at.most(64);
    });
  }
});
