import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";

const ROOT = path.resolve(__dirname, "../..");
const compiled = new Map<string, string>();

/**
 * Makes a folder the project of a program of this repository. It is compiled once a process of the tests, so that the
 * program's own process needs no compiler; `npm run types` checks it.
 *
 * @param source relative to the repository's root.
 */
export function writeProject(folder: string, name: string, source: string): void {
  const runtime = "runtime:\n  name: nodejs\n  options:\n    typescript: false\n";
  writeFileSync(path.join(folder, "Pulumi.yaml"), `name: ${name}\n${runtime}`);
  writeFileSync(path.join(folder, "index.js"), compiled.get(source) ?? compile(source));
}

function compile(source: string): string {
  const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.Node20 };
  const { outputText } = ts.transpileModule(readFileSync(path.join(ROOT, source), "utf8"), { compilerOptions });
  compiled.set(source, outputText);
  return outputText;
}
