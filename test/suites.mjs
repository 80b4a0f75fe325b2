// Builds, runs suites, and closes with what it left out, how long it took, and last what passed, failed and was skipped.
//
//   node test/suites.mjs [--all | --long | --whole] [--coverage] [suite ...]
//
// Without an option the longest tests are left out, as `LEFT_OUT` says. --all runs them, robustness with a small sample of
// its cases; --long with a large sample, --whole with every case. --coverage measures the suite parts.
// Exit status 1 when a test failed, or when a suite ended without a report.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

// Suites that start a dozen processes a test run two files at a time: more would slow each other down. Files begin in the
// order given; what takes longest comes early, so that the end does not wait for one of them alone.
const SUITES = {
  parts: {
    files: [
      "engine/test/!(golden).test.ts",
      "engine/test/!(golden|conformance)/**/*.test.ts",
      "test/sandbox/**/*.test.ts",
      "test/provider/**/*.test.ts",
    ],
    parallel: true,
    long: [
      "engine/test/{concurrency,full-disk}.test.ts",
      "engine/test/plugins/process-group.test.ts",
      "engine/test/preload/type-check.test.ts",
      "engine/test/program/refused.test.ts",
      "engine/test/transfer/import.test.ts",
      "test/provider/package-types.test.ts",
    ],
  },
  stack: {
    files: [
      "test/stack/{renewal-held,crash-renewal,crash-create,crash-update,renewal,tenant-policy,probe}.test.ts",
      "test/docs/*.test.ts",
      "test/stack/*.test.ts",
    ],
    parallel: true,
    // The whole life of a certificate, twice: a short run has its refusals and its crashes.
    long: ["test/docs/rotation.test.ts", "test/stack/renewal.test.ts"],
  },
  recordings: { files: ["engine/test/golden.test.ts", "engine/test/conformance/*.test.ts"] },
  powershell: {
    files: ["test/powershell/**/*.test.ts"],
    parallel: true,
    // Obtains a PowerShell, where there is none, before two files would do so at the same time.
    prepare: "test/powershell/shell.ts",
    long: ["test/powershell/lifecycles/*.test.ts", "test/powershell/crashes.test.ts"],
  },
  robustness: {
    files: ["test/robustness/*.test.ts"],
    parallel: true,
    long: ["kills", "disk", "files", "long-answers"].map((name) => `test/robustness/${name}.test.ts`),
  },
};

/** No part of all: the same tests again that start no process. */
const QUICK = {
  files: ["test/provider/{resources,components,exchange,x509}/**/*.test.ts", "test/docs/pages.test.ts"],
};

const LEFT_OUT = [
  "recordings of Pulumi's engine but ten; imports, refused programs, checked types, ends of processes, a full disk, two operations at once",
  "each family of tests (test/family.ts) but its first, and the certificate's whole life",
  "whole lifecycles and crashes through PowerShell",
  "of the suite robustness kills, full disks, damaged files and long answers",
];

const COVERAGE = [
  "c8",
  "--reporter=text-summary",
  "--include=provider/**",
  "--include=engine/**",
  "--include=sandbox/**",
  "--exclude=**/dist/**",
];

const began = Date.now();
const words = process.argv.slice(2);
const has = (option) => words.includes(option);
const names = words.filter((word) => !word.startsWith("--"));
const isShort = !(has("--all") || has("--long") || has("--whole"));
const size = has("--whole") ? "whole" : has("--long") ? "long" : process.env.ROBUSTNESS;
const known = ["--all", "--long", "--whole", "--coverage", "quick", ...Object.keys(SUITES)];
const unknown = words.filter((word) => !known.includes(word));
if (unknown.length > 0) {
  console.error(`There is no ${unknown.join(", ")}: name some of ${known.join(", ")}, or no suite for all of them.`);
  process.exit(2);
}
const build = spawnSync("npm", ["run", "--silent", "build"], { stdio: "inherit", shell: process.platform === "win32" });
if (build.status !== 0) process.exit(1);

const chosen = names.length > 0 ? names : Object.keys(SUITES);
const folder = mkdtempSync(path.join(tmpdir(), "totals-"));
const results = chosen.map((name) => ({ name, ...run(name) }));
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
if (isShort && names.length === 0) list("Left to npm run test:all", LEFT_OUT);
const took = Math.round((Date.now() - began) / 1000);
console.log(`\nTook ${Math.floor(took / 60)} min ${took % 60} s`);
// Whoever reads only the last line finds the totals there, and nothing else.
console.log(`${passes} passed, ${failed.length} failed, ${skipped.length} skipped`);
process.exitCode = failed.length > 0 ? 1 : 0;

function list(heading, lines) {
  if (lines.length > 0) console.log(`\n${heading}:\n${lines.map((line) => `  ${line}`).join("\n")}`);
}

/** Runs one suite; one that ends without a report counts as a failure. */
function run(name) {
  const { files, parallel, prepare, long = [] } = { ...SUITES, quick: QUICK }[name];
  const totals = path.join(folder, `${name}.json`);
  const mocha = [
    "mocha",
    "--reporter",
    "test/reporter.cjs",
    ...(parallel ? ["--parallel", "--jobs", "2"] : []),
    ...(isShort && names.length === 0 ? long.flatMap((file) => ["--ignore", file]) : []),
    ...files,
  ];
  const begin = Date.now();
  console.log(`\n${name}`);
  if (prepare) spawnSync(process.execPath, ["--require", "tsx/cjs", prepare], { stdio: "inherit" });
  const { status } = spawnSync("npx", [...(has("--coverage") && name === "parts" ? COVERAGE : []), ...mocha], {
    stdio: "inherit",
    env: {
      // Node 22.1 and later compile what each of thousands of processes loads once.
      NODE_COMPILE_CACHE: path.resolve(".cache/compiled"),
      ...process.env,
      NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ""} --require ${JSON.stringify(path.resolve("test/late.cjs"))}`,
      TOTALS: totals,
      TESTS: isShort && names.length === 0 ? "short" : "all",
      ...(isShort ? {} : { GOLDEN: "all" }),
      ...(size ? { ROBUSTNESS: size } : {}),
    },
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
