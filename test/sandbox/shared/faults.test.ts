import { expect } from "chai";
import { takeFaults } from "../../../sandbox/shared/faults";

interface TestFault {
  call: string;
  times?: number;
  skip?: number;
}

interface Row {
  title: string;
  faults: TestFault[];
  most?: number;
  /** The places of those that strike, in `faults`. */
  strikes: number[];
  left: TestFault[];
}

const ROWS: Row[] = [
  { title: "strike once and are gone", faults: [{ call: "a" }], strikes: [0], left: [] },
  { title: "count down their times", faults: [{ call: "a", times: 3 }], strikes: [0], left: [{ call: "a", times: 2 }] },
  { title: "let calls pass first", faults: [{ call: "a", skip: 2 }], strikes: [], left: [{ call: "a", skip: 1 }] },
  { title: "leave other calls alone", faults: [{ call: "b" }], strikes: [], left: [{ call: "b" }] },
  { title: "strike together", faults: [{ call: "a" }, { call: "a" }], strikes: [0, 1], left: [] },
  {
    title: "strike one at a time where no more may, and those after it are not counted down",
    faults: [{ call: "a", skip: 1 }, { call: "a" }, { call: "a", skip: 1 }],
    most: 1,
    strikes: [1],
    left: [
      { call: "a", skip: 0 },
      { call: "a", skip: 1 },
    ],
  },
];

describe("injected faults", () => {
  for (const { title, faults, most, strikes, left } of ROWS) {
    it(title, () => {
      const taken = takeFaults(faults, { concerns: ({ call }) => call === "a", passing: "skip", most });
      expect(taken).to.deep.equal({ struck: strikes.map((place) => faults[place]), left });
    });
  }

  it("are the same list where none was counted down, so that nothing has to be saved", () => {
    const faults: TestFault[] = [{ call: "b" }];
    expect(takeFaults(faults, { concerns: () => false, passing: "times" }).left).to.equal(faults);
  });
});
