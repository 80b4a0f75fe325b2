import { expect } from "chai";
import {
  adminDisplayVersion,
  type Build,
  compareBuilds,
  parseBuild,
  refusesAuthCertificateExport,
} from "../../../sandbox/exchange/builds";

describe("builds of Exchange", () => {
  it("are read from their text", () => {
    expect(parseBuild("15.2.2562.29")).to.deep.equal([15, 2, 2562, 29]);
    expect(parseBuild("15.2.2562")).to.equal(undefined);
  });

  it("are compared number by number", () => {
    expect(compareBuilds([15, 1, 2507, 61], [15, 1, 2507, 7])).to.be.greaterThan(0);
    expect(compareBuilds([15, 1, 2507, 61], [15, 2, 0, 0])).to.be.lessThan(0);
    expect(compareBuilds([15, 2, 1544, 4], [15, 2, 1544, 4])).to.equal(0);
  });

  const displayed: [Build, string][] = [
    [[15, 0, 775, 38], "Version 15.0 (Build 775.38)"],
    [[15, 1, 2507, 61], "Version 15.1 (Build 2507.6)"],
    [[15, 2, 1544, 36], "Version 15.2 (Build 1544.4)"],
    [[15, 2, 1748, 39], "Version 15.2 (Build 1748.10)"],
    [[15, 2, 2562, 41], "Version 15.2 (Build 2562.17)"],
  ];
  for (const [build, text] of displayed) {
    it(`show ${build.join(".")} as ${text}`, () => expect(adminDisplayVersion(build)).to.equal(text));
  }

  const refusing: [Build, boolean][] = [
    [[15, 0, 1497, 48], false],
    [[15, 1, 2507, 60], false],
    [[15, 1, 2507, 61], true],
    [[15, 2, 1258, 39], false],
    [[15, 2, 1544, 35], false],
    [[15, 2, 1544, 36], true],
    [[15, 2, 1748, 38], false],
    [[15, 2, 1748, 39], true],
    [[15, 2, 2562, 27], false],
    [[15, 2, 2562, 29], true],
    [[15, 2, 2700, 5], true],
  ];
  for (const [build, refuses] of refusing) {
    it(`${refuses ? "refuse" : "allow"} the export of the auth certificate at ${build.join(".")}`, () =>
      expect(refusesAuthCertificateExport(build)).to.equal(refuses));
  }
});
