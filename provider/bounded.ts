/** How much of any text of the other side is repeated, in bytes of UTF-8. */
export const MAXIMUM_TEXT_BYTES = 2_048;

/** How much a person is shown of one thing, a line or a warning, in bytes of UTF-8: a list of some hundred servers fits. */
export const MAXIMUM_SHOWN_BYTES = 8_192;

/**
 * A text of at most `maximumBytes` of UTF-8, of at least 64: the middle of a longer one is left out, and a mark says how
 * much. No character is cut in two, and the half of a surrogate pair, which no UTF-8 carries, is U+FFFD.
 */
export function bounded(text: string, maximumBytes = MAXIMUM_TEXT_BYTES): string {
  const bytes = Buffer.from(text, "utf8");
  if (bytes.length <= maximumBytes) return bytes.toString("utf8");
  const room = maximumBytes - mark(bytes.length).length - 2;
  const head = boundaryBefore(bytes, Math.ceil(room / 2));
  const tail = boundaryAfter(bytes, bytes.length - Math.floor(room / 2));
  return `${bytes.toString("utf8", 0, head)} ${mark(tail - head)} ${bytes.toString("utf8", tail)}`;
}

function mark(left: number): string {
  return `[${left} bytes left out]`;
}

function boundaryBefore(bytes: Buffer, index: number): number {
  return isContinuation(bytes[index]) ? boundaryBefore(bytes, index - 1) : index;
}

function boundaryAfter(bytes: Buffer, index: number): number {
  return isContinuation(bytes[index]) ? boundaryAfter(bytes, index + 1) : index;
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80;
}
