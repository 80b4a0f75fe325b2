import { expect } from "chai";
import { UsageError } from "../../../sandbox/command-line/errors";
import { timeAfter } from "../../../sandbox/command-line/time";

const NOW = new Date("2028-02-29T10:00:00Z");
const FORMS = "use +12h, +31d or +2y, or a date such as 2031-01-31 or 2031-01-31T12:00:00Z";

describe("a time on the command line", () => {
  const rows: [string, string][] = [
    ["+12h", "2028-02-29T22:00:00.000Z"],
    ["+31d", "2028-03-31T10:00:00.000Z"],
    ["+2y", "2030-03-01T10:00:00.000Z"],
    ["+0d", "2028-02-29T10:00:00.000Z"],
    ["2031-01-31", "2031-01-31T00:00:00.000Z"],
    ["2031-01-31T12:00Z", "2031-01-31T12:00:00.000Z"],
    ["2031-01-31T12:00:00.5Z", "2031-01-31T12:00:00.500Z"],
    ["2031-01-31T12:00:00+01:00", "2031-01-31T11:00:00.000Z"],
  ];
  for (const [text, time] of rows) {
    it(`is read: ${text}`, () => expect(timeAfter(NOW, text).toISOString()).to.equal(time));
  }

  const refused: [string, string][] = [
    ...["soon", "", "31d", "+31", "+1.5d", "+d", "--jsn", "2031-02-32", "2031-01-31T12:00:00", "31.1.2031"].map(
      (text): [string, string] => [text, `"${text}" is not a time: ${FORMS}`],
    ),
    ...["-1h", "-2y", "2028-02-29", "2026-01-01T00:00:00Z"].map((text): [string, string] => [
      text,
      `The clock does not go back: it is 2028-02-29T10:00:00Z, and "${text}" is earlier. \`npm run reset\` starts over`,
    ]),
    ...["+73y", "+9999999y", "+9999999d", "2101-01-01"].map((text): [string, string] => [
      text,
      `The clock goes no further than the year 2100: "${text}" is later`,
    ]),
  ];
  for (const [text, message] of refused) {
    it(`is refused: "${text}"`, () => expect(() => timeAfter(NOW, text)).to.throw(UsageError, message));
  }
});
