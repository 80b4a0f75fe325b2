import { expect } from "chai";
import { exactly, url, withoutCase } from "../../../provider/resources/change";
import type { Change } from "../../../provider/resources/lifecycle";

describe("how a changed argument is carried out", () => {
  const rows: [string, Change, unknown, unknown, boolean][] = [
    ["exactly: the same truth", exactly("update"), true, true, true],
    ["exactly: another truth", exactly("update"), true, false, false],
    ["exactly: another case", exactly("update"), "a", "A", false],
    ["exactly: nothing before", exactly("update"), undefined, true, false],
    ["without case: another case", withoutCase("replace"), "contoso.example", "Contoso.Example", true],
    ["without case: another text", withoutCase("replace"), "contoso.example", "fabrikam.example", false],
    ["without case: nothing before", withoutCase("replace"), undefined, "contoso.example", false],
    ["as URL: another case and a slash at the end", url("update"), "https://x.example/A", "https://X.example/a/", true],
    ["as URL: another path", url("update"), "https://x.example/a", "https://x.example/b", false],
    ["as URL: nothing before", url("update"), undefined, "https://x.example", false],
  ];
  for (const [title, change, old, wanted, same] of rows) {
    it(`compares ${title}`, () => {
      expect(change.same(old, wanted)).to.equal(same);
    });
  }

  it("is said by whoever compares", () => {
    expect([exactly("update").kind, withoutCase("replace").kind, url("update").kind]).to.deep.equal([
      "update",
      "replace",
      "update",
    ]);
  });
});
