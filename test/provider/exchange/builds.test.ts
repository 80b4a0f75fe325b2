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
  const shown: { title: string; value: Value | undefined; expected: Build | undefined }[] = [
    { title: "text", value: "Version 15.2 (Build 986.5)", expected: [15, 2, 986, 5] },
    {
      title: "an object",
      value: object({ Major: 15, Minor: 2, Build: 986, Revision: 5, FilePatchLevelDescription: null }),
      expected: [15, 2, 986, 5],
    },
    { title: "plain numbers in text", value: "15.0.775.38", expected: [15, 0, 775, 38] },
    { title: "an object that lacks a part", value: object({ Major: 15, Minor: 2, Build: 986 }), expected: undefined },
    { title: "the schema's version, which is not a build", value: "0.1 (8.0.535.0)", expected: undefined },
    { title: "nothing", value: undefined, expected: undefined },
    { title: "null", value: null, expected: undefined },
    { title: "a date", value: new Date(), expected: undefined },
    { title: "a list", value: ["Version 15.2 (Build 986.5)"], expected: undefined },
  ];
  for (const { title, value, expected } of shown) {
    it(`is ${expected ?? "unknown"} where AdminDisplayVersion is ${title}`, () => {
      expect(parseAdminDisplayVersion(value)).to.deep.equal(expected);
    });
  }

  const order: { one: string; other: string; expected: "older" | "same" | "newer" }[] = [
    { one: "15.0.775.38", other: "15.0.1497.2", expected: "older" },
    { one: "15.0.775.38", other: "15.0.775.38", expected: "same" },
    { one: "15.1.225.42", other: "15.0.1497.48", expected: "newer" },
    { one: "15.2.986.5", other: "15.2.1748.10", expected: "older" },
    { one: "15.2.2562.9", other: "15.2.2562.17", expected: "older" },
  ];
  for (const { one, other, expected } of order) {
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
