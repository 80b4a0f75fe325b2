import { expect } from "chai";
import { ignoreChanges, parsePath } from "../../plan/ignore-changes";
import type { PropertyMap } from "../../values/property";

const ROWS: { path: string; news: PropertyMap; olds: PropertyMap; expected: PropertyMap }[] = [
  { path: "a", news: { a: 2, b: 2 }, olds: { a: 1, b: 1 }, expected: { a: 1, b: 2 } },
  { path: "a", news: { a: 2 }, olds: {}, expected: {} },
  { path: "a", news: {}, olds: { a: 1 }, expected: { a: 1 } },
  { path: "a.x", news: { a: { x: 2, y: 2 } }, olds: { a: { x: 1, y: 1 } }, expected: { a: { x: 1, y: 2 } } },
  { path: "a.x", news: { a: "text" }, olds: { a: { x: 1 } }, expected: { a: "text" } },
  { path: "a[1]", news: { a: [2, 2] }, olds: { a: [1, 1] }, expected: { a: [2, 1] } },
  { path: "a[*].x", news: { a: [{ x: 2 }, { x: 2 }] }, olds: { a: [{ x: 1 }] }, expected: { a: [{ x: 1 }, { x: 2 }] } },
  { path: "*", news: { a: 2, b: 2 }, olds: { a: 1 }, expected: { a: 1 } },
  { path: 'a["b.c"]', news: { a: { "b.c": 2 } }, olds: { a: { "b.c": 1 } }, expected: { a: { "b.c": 1 } } },
];

describe("ignoreChanges", () => {
  for (const { path, news, olds, expected } of ROWS) {
    it(`${path} of ${JSON.stringify(news)} after ${JSON.stringify(olds)}`, () => {
      expect(ignoreChanges(news, olds, [path])).to.deep.equal(expected);
    });
  }

  it("reads names, indexes and quoted names from a path", () => {
    expect(parsePath('a.b[0]["c \\"d\\""].e')).to.deep.equal(["a", "b", "0", 'c "d"', "e"]);
  });
});
