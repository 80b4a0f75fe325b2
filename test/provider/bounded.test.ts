import { expect } from "chai";
import { bounded } from "../../provider/bounded";

describe("bounded", () => {
  const ROWS: [string, string, string][] = [
    ["a short text whole", "short", "short"],
    ["a text of exactly that length whole", "é".repeat(32), "é".repeat(32)],
    [
      "both ends of a longer one, and says how much is missing",
      `begin${"-".repeat(1_000)}end`,
      `begin${"-".repeat(16)} [967 bytes left out] ${"-".repeat(17)}end`,
    ],
    ["characters of three bytes whole", "中".repeat(100), `${"中".repeat(7)} [258 bytes left out] ${"中".repeat(7)}`],
    ["surrogate pairs whole", "😀".repeat(100), `${"😀".repeat(5)} [360 bytes left out] ${"😀".repeat(5)}`],
    ["half a surrogate pair as what it is in UTF-8", "a\ud83db", "a\ufffdb"],
  ];
  for (const [what, text, expected] of ROWS) {
    it(`keeps ${what}`, () => {
      expect(bounded(text, 64)).to.equal(expected);
      expect(Buffer.byteLength(bounded(text, 64))).to.be.at.most(64);
    });
  }
});
