import { styleText } from "node:util";

export type Colour = "green" | "yellow" | "red" | "magenta" | "cyan" | "dim" | "bold";

/** Colours a text, or leaves it as it is. */
export type Style = (colour: Colour, text: string) => string;

export const plain: Style = (_colour, text) => text;

// Newer versions of Node look at standard output themselves, which is not where everything goes; @types/node for Node 20
// does not know the option.
const always: (format: Colour, text: string, options: { validateStream: false }) => string = styleText;

export const coloured: Style = (colour, text) => always(colour, text, { validateStream: false });

/** Colours are for terminals, unless their user does not want any (https://no-color.org). */
export function styleOf(stream: { isTTY?: boolean }, environment: NodeJS.ProcessEnv): Style {
  const isWanted = !environment.NO_COLOR && environment.TERM !== "dumb";
  return stream.isTTY && isWanted ? coloured : plain;
}
