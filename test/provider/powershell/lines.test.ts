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
  const CASES: { what: string; chunks: (string | Buffer)[]; events: string[] }[] = [
    { what: "nothing", chunks: [], events: [] },
    { what: "a line", chunks: ["ab\n"], events: ["line ab"] },
    { what: "several lines of one chunk", chunks: ["ab\ncd\n\n"], events: ["line ab", "line cd", "line "] },
    { what: "a line in many chunks", chunks: ["a", "b", "c", "\n"], events: ["line abc"] },
    {
      what: "Windows line ends, one cut in two",
      chunks: ["ab\r\ncd\r", "\nef\r\n"],
      events: ["line ab", "line cd", "line ef"],
    },
    { what: "a carriage return within a line", chunks: ["a\rb\n"], events: ["line a\rb"] },
    { what: "a character cut in two", chunks: [euro.subarray(0, 1), euro.subarray(1)], events: ["line €"] },
    { what: "what is left at the end", chunks: ["ab\ncd"], events: ["line ab", "unfinished cd"] },
    {
      what: "a line of just the length that is allowed",
      chunks: ["12345678\n", "12345678\r\n"],
      events: ["line 12345678", "line 12345678"],
    },
    {
      what: "a line that is too long, then another",
      chunks: ["1234567890", "1234\nab\n"],
      events: ["oversized 1234567890", "line ab"],
    },
    {
      what: "a line that is too long and has no end",
      chunks: ["1234567890", "1234"],
      events: ["oversized 1234567890"],
    },
    {
      what: "a line that is too long within one chunk",
      chunks: ["1234567890\nab\n"],
      events: ["oversized 1234567890", "line ab"],
    },
  ];
  for (const { what, chunks, events } of CASES) {
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
