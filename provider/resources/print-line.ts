import { bounded } from "../bounded";

/** Bytes of a line: names of objects are in it, which Exchange gives. */
const LINE_BYTES = 8_192;

/** Prints a line, which Pulumi shows to whoever runs it, with a bound whatever names Exchange gives. */
export function printLine(line: string): void {
  console.log(bounded(line, LINE_BYTES));
}
