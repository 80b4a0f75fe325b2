import { stripVTControlCharacters } from "node:util";
import type { EngineEvent, Severity } from "pulumi-local-engine";
import { titleOf } from "./resource";
import type { Colour, Style } from "./style";

type Diagnostic = NonNullable<EngineEvent["diagnosticEvent"]>;

const LABELS: Readonly<Record<Severity, { text: string; colour: Colour } | undefined>> = {
  error: { text: "error", colour: "red" },
  warning: { text: "warning", colour: "yellow" },
  info: { text: "info", colour: "dim" },
  // What a program or provider prints to standard error.
  "info#err": { text: "printed", colour: "dim" },
  debug: undefined,
};

/** The lines of a message: its kind, whose it is and the text, further lines indented. Node colours the errors it prints. */
export function diagnosticLines({ severity, message, urn, ephemeral }: Diagnostic, style: Style): string[] {
  const label = LABELS[severity];
  const [first, ...rest] = stripVTControlCharacters(message).trimEnd().split("\n");
  if (label === undefined || ephemeral || !first) return [];
  const owner = urn === undefined || urn === "" ? "" : `${titleOf(urn)}: `;
  return [
    `    ${style(label.colour, `${label.text}:`)} ${owner}${first}`,
    ...rest.map((line) => (line === "" ? "" : `      ${line}`)),
  ];
}
