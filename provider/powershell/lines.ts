/** What becomes of the lines. */
export interface LineHandlers {
  /** A line without its line end (a line feed, or carriage return and line feed). */
  line(text: string): void;
  /** The beginning of a line that is too long; the rest of it is dropped. */
  oversized(beginning: string): void;
  /** What stood after the last line feed when the stream ended; not called when nothing did. */
  unfinished(text: string): void;
}

/** How much of a line that is too long is handed on, in bytes. */
const BEGINNING = 256;

/**
 * Cuts a stream into lines. Chunks are kept apart until their line is complete, so that a long line costs one copy and
 * not one for each chunk; what is kept never exceeds `maximumBytes` and a chunk.
 */
export class LineReader {
  readonly #handlers: LineHandlers;
  readonly #maximumBytes: number;
  #chunks: Buffer[] = [];
  #bytes = 0;
  #dropping = false;

  constructor(maximumBytes: number, handlers: LineHandlers) {
    this.#maximumBytes = maximumBytes;
    this.#handlers = handlers;
  }

  push(chunk: Buffer): void {
    let start = 0;
    for (let feed = chunk.indexOf(10); feed !== -1; feed = chunk.indexOf(10, start)) {
      this.#keep(chunk.subarray(start, feed));
      if (!this.#dropping) this.#handlers.line(this.#take().replace(/\r$/, ""));
      this.#dropping = false;
      start = feed + 1;
    }
    this.#keep(chunk.subarray(start));
  }

  end(): void {
    if (this.#bytes > 0) this.#handlers.unfinished(this.#take());
  }

  #keep(piece: Buffer): void {
    if (this.#dropping || piece.length === 0) return;
    this.#chunks.push(piece);
    this.#bytes += piece.length;
    // One byte more for a carriage return, which is no part of the line.
    if (this.#bytes <= this.#maximumBytes + 1) return;
    this.#dropping = true;
    this.#handlers.oversized(this.#take(BEGINNING));
  }

  #take(maximum = this.#bytes): string {
    const text = Buffer.concat(this.#chunks, Math.min(maximum, this.#bytes)).toString("utf8");
    this.#chunks = [];
    this.#bytes = 0;
    return text;
  }
}
