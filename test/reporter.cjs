"use strict";
// mocha's own report, and its totals as JSON in the file that TOTALS names, so that test/suites.mjs can add them up.
const { writeFileSync } = require("node:fs");
const { reporters } = require("mocha");

module.exports = class TotalsReporter extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const skipped = [];
    runner.on("pending", (test) => skipped.push(test.fullTitle()));
    const failed = [];
    runner.on("fail", (test, error) => failed.push(`${test.fullTitle()}: ${error.message}`));
    runner.once("end", () => {
      const { passes } = this.stats;
      if (process.env.TOTALS) writeFileSync(process.env.TOTALS, JSON.stringify({ passes, failed, skipped }));
    });
  }
};
