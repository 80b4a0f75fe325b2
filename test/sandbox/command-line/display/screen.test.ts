import { Writable } from "node:stream";
import { expect } from "chai";
import { drawn, Screen } from "../../../../sandbox/command-line/display/screen";

function screenOf(redraws: boolean, columns = 40) {
  let written = "";
  const stream = Object.assign(
    new Writable({
      write(chunk, _encoding, done) {
        written += chunk;
        done();
      },
    }),
    { columns, rows: 24 },
  ) as unknown as NodeJS.WriteStream;
  const screen = new Screen(stream, redraws);
  return (lines: string[], below: string[] = []) => {
    written = "";
    screen.show(lines, below);
    return written;
  };
}

describe("the screen", () => {
  it("draws what runs below what stays, and erases it before it writes again", () => {
    const show = screenOf(true);
    expect(show(["first"], ["running one", "running two"])).to.equal("first\nrunning one\nrunning two\n");
    expect(show(["second"], ["running two"])).to.equal("\u001B[2A\r\u001B[Jsecond\nrunning two\n");
    expect(show([])).to.equal("\u001B[1A\r\u001B[J");
    expect(show([])).to.equal("");
  });

  it("writes only lines that stay if the output is not a terminal", () => {
    const show = screenOf(false);
    expect(show(["first"], ["running"])).to.equal("first\n");
    expect(show([], ["running"])).to.equal("");
  });

  it("wraps what stays, but cuts what is redrawn", () => {
    const show = screenOf(true, 10);
    expect(show(["a line that is long"], ["another long line"])).to.equal("a line that is long\nanother …\n");
  });
});

describe("what is redrawn", () => {
  it("is no higher than the terminal", () => {
    expect(drawn(["a", "b", "c", "d"], 80, 3)).to.deep.equal(["a", "b"]);
  });

  it("counts no colours as width, and loses them where it is cut", () => {
    expect(drawn(["\u001B[32mabcd\u001B[39m"], 5, 9)).to.deep.equal(["\u001B[32mabcd\u001B[39m"]);
    expect(drawn(["\u001B[32mabcde\u001B[39m"], 5, 9)).to.deep.equal(["abc…"]);
  });
});
