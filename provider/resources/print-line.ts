import { bounded, MAXIMUM_SHOWN_BYTES } from "../bounded";

/** Prints a line, which Pulumi shows to whoever runs it, with a bound whatever names Exchange gives. */
export function printLine(line: string): void {
  console.log(bounded(line, MAXIMUM_SHOWN_BYTES));
}
