import { expect } from "chai";
import { type Build, parseBuild } from "../../../../provider/exchange/builds";
import {
  blockingSubscriptionEdition,
  checkServers,
  needsFile,
  pastEndOfSupport,
  stateOf,
} from "../../../../provider/resources/exchange-prerequisites/rules";

const build = (text: string) => parseBuild(text) as Build;

describe("whether a server's build is enough", () => {
  interface Row {
    when: string;
    /** What AdminDisplayVersion shows. @default nothing that can be read */
    shown?: string;
    /** The version of ExSetup.exe. @default nothing that can be read */
    file?: string;
    /** @default the article's */
    minimum?: string;
    expected: string;
  }
  const rows: Row[] = [
    { when: "2013 CU3 is what the article asks for", shown: "15.0.775.38", expected: "sufficient" },
    { when: "2013 CU2 is older", shown: "15.0.712.24", expected: "tooOld" },
    {
      when: "2013 CU23 has the larger number, though its text sorts before",
      shown: "15.0.1497.2",
      expected: "sufficient",
    },
    { when: "2016 is newer than any 2013", shown: "15.1.225.42", expected: "sufficient" },
    {
      when: "2019 is older than Subscription Edition",
      shown: "15.2.1748.10",
      minimum: "15.2.2562.17",
      expected: "tooOld",
    },
    {
      when: "a security update within the shown cumulative update cannot be seen",
      shown: "15.2.1748.10",
      minimum: "15.2.1748.39",
      expected: "unknown",
    },
    {
      when: "a security update of an earlier cumulative update is in it",
      shown: "15.2.1748.10",
      minimum: "15.2.1544.36",
      expected: "sufficient",
    },
    {
      when: "a security update of a later one is not",
      shown: "15.2.1544.4",
      minimum: "15.2.1748.39",
      expected: "tooOld",
    },
    {
      when: "the file shows the security update",
      shown: "15.2.1748.10",
      file: "15.2.1748.39",
      minimum: "15.2.1748.39",
      expected: "sufficient",
    },
    {
      when: "the file shows that it is missing",
      shown: "15.2.1748.10",
      file: "15.2.1748.36",
      minimum: "15.2.1748.39",
      expected: "tooOld",
    },
    { when: "nothing can be read", expected: "unknown" },
    { when: "the file alone can be read", file: "15.0.775.38", expected: "sufficient" },
  ];
  for (const { when, shown = "", file = "", minimum = "15.0.775.38", expected } of rows) {
    it(`is ${expected}: ${when}`, () => {
      expect(stateOf({ shown: parseBuild(shown), file: parseBuild(file) }, build(minimum))).to.equal(expected);
    });
  }

  it("asks for the file only where what is shown cannot decide", () => {
    const asks = (shown: string, minimum: string) => needsFile({ shown: parseBuild(shown) }, build(minimum));
    expect(asks("15.2.1748.10", "15.0.775.38")).to.equal(false);
    expect(asks("15.0.712.24", "15.0.775.38")).to.equal(false);
    expect(asks("15.2.1748.10", "15.2.1748.39")).to.equal(true);
    expect(asks("", "15.0.775.38")).to.equal(true);
  });

  it("is said with the build that decided it", () => {
    const facts = [
      { name: "A", shown: build("15.2.1748.10"), file: build("15.2.1748.39") },
      { name: "B", shown: build("15.1.2507.6"), file: undefined },
      { name: "C", shown: build("14.3.123.4"), file: undefined },
      { name: "D", shown: undefined, file: undefined },
    ];
    expect(checkServers(facts, build("15.2.1748.39"))).to.deep.equal([
      { name: "A", build: "15.2.1748.39", product: "Exchange Server 2019", state: "sufficient" },
      { name: "B", build: "15.1.2507.6", product: "Exchange Server 2016", state: "tooOld" },
      { name: "C", build: "14.3.123.4", product: "", state: "tooOld" },
      { name: "D", build: "", product: "", state: "unknown" },
    ]);
  });
});

describe("the servers of an organisation that deserve a warning", () => {
  const servers = checkServers(
    [
      { name: "A", shown: build("15.0.1497.2"), file: undefined },
      { name: "B", shown: build("15.1.2507.6"), file: undefined },
      { name: "C", shown: build("15.2.1748.10"), file: undefined },
      { name: "D", shown: build("15.2.2562.17"), file: undefined },
      { name: "E", shown: undefined, file: undefined },
    ],
    build("15.0.775.38"),
  );
  const names = (some: { name: string }[]) => some.map(({ name }) => name);

  const dates: [string, string[]][] = [
    ["2023-04-11T12:00:00Z", []],
    ["2023-04-12T00:00:00Z", ["A"]],
    ["2025-10-14T12:00:00Z", ["A"]],
    ["2025-10-15T00:00:00Z", ["A", "B", "C"]],
  ];
  for (const [now, expected] of dates) {
    it(`are past the end of support on ${now}: ${expected.join(", ") || "none"}`, () => {
      expect(names(pastEndOfSupport(servers, new Date(now)))).to.deep.equal(expected);
    });
  }

  it("are those that a later update of Subscription Edition refuses to live beside", () => {
    expect(names(blockingSubscriptionEdition(servers))).to.deep.equal(["A", "B", "C"]);
  });

  it("are none where there is no Subscription Edition yet, or nothing else", () => {
    expect(blockingSubscriptionEdition(servers.filter(({ name }) => name !== "D"))).to.deep.equal([]);
    expect(blockingSubscriptionEdition(servers.filter(({ name }) => name === "D"))).to.deep.equal([]);
  });
});
