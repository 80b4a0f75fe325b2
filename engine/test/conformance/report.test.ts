import { expect } from "chai";
import { type Agreement, PARTS } from "./agreement";
import { conclusion, headerLine, tableLine } from "./report";

const none = Object.fromEntries(PARTS.map((part) => [part, 0])) as Agreement["differing"];
const AGREES: Agreement = { scenario: "chain", steps: 2, differing: none, differences: [] };
const DIFFERS: Agreement = {
  scenario: "drift",
  steps: 3,
  differing: { ...none, calls: 2, state: 1 },
  differences: Array.from({ length: 7 }, (_, index) => `step 2, up: calls.${index}: expected 1, found 2`),
};
const REFUSED: Agreement = {
  scenario: "target",
  steps: 0,
  differing: none,
  differences: [],
  refusal: { step: 1, what: "The option --target" },
};

describe("the report of the agreement", () => {
  it("has a column a part", () => {
    expect(headerLine(10)).to.equal(
      "scenario    result  exitCode  calls  outputs  world  state  steps  diagnostics  summaries",
    );
  });

  it("shows of each part that it agrees, or in how many steps it does not", () => {
    expect(tableLine(AGREES, 10)).to.equal(
      "chain       =       =         =      =        =      =      =      =            =",
    );
    expect(tableLine(DIFFERS, 10)).to.equal(
      "drift       =       =         2/3    =        =      1/3    =      =            =",
    );
  });

  it("shows a refusal by its name", () => {
    const columns = "target".padEnd(headerLine(10).length);
    expect(tableLine(REFUSED, 10)).to.equal(`${columns}  refused in step 1: The option --target`);
  });

  it("closes with totals, the first differences of each scenario, and the sum", () => {
    expect(conclusion([DIFFERS, REFUSED, AGREES], 10)).to.deep.equal([
      "agree       2/2     2/2       1/2    2/2      2/2    1/2    2/2    2/2          2/2",
      "",
      "drift: 7 differences",
      "  step 2, up: calls.0: expected 1, found 2",
      "  step 2, up: calls.1: expected 1, found 2",
      "  step 2, up: calls.2: expected 1, found 2",
      "  step 2, up: calls.3: expected 1, found 2",
      "  step 2, up: calls.4: expected 1, found 2",
      "  … and 2 more",
      "",
      "1 of 3 scenarios agree with the recordings; 1 differ; 1 refused: target (The option --target)",
    ]);
  });

  it("cuts a difference that is longer than a line or two", () => {
    const long = { ...DIFFERS, differences: ["x".repeat(500)] };
    expect(conclusion([long], 10)[3]).to.equal(`  ${"x".repeat(200)}…`);
  });
});
