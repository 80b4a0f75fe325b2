import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { ROOT } from "../../docs/reference/sources";

const PAGE = readFileSync(path.join(ROOT, "docs/using.md"), "utf8");

describe("the page for users", () => {
  let folder: string;
  before(() => {
    // Below the repository's root, so that the program finds the packages there.
    const work = path.join(ROOT, ".work");
    mkdirSync(work, { recursive: true });
    folder = mkdtempSync(path.join(work, "using-"));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it("shows a unit test that runs to its end, with what azuread's three functions answer", () => {
    const block = PAGE.match(/## Unit tests[\s\S]*?```ts\n([\s\S]*?)```/)?.[1] ?? "";
    const asked = [...PAGE.matchAll(/"(azuread:index\/\w+:\w+)"/g)].map(([, token]) => token?.split(":").at(-1));
    expect(asked).to.deep.equal(["getClientConfig", "getServicePrincipal", "getDomains"]);
    const file = path.join(folder, "unit.mts");
    writeFileSync(file, block);
    const printed = execFileSync(process.execPath, ["--import", "tsx", file], { cwd: ROOT, encoding: "utf8" });
    expect(printed.trim()).to.equal("AB".repeat(20));
  });

  it("links only to headings and files that exist", () => {
    const slugs = [...PAGE.matchAll(/^## (.*)$/gm)].map(([, heading = ""]) =>
      heading.toLowerCase().replaceAll(" ", "-"),
    );
    const links = [...PAGE.matchAll(/\]\(([^)]+)\)/g)].map(([, link = ""]) => link);
    const inside = links.filter((link) => link.startsWith("#")).map((link) => link.slice(1));
    expect(inside).to.deep.equal(slugs);
    const files = links.filter((link) => !/^(#|https:)/.test(link));
    expect(files.filter((file) => !existsSync(path.join(ROOT, "docs", file)))).to.deep.equal([]);
  });
});
