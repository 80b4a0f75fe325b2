import { readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { ROOT } from "../../docs/reference/sources";
import { filesOf } from "./pages";

/**
 * Forms that Pulumi's and Microsoft's documentation would not write, or a second word for one thing (docs/architecture.md,
 * "Words"), each with what is written instead. A form stands here because somebody had to read it twice: add one when you
 * find it, and take one out where it is right.
 */
const FORMS: [form: RegExp, instead: string][] = [
  [/\bthat there (is|are)( none of\b|[.,;:)"`])/, "nothing: every handler"],
  [/(?<!there )\b(is|are) no (argument|diff|error|guid|id|key|name|text)\b/, "is not a"],
  [/\b(date|text|name|id|build) that is none\b/, "an invalid date"],
  [/, where .{1,60} (is|was) due\b/, "expected"],
  [/\bbut for (a|an|the|how|what|where)\b|\bor later but\b/, "except"],
  [/\b(would|could) else\b|; else (it|the|a)\b/, "otherwise"],
  [/\b(begin|begins|made|makes) (it |them )?anew\b/, "again"],
  [/\bin clear[.,:;)"`]/, "in plain text"],
  [/\bkee?ps? (it |them )?aside\b|\bkept aside\b/, "rename"],
  [/\b(it|which|they|cmdlet) shall\b/, "must"],
  [/\bmend(s|ed|ing)?\b/, "repair"],
  [/\bdemand(s|ed|ing|[A-Z]\w*)?\b/, "require"],
  [/\bflaws?\b|\bflaw[A-Z]\w*/, "reason"],
  [/\bdescribe[A-Z]\w*\(/, "outputsOf, or what else it returns"],
];

/** What only the sandbox and the tests have: an injected fault. */
const FAULT = /\b[Ff]aults?\b|[a-z]Faults?\b/;

/** The files of a page or of a folder, those of other makers left out. */
function textsOf(name: string): { file: string; text: string }[] {
  const whole = path.join(ROOT, name);
  const files = name.endsWith(".md") ? [whole] : filesOf(whole).filter((file) => /\.(ts|md|ps1)$/.test(file));
  return files.map((file) => ({ file: path.relative(ROOT, file), text: readFileSync(file, "utf8") }));
}

/** `file:line: what stands there`, for each place that a form fits. */
function placesOf(form: RegExp, { file, text }: { file: string; text: string }): string[] {
  return text.split("\n").flatMap((line, index) => (form.test(line) ? [`${file}:${index + 1}: ${line.trim()}`] : []));
}

describe("the words of pages, messages and comments", () => {
  const all = ["README.md", "CONTRIBUTING.md", "docs", "provider", "sandbox", "examples"].flatMap(textsOf);

  for (const [form, instead] of FORMS) {
    it(`are plain: “${instead}” in place of ${form}`, () => {
      expect(all.flatMap((text) => placesOf(form, text))).to.deep.equal([]);
    });
  }

  it("keep fault for what the sandbox or a test injects", () => {
    const elsewhere = ["README.md", "CONTRIBUTING.md", "docs/guide.md", "docs/using.md", "provider"].flatMap(textsOf);
    expect(elsewhere.flatMap((text) => placesOf(FAULT, text))).to.deep.equal([]);
  });
});
