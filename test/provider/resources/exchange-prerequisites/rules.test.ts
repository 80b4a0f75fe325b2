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
  // What AdminDisplayVersion shows, the version of ExSetup.exe where it could be read, the minimum, the answer.
  const rows: [string, string, string, string, string][] = [
    ["2013 CU3 is what the article asks for", "15.0.775.38", "", "15.0.775.38", "sufficient"],
    ["2013 CU2 is older", "15.0.712.24", "", "15.0.775.38", "tooOld"],
    ["2013 CU23 has the larger number, though its text sorts before", "15.0.1497.2", "", "15.0.775.38", "sufficient"],
    ["2016 is newer than any 2013", "15.1.225.42", "", "15.0.775.38", "sufficient"],
    ["2019 is older than Subscription Edition", "15.2.1748.10", "", "15.2.2562.17", "tooOld"],
    [
      "a security update within the shown cumulative update cannot be seen",
      "15.2.1748.10",
      "",
      "15.2.1748.39",
      "unknown",
    ],
    ["a security update of an earlier cumulative update is in it", "15.2.1748.10", "", "15.2.1544.36", "sufficient"],
    ["a security update of a later one is not", "15.2.1544.4", "", "15.2.1748.39", "tooOld"],
    ["the file shows the security update", "15.2.1748.10", "15.2.1748.39", "15.2.1748.39", "sufficient"],
    ["the file shows that it is missing", "15.2.1748.10", "15.2.1748.36", "15.2.1748.39", "tooOld"],
    ["nothing can be read", "", "", "15.0.775.38", "unknown"],
    ["the file alone can be read", "", "15.0.775.38", "15.0.775.38", "sufficient"],
  ];
  for (const [title, shown, file, minimum, expected] of rows) {
    it(`is ${expected}: ${title}`, () => {
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
