import { expect } from "chai";
import type { EngineEvent } from "pulumi-local-engine";
import { Display, type DisplayOptions } from "../../../../sandbox/command-line/display/display";
import { coloured, plain } from "../../../../sandbox/command-line/display/style";
import { recordedEvents } from "./recorded";

const PLAIN: DisplayOptions = { redraws: false, isRefresh: false, showsValues: false, style: plain, began: 0 };

/** A tenth of a second passes with each event. */
function linesOf(events: EngineEvent[], options: Partial<DisplayOptions> = {}): string[] {
  const display = new Display({ ...PLAIN, ...options });
  const lines = events.flatMap((event, index) => display.event(event, 100 * (index + 1)));
  return [...lines, ...display.summary(100 * events.length)];
}

describe("the display of an operation that Pulumi's own CLI was recorded with", () => {
  const table: { title: string; scenario: string; index: number; isRefresh?: boolean; lines: string[] }[] = [
    {
      title: "has a line as a resource begins and one as it ends",
      scenario: "create-chain",
      index: 1,
      lines: [
        "  +  pulumi:Stack                        recorded-test                          creating",
        "  +  recorded:Thing                      one                                    creating",
        "  +  recorded:Thing                      one                                    created  0.1 s",
        "  +  recorded:Thing                      two                                    creating",
        "  +  recorded:Thing                      two                                    created  0.1 s",
        "  +  recorded:Thing                      three                                  creating",
        "  +  recorded:Thing                      three                                  created  0.1 s",
        "  +  pulumi:Stack                        recorded-test                          created",
        "4 created in 1.1 s",
      ],
    },
    {
      title: "has one line a resource in a preview",
      scenario: "create-chain",
      index: 0,
      lines: [
        "  +  pulumi:Stack                        recorded-test                          create",
        "  +  recorded:Thing                      one                                    create",
        "  +  recorded:Thing                      two                                    create",
        "  +  recorded:Thing                      three                                  create",
        "4 to create in 1.2 s",
      ],
    },
    {
      title: "has nothing but a summary where all stays as it is",
      scenario: "create-chain",
      index: 2,
      lines: ["4 unchanged in 1.2 s"],
    },
    {
      title: "says whose error it is, and what was done before it",
      scenario: "create-throws",
      index: 0,
      lines: [
        "  +  pulumi:Stack                        recorded-test                          creating",
        "  +  recorded:Thing                      one                                    creating",
        "  +  recorded:Thing                      one                                    created  0.1 s",
        "  +  recorded:Thing                      two                                    creating",
        "  +  recorded:Thing                      two                                    creating failed  0.1 s",
        "    error: recorded:Thing two: the server refused",
        "    error: update failed",
        "Not completed: 1 failed, 2 created in 1.0 s",
      ],
    },
    {
      title: "indents an error of several lines",
      scenario: "update-partial",
      index: 1,
      lines: [
        "  ~  recorded:Thing                      one                                    updating",
        "  ~  recorded:Thing                      one                                    updating failed  0.1 s",
        "    error: recorded:Thing one: 2 errors occurred:",
        "      \t* the probe failed",
        "      \t* the second probe failed",
        "    error: update failed",
        "Not completed: 1 failed, 1 unchanged in 0.8 s",
      ],
    },
    {
      title: "shows of a planned replacement what it is, and the properties that make it necessary",
      scenario: "replace-delete-first",
      index: 1,
      lines: [
        "  +- recorded:Thing                      one                                    replace  [replaceOn]",
        "  +- recorded:Thing                      two                                    replace",
        "  ~  recorded:Thing                      three                                  update",
        "1 to update, 2 to replace, 3 unchanged in 2.4 s",
      ],
    },
    {
      title: "shows of a replacement its parts in their order",
      scenario: "replace-delete-first",
      index: 2,
      lines: [
        "  -- recorded:Thing                      two                                    deleting original",
        "  -- recorded:Thing                      two                                    deleted original  0.1 s",
        "  -- recorded:Thing                      one                                    deleting original",
        "  -- recorded:Thing                      one                                    deleted original  0.1 s",
        "  ++ recorded:Thing                      one                                    creating replacement  [replaceOn]",
        "  ++ recorded:Thing                      one                                    created replacement  0.1 s  [replaceOn]",
        "  ++ recorded:Thing                      two                                    creating replacement  [replaceOn]",
        "  ++ recorded:Thing                      two                                    created replacement  0.1 s  [replaceOn]",
        "2 replaced, 4 unchanged in 2.3 s",
      ],
    },
    {
      title: "says of a refresh what has drifted",
      scenario: "drift",
      index: 2,
      isRefresh: true,
      lines: [
        "  ~  recorded:Thing                      one                                    has drifted  0.1 s",
        "1 drifted, 3 unchanged in 1.1 s",
      ],
    },
    {
      title: "says of a refresh what is gone",
      scenario: "missing",
      index: 2,
      isRefresh: true,
      lines: [
        "  -  recorded:Thing                      two                                    is gone  0.1 s",
        "1 gone, 3 unchanged in 1.1 s",
      ],
    },
    {
      title: "shows what was interrupted and saved as done",
      scenario: "interrupt",
      index: 0,
      lines: [
        "  +  pulumi:Stack                        recorded-test                          creating",
        "  +  recorded:Thing                      zero                                   creating",
        "  +  recorded:Thing                      zero                                   created  0.1 s",
        "  +  recorded:Thing                      one                                    creating",
        "  +  recorded:Thing                      one                                    created  0.1 s",
        "    error: update canceled",
        "Not completed: 3 created in 0.9 s",
      ],
    },
    {
      title: "names what was left behind by a second interrupt",
      scenario: "interrupt-twice",
      index: 0,
      lines: [
        "  +  pulumi:Stack                        recorded-test                          creating",
        "  +  recorded:Thing                      zero                                   creating",
        "  +  recorded:Thing                      zero                                   created  0.1 s",
        "  +  recorded:Thing                      one                                    creating",
        "    error: update failed",
        "  +  recorded:Thing                      one                                    creating, left behind",
        "Cancelled: 2 created in 0.8 s",
      ],
    },
  ];
  for (const { title, scenario, index, isRefresh = false, lines } of table) {
    it(title, () => {
      expect(linesOf(recordedEvents(scenario, index), { isRefresh })).to.deep.equal(lines);
    });
  }

  it("shows what failed in red", () => {
    const display = new Display({ ...PLAIN, redraws: true, style: coloured });
    const events = recordedEvents("create-throws", 0).filter(({ resOpFailedEvent }) => resOpFailedEvent);
    expect(events.flatMap((event) => display.event(event, 100))).to.deep.equal([
      "  \u001B[31m+ \u001B[39m recorded:Thing                      two                                    \u001B[31mcreating failed\u001B[39m",
    ]);
  });

  it("keeps no begin on a terminal, where what runs is redrawn", () => {
    expect(linesOf(recordedEvents("create-throws", 0), { redraws: true })).to.deep.equal([
      "  +  recorded:Thing                      one                                    created  0.1 s",
      "  +  recorded:Thing                      two                                    creating failed  0.1 s",
      "    error: recorded:Thing two: the server refused",
      "    error: update failed",
      "Not completed: 1 failed, 2 created in 1.0 s",
    ]);
  });
});

describe("what is drawn on a terminal", () => {
  const [, , , , , begun] = recordedEvents("create-throws", 0);

  function display(redraws = true) {
    return new Display({ ...PLAIN, redraws });
  }

  it("is each running resource, and for how long", () => {
    const shown = display();
    shown.event(begun as EngineEvent, 1000);
    expect(shown.running(1400)).to.deep.equal([
      "  +  recorded:Thing                      two                                    creating  0.4 s",
    ]);
  });

  it("is that something is going on, once nothing was told for a second", () => {
    const shown = display();
    expect(shown.running(999)).to.deep.equal([]);
    expect(shown.running(1000)).to.deep.equal(["     working  1.0 s"]);
  });

  it("is a read only once it takes long", () => {
    const shown = display();
    const read = recordedEvents("drift", 2).find(({ resourcePreEvent }) =>
      resourcePreEvent?.metadata.urn.endsWith("::one"),
    );
    shown.event(read as EngineEvent, 5000);
    expect(shown.running(5999)).to.deep.equal([]);
    expect(shown.running(6000)).to.deep.equal([
      "     recorded:Thing                      one                                    reading  1.0 s",
    ]);
  });
});

describe("a read that takes long", () => {
  const events = recordedEvents("drift", 2);
  const [begun, ended] = events.filter(({ resourcePreEvent, resOutputsEvent }) =>
    (resourcePreEvent ?? resOutputsEvent)?.metadata.urn.endsWith("::two"),
  ) as [EngineEvent, EngineEvent];

  it("is told without a terminal too, once as it lasts and once as it ends", () => {
    const display = new Display({ ...PLAIN, isRefresh: true });
    expect(display.event(begun, 0)).to.deep.equal([]);
    expect(display.tick(999)).to.deep.equal([]);
    expect(display.tick(1000)).to.deep.equal([
      "     recorded:Thing                      two                                    reading",
    ]);
    expect(display.tick(2000)).to.deep.equal([]);
    expect(display.event(ended, 2500)).to.deep.equal([
      "     recorded:Thing                      two                                    unchanged  2.5 s",
    ]);
  });

  it("is not told where it is drawn anyway", () => {
    const display = new Display({ ...PLAIN, redraws: true, isRefresh: true });
    display.event(begun, 0);
    expect(display.tick(5000)).to.deep.equal([]);
  });
});

describe("the types of what was changed", () => {
  function changedBy(scenario: string, index: number) {
    const display = new Display(PLAIN);
    for (const event of recordedEvents(scenario, index)) display.event(event, 0);
    return [...display.changedTypes].sort();
  }

  it("are known after an update", () => {
    expect(changedBy("create-chain", 1)).to.deep.equal(["pulumi-nodejs:dynamic/recorded:Thing", "pulumi:pulumi:Stack"]);
  });

  for (const { what, scenario, index } of [
    { what: "a preview", scenario: "create-chain", index: 0 },
    { what: "an update without changes", scenario: "create-chain", index: 2 },
    { what: "a refresh", scenario: "drift", index: 2 },
  ] as const) {
    it(`are none after ${what}`, () => {
      expect(changedBy(scenario, index)).to.deep.equal([]);
    });
  }
});
