import { type Agreement, PARTS } from "./agreement";

const DIFFERENCES_SHOWN = 5;
const LINE_LENGTH = 200;

/** The table's first line. @param width of its first column, in characters. */
export function headerLine(width: number): string {
  return ["scenario".padEnd(width), ...PARTS].join("  ");
}

/** One scenario's line: for each part `=` where all steps agree, else how many of them differ. */
export function tableLine({ scenario, steps, differing, refusal }: Agreement, width: number): string {
  const cells = PARTS.map((part) => {
    if (steps === 0) return "".padEnd(part.length);
    return (differing[part] === 0 ? "=" : `${differing[part]}/${steps}`).padEnd(part.length);
  });
  const note = refusal ? [`refused in step ${refusal.step}: ${refusal.what}`] : [];
  return [scenario.padEnd(width), ...cells, ...note].join("  ").trimEnd();
}

/** The first differences of each scenario, and how many scenarios agree in each part and altogether. */
export function conclusion(list: readonly Agreement[], width: number): string[] {
  const agreements = list.toSorted((one, other) => (one.scenario < other.scenario ? -1 : 1));
  const compared = agreements.filter(({ steps }) => steps > 0);
  const totals = PARTS.map((part) => {
    const agreeing = compared.filter(({ differing }) => differing[part] === 0);
    return `${agreeing.length}/${compared.length}`.padEnd(part.length);
  });
  return [["agree".padEnd(width), ...totals].join("  ").trimEnd(), ...agreements.flatMap(details), "", sum(agreements)];
}

function details({ scenario, differences }: Agreement): string[] {
  if (differences.length === 0) return [];
  const more = differences.length - DIFFERENCES_SHOWN;
  return [
    "",
    `${scenario}: ${differences.length} difference${differences.length === 1 ? "" : "s"}`,
    ...differences.slice(0, DIFFERENCES_SHOWN).map((line) => `  ${shortened(line)}`),
    ...(more > 0 ? [`  … and ${more} more`] : []),
  ];
}

const shortened = (line: string) => (line.length <= LINE_LENGTH ? line : `${line.slice(0, LINE_LENGTH)}…`);

function sum(agreements: readonly Agreement[]): string {
  const refused = agreements.filter(({ refusal }) => refusal);
  const differing = agreements.filter(({ differences }) => differences.length > 0);
  const agreeing = agreements.filter(({ refusal, differences }) => !refusal && differences.length === 0);
  const named = refused.map(({ scenario, refusal }) => `${scenario} (${refusal?.what})`).join(", ");
  return [
    `${agreeing.length} of ${agreements.length} scenarios agree with the recordings`,
    ...(differing.length > 0 ? [`${differing.length} differ`] : []),
    ...(refused.length > 0 ? [`${refused.length} refused: ${named}`] : []),
  ].join("; ");
}
