import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { ROOT } from "../../docs/reference/sources";
import { allPages, brokenLinks, type Page } from "./pages";

/** Each match of a pattern's first group in a page, with the page's name before it. */
function named(pages: Page[], pattern: RegExp): { file: string; name: string }[] {
  return pages.flatMap(({ file, text }) => [...text.matchAll(pattern)].map(([, name = ""]) => ({ file, name })));
}

describe("every page and workflow", () => {
  const pages = allPages();
  const lines = (found: { file: string; name: string }[]) => found.map(({ file, name }) => `${file}: ${name}`);

  it("links only to files and headings that exist", () => {
    expect(pages.flatMap((page) => brokenLinks(page).map((link) => `${page.file}: ${link}`))).to.deep.equal([]);
  });

  it("names only npm scripts that exist", () => {
    const { scripts } = JSON.parse(readFileSync(path.join(ROOT, "package.json"), "utf8")) as { scripts: object };
    const missing = named(pages, /\bnpm run (?:--\w+ )*([a-z][\w:]*)/g).filter(({ name }) => !(name in scripts));
    expect(lines(missing)).to.deep.equal([]);
  });

  it("names only test files that exist", () => {
    // Of a pattern the folder before its first wildcard.
    const paths = named(pages, /npx mocha ([^`\n]+)/g).flatMap(({ file, name }) =>
      [...name.matchAll(/(?:engine\/)?\btest\/[^\s"]*/g)].map(([pattern]) => ({
        file,
        name: pattern.replace(/\/[^/]*[*{].*$/, ""),
      })),
    );
    expect(paths).to.not.deep.equal([]);
    expect(lines(paths.filter(({ name }) => !existsSync(path.join(ROOT, name))))).to.deep.equal([]);
  });

  it("names the tarball of the version that the package has", () => {
    const { version } = JSON.parse(readFileSync(path.join(ROOT, "provider/package.json"), "utf8")) as {
      version: string;
    };
    const tarballs = named(pages, /pulumi-exchange-server-(\d[\w.-]*)\.tgz/g);
    expect(lines(tarballs.filter(({ name }) => name !== version))).to.deep.equal([]);
  });
});
