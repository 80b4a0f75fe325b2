import { expect } from "chai";
import { LineReader } from "../../../provider/powershell/lines";

/** What became of these chunks, in order. */
function read(chunks: (string | Buffer)[], maximumBytes = 8): string[] {
  const events: string[] = [];
  const reader = new LineReader(maximumBytes, {
    line: (text) => events.push(`line ${text}`),
    oversized: (beginning) => events.push(`oversized ${beginning}`),
    unfinished: (text) => events.push(`unfinished ${text}`),
  });
  for (const chunk of chunks) reader.push(Buffer.from(chunk as string));
  reader.end();
  return events;
}

describe("LineReader", () => {
  const euro = Buffer.from("€\n");
  const CASES: [string, (string | Buffer)[], string[]][] = [
    ["nothing", [], []],
    ["a line", ["ab\n"], ["line ab"]],
    ["several lines of one chunk", ["ab\ncd\n\n"], ["line ab", "line cd", "line "]],
    ["a line in many chunks", ["a", "b", "c", "\n"], ["line abc"]],
    ["Windows line ends, one cut in two", ["ab\r\ncd\r", "\nef\r\n"], ["line ab", "line cd", "line ef"]],
    ["a carriage return within a line", ["a\rb\n"], ["line a\rb"]],
    ["a character cut in two", [euro.subarray(0, 1), euro.subarray(1)], ["line €"]],
    ["what is left at the end", ["ab\ncd"], ["line ab", "unfinished cd"]],
    ["a line of just the length that is allowed", ["12345678\n", "12345678\r\n"], ["line 12345678", "line 12345678"]],
    ["a line that is too long, then another", ["1234567890", "1234\nab\n"], ["oversized 1234567890", "line ab"]],
    ["a line that is too long and has no end", ["1234567890", "1234"], ["oversized 1234567890"]],
    ["a line that is too long within one chunk", ["1234567890\nab\n"], ["oversized 1234567890", "line ab"]],
  ];
  for (const [what, chunks, events] of CASES) {
    it(`reads ${what}`, () => {
      expect(read(chunks)).to.deep.equal(events);
    });
  }

  it("hands on no more than the beginning of a line that is too long", () => {
    expect(read(["x".repeat(1_000)])).to.deep.equal([`oversized ${"x".repeat(256)}`]);
  });

  it("reads a long line in very many chunks quickly, since no chunk is copied twice", () => {
    const begin = performance.now();
    // Copied at each chunk, this would be a hundred gigabytes.
    const events = read([...Array<string>(50_000).fill("x".repeat(100)), "\n"], Number.MAX_SAFE_INTEGER);
    expect(events[0]).to.have.lengthOf("line ".length + 5_000_000);
    expect(performance.now() - begin).to.be.below(5_000);
  });
});
