/** A table; cells may have several lines and any character. */
export function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.map(cell).join(" | ")} |`;
  return [line(head), `|${head.map(() => "---").join("|")}|`, ...rows.map(line)].join("\n");
}

function cell(text: string): string {
  return shown(text.replace(/\s*\n\s*/g, " ")).replaceAll("|", "\\|");
}

/** Outside code, Markdown takes `<guid>` for a tag of HTML. */
function shown(text: string): string {
  return text
    .split("`")
    .map((part, index) => (index % 2 === 0 ? part.replaceAll("<", "\\<") : part))
    .join("`");
}

/** Lines of one paragraph belong together: how a docstring is wrapped says nothing. A link of a docstring is a name. */
export function paragraphs(text: string): string {
  return text
    .replace(/\{@link (\S+) *\}/g, "`$1`")
    .split(/\n\s*\n/)
    .map((paragraph) => shown(paragraph.replace(/\s*\n\s*/g, " ")))
    .join("\n\n");
}
