import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { isResource, PAGES, referenceFiles } from "../../docs/reference/reference";
import { type DocumentedClass, ROOT, Sources } from "../../docs/reference/sources";

describe("the reference", () => {
  let files: Map<string, string>;
  let classes: DocumentedClass[];
  before(() => {
    files = referenceFiles();
    classes = new Sources().classes();
  });

  it("is as `npm run docs` writes it: run that, and commit what it wrote", () => {
    const textOf = (file: string) =>
      existsSync(path.join(ROOT, file)) ? readFileSync(path.join(ROOT, file), "utf8") : "";
    const outOfDate = [...files].filter(([file, text]) => textOf(file) !== text).map(([file]) => file);
    expect(outOfDate, "out of date: run npm run docs").to.deep.equal([]);
  });

  it("has a page for each class that the package exports, and no other", () => {
    const pages = readdirSync(path.join(ROOT, PAGES)).sort();
    expect(pages, "run npm run docs").to.deep.equal(classes.map(({ name }) => `${name}.md`).sort());
  });

  it("says what id each resource is looked up by, but for the probe, the hold and the rollover, which are nothing that is there", () => {
    const mute = classes.filter((documented) => isResource(documented) && !documented.lookup?.id);
    expect(mute.map(({ name }) => name)).to.deep.equal([
      "OAuthCertificateHold",
      "OAuthCertificateRollover",
      "PushNotificationProbe",
    ]);
  });

  it("says something of each class, argument and output, in whole sentences, with an example", () => {
    const mute = classes.flatMap(({ name, arguments: args, outputs }) =>
      [...args, ...outputs].filter(({ text }) => !/[.`]$/.test(text)).map((documented) => `${name}.${documented.name}`),
    );
    expect(mute).to.deep.equal([]);
    expect(classes.filter(({ text, example }) => !text || !example)).to.deep.equal([]);
  });

  it("is led to by a row of README's table, of which the package's own README has the same rows", () => {
    const readme = readFileSync(path.join(ROOT, "README.md"), "utf8");
    const rows = classes.filter(({ name }) => readme.includes(`\n| [\`${name}\`](${PAGES}/${name}.md) | `));
    expect(rows.map(({ name }) => name)).to.deep.equal(classes.map(({ name }) => name));
  });
});
