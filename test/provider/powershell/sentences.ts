/** What an error says of a call that may have written. */
export const NOT_KNOWN_WHETHER =
  "It is not known whether it was carried out: run `pulumi refresh` to find out, then try again";

/** What an error says of a call that only reads. */
export const ONLY_READS = "It only reads, so nothing was changed; try again.";
