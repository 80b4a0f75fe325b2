import { stripVTControlCharacters } from "node:util";

/** Writes lines that stay and, on a terminal, draws others below them that are redrawn each time. */
export class Screen {
  readonly #stream: NodeJS.WriteStream;
  readonly #redraws: boolean;
  /** How many lines are drawn below those that stay. */
  #drawn = 0;

  constructor(stream: NodeJS.WriteStream, redraws: boolean) {
    this.#stream = stream;
    this.#redraws = redraws;
  }

  /** Writes lines for good, and draws others below them where the stream is a terminal. */
  show(lines: readonly string[], below: readonly string[] = []): void {
    const drawing = this.#redraws ? drawn(below, this.#stream.columns || 80, this.#stream.rows || 24) : [];
    if (lines.length === 0 && drawing.length === 0 && this.#drawn === 0) return;
    const up = this.#drawn === 0 ? "" : `\u001B[${this.#drawn}A\r\u001B[J`;
    this.#drawn = drawing.length;
    this.#stream.write(up + [...lines, ...drawing].map((line) => `${line}\n`).join(""));
  }
}

/** What fits: a line that wraps, or one that has scrolled away, could not be erased again. */
export function drawn(lines: readonly string[], columns: number, rows: number): string[] {
  return lines.slice(0, rows - 1).map((line) => cut(line, columns - 1));
}

function cut(line: string, width: number): string {
  const text = stripVTControlCharacters(line);
  return text.length <= width ? line : `${text.slice(0, width - 1)}…`;
}
