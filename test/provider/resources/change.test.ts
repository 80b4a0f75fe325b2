import { expect } from "chai";
import { exactly, url, withoutCase } from "../../../provider/resources/change";
import type { Change } from "../../../provider/resources/lifecycle";

describe("how a changed argument is carried out", () => {
  const rows: { when: string; change: Change; old?: unknown; wanted: unknown; same: boolean }[] = [
    { when: "exactly: the same truth", change: exactly("update"), old: true, wanted: true, same: true },
    { when: "exactly: another truth", change: exactly("update"), old: true, wanted: false, same: false },
    { when: "exactly: another case", change: exactly("update"), old: "a", wanted: "A", same: false },
    { when: "exactly: nothing before", change: exactly("update"), wanted: true, same: false },
    {
      when: "without case: another case",
      change: withoutCase("replace"),
      old: "contoso.example",
      wanted: "Contoso.Example",
      same: true,
    },
    {
      when: "without case: another text",
      change: withoutCase("replace"),
      old: "contoso.example",
      wanted: "fabrikam.example",
      same: false,
    },
    { when: "without case: nothing before", change: withoutCase("replace"), wanted: "contoso.example", same: false },
    {
      when: "as URL: another case and a slash at the end",
      change: url("update"),
      old: "https://x.example/A",
      wanted: "https://X.example/a/",
      same: true,
    },
    {
      when: "as URL: another path",
      change: url("update"),
      old: "https://x.example/a",
      wanted: "https://x.example/b",
      same: false,
    },
    { when: "as URL: nothing before", change: url("update"), wanted: "https://x.example", same: false },
  ];
  for (const { when, change, old, wanted, same } of rows) {
    it(`compares ${when}`, () => {
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
