/** How Exchange is reached. */
export type Connection = {
  /** Any program that speaks the protocol on its standard input and output. */
  kind: "process";
  /** The program and its arguments; no shell reads them. */
  command: string[];
};

/** The longest time limit of a call, in seconds. */
export const MAXIMUM_TIMEOUT_SECONDS = 3600;
