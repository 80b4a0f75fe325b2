/** What breaks quoting, encodings, frames and parsers, each tried alone and in generated strings. */
export const PIECES = [
  "'",
  '"',
  "''",
  '""',
  "\u2018",
  "\u2019",
  "\u201a",
  "\u201c",
  "\u201d",
  "\u201e",
  "`",
  "`n",
  "$",
  "$(Remove-Item /)",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: PowerShell's own sign.
  "${env:PATH}",
  "$env:PATH",
  "@'\n",
  "\n'@",
  '@"\n',
  '\n"@',
  ";",
  "|",
  "&",
  "&&",
  ">",
  "<#",
  "#>",
  "#",
  "%",
  "\\",
  "/",
  "\r",
  "\n",
  "\r\n",
  "\t",
  "\0",
  "\u0001",
  "\u001b[2J",
  "\u007f",
  "\u0085",
  "\u00a0",
  "\u2028",
  "\u2029",
  "\ufeff",
  "\ufffe",
  "\uffff",
  "\u202e",
  "\ud800",
  "\udc00",
  "\udfff\ud800",
  "\u{1f468}\u200d\u{1f469}",
  "\u{10ffff}",
  "e\u0301",
  "\u00df",
  "\u0130",
  "Привет",
  "日本",
  "2026-01-02T03:04:05Z",
  "/Date(1767322800000)/",
  "s:",
  "d:2026-01-02T03:04:05Z",
  "__proto__",
  "constructor",
  "null",
  "true",
  "0x10",
  "1e9",
  "[]",
  "{}",
  "<Objs>",
  "_x000A_",
  "#< CLIXML",
  "#00000000000000000000000000000000 e30=",
  " ",
  "",
];

/** Strings of up to twelve pieces, the same for the same seed. */
export function hostileStrings(count: number, seed: number): string[] {
  const random = mulberry(seed);
  return Array.from({ length: count }, () => {
    const length = 1 + Math.floor(random() * 12);
    return Array.from({ length }, () => PIECES[Math.floor(random() * PIECES.length)]).join("");
  });
}

/** Mulberry32: numbers from 0 up to 1. */
function mulberry(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
