import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { ROOT } from "../../docs/reference/sources";

/** One page in Markdown, or one workflow. */
export interface Page {
  /** From the repository's root. */
  file: string;
  text: string;
}

/** All pages of the repository, but for what describes recordings of Pulumi's CLI, which stands for itself. */
export function allPages(): Page[] {
  return filesOf(ROOT)
    .filter((file) => /\.(md|yml)$/.test(file))
    .map((file) => ({ file: path.relative(ROOT, file), text: readFileSync(file, "utf8") }));
}

/** Every file that is written by hand: no packages, no output, nothing hidden but the workflows. */
export function filesOf(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !/^(node_modules|dist|coverage|golden|\.(?!github$).*)$/.test(name))
    .flatMap((entry) => {
      const file = path.join(folder, entry.name);
      return entry.isDirectory() ? filesOf(file) : [file];
    });
}

/** The links of a page that lead to no file, or to no heading of it; those to other sites are not looked at. */
export function brokenLinks({ file, text }: Page): string[] {
  const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = ""]) => link);
  return links.filter((link) => !/^[a-z]+:/.test(link)).filter((link) => !leadsSomewhere(file, link));
}

function leadsSomewhere(file: string, link: string): boolean {
  const [name = "", heading] = link.split("#");
  const target = name === "" ? path.join(ROOT, file) : path.join(ROOT, path.dirname(file), name);
  if (!existsSync(target)) return false;
  return heading === undefined || anchors(readFileSync(target, "utf8")).includes(heading);
}

/** The anchors that GitHub gives to the headings of a page. */
function anchors(text: string): string[] {
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_ -]/gu, "")
      .replaceAll(" ", "-"),
  );
}
