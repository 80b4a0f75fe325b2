import { expect } from "chai";
import {
  type Build,
  compareBuilds,
  formatBuild,
  parseAdminDisplayVersion,
  parseBuild,
  productOf,
} from "../../../provider/exchange/builds";
import type { Value } from "../../../provider/powershell/protocol";
import { object } from "./recording-session";

describe("a build of Exchange", () => {
  const texts: [string, Build | undefined][] = [
    ["15.0.775.38", [15, 0, 775, 38]],
    ["15.02.2562.041", [15, 2, 2562, 41]],
    [" 15.1.2507.6 ", [15, 1, 2507, 6]],
    ["15.1.2507", undefined],
    ["15.1.2507.6.1", undefined],
    ["15.1.2507.x", undefined],
    ["999999.1.2.3", undefined],
    ["", undefined],
  ];
  for (const [text, expected] of texts) {
    it(`is ${expected ?? "none"} as "${text}"`, () => expect(parseBuild(text)).to.deep.equal(expected));
  }

  // The text and the object are those of a recorded Get-ExchangeServer (Exchange 2019 CU11).
  const shown: [string, Value | undefined, Build | undefined][] = [
    ["text", "Version 15.2 (Build 986.5)", [15, 2, 986, 5]],
    [
      "an object",
      object({ Major: 15, Minor: 2, Build: 986, Revision: 5, FilePatchLevelDescription: null }),
      [15, 2, 986, 5],
    ],
    ["plain numbers in text", "15.0.775.38", [15, 0, 775, 38]],
    ["an object that lacks a part", object({ Major: 15, Minor: 2, Build: 986 }), undefined],
    ["the schema's version, which is not a build", "0.1 (8.0.535.0)", undefined],
    ["nothing", undefined, undefined],
    ["null", null, undefined],
    ["a date", new Date(), undefined],
    ["a list", ["Version 15.2 (Build 986.5)"], undefined],
  ];
  for (const [title, value, expected] of shown) {
    it(`is ${expected ?? "unknown"} where AdminDisplayVersion is ${title}`, () => {
      expect(parseAdminDisplayVersion(value)).to.deep.equal(expected);
    });
  }

  const order: [string, string, "older" | "same" | "newer"][] = [
    ["15.0.775.38", "15.0.1497.2", "older"],
    ["15.0.775.38", "15.0.775.38", "same"],
    ["15.1.225.42", "15.0.1497.48", "newer"],
    ["15.2.986.5", "15.2.1748.10", "older"],
    ["15.2.2562.9", "15.2.2562.17", "older"],
  ];
  for (const [one, other, expected] of order) {
    it(`is compared number by number: ${one} is ${expected} than or as ${other}`, () => {
      const sign = Math.sign(compareBuilds(parseBuild(one) as Build, parseBuild(other) as Build));
      expect({ "-1": "older", "0": "same", "1": "newer" }[String(sign)]).to.equal(expected);
    });
  }

  const products: [string, string | undefined][] = [
    ["15.0.775.38", "Exchange Server 2013"],
    ["15.1.2507.6", "Exchange Server 2016"],
    ["15.2.1748.10", "Exchange Server 2019"],
    ["15.2.2562.17", "Exchange Server Subscription Edition"],
    ["14.3.123.4", undefined],
    ["15.3.1.0", undefined],
  ];
  for (const [text, product] of products) {
    it(`${text} is of ${product ?? "no product that is known"}`, () => {
      expect(productOf(parseBuild(text) as Build)).to.equal(product);
    });
  }

  it("is written as four numbers", () => expect(formatBuild([15, 2, 2562, 41])).to.equal("15.2.2562.41"));
});
