// Writes the reference from the sources: a page for each class that the package exports, the tables of
// permissions, and the package's table of resources, which follows the repository's.
//
//   npm run docs
//
// Prints each file that it changed or removed. test/docs/reference.test.ts fails where this has been forgotten.
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { PAGES, referenceFiles } from "./reference";
import { ROOT } from "./sources";

const files = referenceFiles();
for (const [file, text] of files) {
  const whole = path.join(ROOT, file);
  if (existsSync(whole) && readFileSync(whole, "utf8") === text) continue;
  writeFileSync(whole, text);
  console.log(`wrote ${file}`);
}
for (const page of readdirSync(path.join(ROOT, PAGES))) {
  const file = `${PAGES}/${page}`;
  if (files.has(file)) continue;
  rmSync(path.join(ROOT, file));
  console.log(`removed ${file}`);
}
