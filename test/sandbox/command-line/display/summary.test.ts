import { expect } from "chai";
import { type SummaryFacts, secondsText, summaryLine } from "../../../../sandbox/command-line/display/summary";

describe("the summary of an operation", () => {
  const succeeded = { isPreview: false, result: "succeeded" as const };
  const table: [line: string, facts: Omit<SummaryFacts, "seconds">][] = [
    [
      "4 created, 2 unchanged in 6.1 s",
      { summary: { ...succeeded, resourceChanges: { same: 2, create: 4 } }, isRefresh: false, failed: 0 },
    ],
    [
      "1 to create, 2 to update, 3 to replace, 4 to delete, 5 unchanged in 6.1 s",
      {
        summary: {
          ...succeeded,
          isPreview: true,
          resourceChanges: { create: 1, update: 2, replace: 3, delete: 4, same: 5 },
        },
        isRefresh: false,
        failed: 0,
      },
    ],
    [
      "1 drifted, 1 gone in 6.1 s",
      { summary: { ...succeeded, resourceChanges: { update: 1, delete: 1 } }, isRefresh: true, failed: 0 },
    ],
    ["nothing to do in 6.1 s", { summary: { ...succeeded, resourceChanges: {} }, isRefresh: false, failed: 0 }],
    [
      "Not completed: 1 failed, 2 created in 6.1 s",
      { summary: { isPreview: false, result: "failed", resourceChanges: { create: 2 } }, isRefresh: false, failed: 1 },
    ],
    [
      "Not completed: nothing was done in 6.1 s",
      { summary: { isPreview: false, result: "failed", resourceChanges: {} }, isRefresh: false, failed: 0 },
    ],
    [
      "Cancelled: 1 deleted in 6.1 s",
      {
        summary: { isPreview: false, result: "canceled", resourceChanges: { delete: 1 } },
        isRefresh: false,
        failed: 0,
      },
    ],
  ];
  for (const [line, facts] of table) {
    it(`can be "${line}"`, () => {
      expect(summaryLine({ ...facts, seconds: 6.14 })).to.equal(line);
    });
  }
});

describe("a time", () => {
  for (const [seconds, text] of [
    [0, "0.0 s"],
    [59.94, "59.9 s"],
    [60, "1 min 0 s"],
    [132.9, "2 min 12 s"],
  ] as const) {
    it(`of ${seconds} seconds is "${text}"`, () => {
      expect(secondsText(seconds)).to.equal(text);
    });
  }
});
