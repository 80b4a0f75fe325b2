/** How Exchange is reached. */
export type Connection = {
  /** Any program that speaks the protocol on its standard input and output. */
  kind: "process";
  /** The program and its arguments; no shell reads them. */
  command: string[];
};
