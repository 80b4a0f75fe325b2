import { execFile } from "node:child_process";
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { expect } from "chai";
import ts from "typescript";
import { watched } from "../../program/seen-files";
import { checkTypes } from "../../program/type-check";

const TS_NODE = path.join(__dirname, "..", "fixtures", "ts-node.js");
const PACKAGES = path.join(__dirname, "..", "..", "..", "node_modules");

const settings = (compilerOptions: object) => JSON.stringify({ compilerOptions: { lib: ["es5"], ...compilerOptions } });

/** The program's files, and what is wrong with it: codes of errors. */
const PROGRAMS: { what: string; files: Record<string, string>; codes: number[] }[] = [
  {
    what: "is right",
    files: { "index.ts": "export const x: number = 1;\n", "tsconfig.json": settings({}) },
    codes: [],
  },
  {
    what: "is wrong",
    files: { "index.ts": "export const x: string = 1;\n", "tsconfig.json": settings({}) },
    codes: [2322],
  },
  {
    what: "has no tsconfig.json: Pulumi's own options, strict as TypeScript 6 is",
    files: { "index.ts": "export const x = (text) => text.at(0);\nexport const y = [1].at(0);\n" },
    codes: [7006, 2550],
  },
  {
    what: "is no TypeScript",
    files: { "index.ts": "const a = ;\nconst b: string = 1;\n", "tsconfig.json": settings({}) },
    codes: [1109, 2322],
  },
  {
    what: "needs what is not there",
    files: { "index.ts": 'import "absent";\nexport const x = process;\n' },
    codes: [2882, 2591],
  },
  {
    what: "has options of a build that writes files",
    files: {
      "index.ts": "export const x: string = 1;\n",
      "tsconfig.json": settings({ composite: true, declarationMap: true, rootDir: "lib", outDir: "bin", noEmit: true }),
    },
    codes: [2322],
  },
  {
    what: "has an option that TypeScript warns of",
    files: { "index.ts": "", "tsconfig.json": settings({ module: "commonjs", moduleResolution: "node" }) },
    codes: [5107],
  },
  {
    what: "says that it is not to be checked",
    files: { "index.ts": "const x: string = 1;\n", "tsconfig.json": settings({ noCheck: true }) },
    codes: [],
  },
  {
    what: "extends a tsconfig.json, of which Pulumi's own module and target are put before those",
    files: {
      "index.ts": "export const x = (text) => text;\nexport const y = import.meta;\n",
      "tsconfig.json": '{ "extends": "./base.json" }',
      "base.json": settings({ strict: false, module: "esnext", target: "es5" }),
    },
    codes: [1470],
  },
  {
    what: "lies beside files that are wrong and not its own",
    files: { "index.ts": "export {};\n", "other.ts": "const x: string = 1;\n", "tsconfig.json": settings({}) },
    codes: [],
  },
  {
    what: "uses a package",
    files: {
      "index.ts": 'import * as pulumi from "@pulumi/pulumi";\nexport const x: string = pulumi.output(1);\n',
      "tsconfig.json": settings({ lib: ["es2022"] }),
    },
    codes: [2322],
  },
];

describe("The check of types finds what Pulumi's would, in the same words, with a program that", () => {
  let folder: string;
  let found: string[];
  before(async () => {
    folder = await realpath(await mkdtemp(path.join(tmpdir(), "type-check-")));
    await symlink(PACKAGES, path.join(folder, "node_modules"), "junction");
    const folders = PROGRAMS.map((_, index) => path.join(folder, String(index)));
    for (const [index, { files }] of PROGRAMS.entries()) {
      await mkdir(folders[index] ?? "");
      for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, String(index), name), text);
    }
    const { stdout } = await promisify(execFile)(process.execPath, [TS_NODE, ...folders]);
    found = JSON.parse(stdout);
  });
  after(() => rm(folder, { recursive: true }));

  for (const [index, { what, codes }] of PROGRAMS.entries()) {
    it(what, () => {
      const program = path.join(folder, String(index));
      const configuration = path.join(program, "tsconfig.json");
      const roots = [path.join(program, "index.ts")];
      const { errors } = checkTypes(ts, { folder: program, configuration, roots }, watched(ts.sys, {}));
      expect(errors.split("\r\n").join("\n")).to.equal(found[index]?.split("\r\n").join("\n"));
      expect(Array.from(errors.matchAll(/error TS(\d+)/g), ([, code]) => Number(code))).to.deep.equal(codes);
    });
  }
});
