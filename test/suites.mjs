// Runs every suite that this machine can run, and closes with what passed, failed and was skipped.
//
//   node test/suites.mjs [--long] [suite ...]
//
// --long lets the suite robustness try a large sample of its cases, and not a small one.
// Exit status 1 when a test failed, or when a suite ended without a report.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

// Suites that start a dozen processes a test run two files at a time: more would slow each other down.
const SUITES = {
  parts: { files: ["test/provider/**/*.test.ts", "test/sandbox/**/*.test.ts"], parallel: true, coverage: true },
  stack: { files: ["test/stack/*.test.ts", "test/docs/*.test.ts"], parallel: true },
  recordings: { files: ["test/golden.test.ts", "test/conformance/*.test.ts"] },
  powershell: { files: ["test/powershell/**/*.test.ts"] },
  robustness: { files: ["test/robustness/*.test.ts"] },
};

const COVERAGE = [
  "c8",
  "--reporter=text-summary",
  "--include=provider/**",
  "--include=sandbox/**",
  "--exclude=**/dist/**",
];

const isLong = process.argv.includes("--long");
const names = process.argv.slice(2).filter((word) => word !== "--long");
const unknown = names.filter((name) => !(name in SUITES));
if (unknown.length > 0) {
  console.error(
    `There is no suite ${unknown.join(", ")}: name some of ${Object.keys(SUITES).join(", ")}, or none for all.`,
  );
  process.exit(2);
}

const folder = mkdtempSync(path.join(tmpdir(), "totals-"));
const results = (names.length > 0 ? names : Object.keys(SUITES)).map((name) => ({ name, ...run(name) }));
rmSync(folder, { recursive: true, force: true });

console.log();
for (const { name, passes, failed, skipped, seconds } of results) {
  console.log(
    `${name.padEnd(12)} ${passes} passed, ${failed.length} failed, ${skipped.length} skipped in ${seconds} s`,
  );
}
const skipped = results.flatMap((result) => result.skipped);
const failed = results.flatMap((result) => result.failed);
list("Skipped on this machine", skipped);
list("Failed", failed);
const passes = results.reduce((sum, result) => sum + result.passes, 0);
console.log(`\n${passes} passed, ${failed.length} failed, ${skipped.length} skipped`);
process.exitCode = failed.length > 0 ? 1 : 0;

function list(heading, lines) {
  if (lines.length > 0) console.log(`\n${heading}:\n${lines.map((line) => `  ${line}`).join("\n")}`);
}

/** Runs one suite; one that ends without a report counts as a failure. */
function run(name) {
  const { files, parallel, coverage } = SUITES[name];
  const totals = path.join(folder, `${name}.json`);
  const mocha = [
    "mocha",
    "--reporter",
    "test/reporter.cjs",
    ...(parallel ? ["--parallel", "--jobs", "2"] : []),
    ...files,
  ];
  const begin = Date.now();
  console.log(`\n${name}`);
  const { status } = spawnSync("npx", [...(coverage ? COVERAGE : []), ...mocha], {
    stdio: "inherit",
    env: { ...process.env, TOTALS: totals, ...(isLong ? { ROBUSTNESS: "long" } : {}) },
    shell: process.platform === "win32",
  });
  const seconds = Math.round((Date.now() - begin) / 1000);
  try {
    const { passes, failed, skipped } = JSON.parse(readFileSync(totals, "utf8"));
    // mocha says 0 or the number of failures; anything else that it says is a failure of its own.
    if (failed.length === 0 && status !== 0) failed.push(`${name} ended with exit status ${status}`);
    return { passes, failed, skipped, seconds };
  } catch {
    return { passes: 0, failed: [`${name} ended without a report, exit status ${status}`], skipped: [], seconds };
  }
}
