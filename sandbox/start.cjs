"use strict";
// What the npm scripts of the sandbox run. It builds what has changed and then is the command line, in this process, so
// that an interrupt finds no other one in between.
const { spawnSync } = require("node:child_process");
const path = require("node:path");

const compiler = path.join(path.dirname(require.resolve("typescript/package.json")), "bin", "tsc");
const build = spawnSync(process.execPath, [compiler, "-b", __dirname], { stdio: "inherit" });
if (build.status !== 0) process.exit(build.status ?? 1);

require("./dist/command-line/main.js");
