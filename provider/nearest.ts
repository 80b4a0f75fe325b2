/** Of some names, the one that was probably meant: one that begins so, else the one with the fewest other characters. */
export function nearest(name: string, names: readonly string[]): string {
  const lower = name.toLowerCase();
  const whole = names.find((known) => known.toLowerCase().startsWith(lower));
  if (whole !== undefined) return whole;
  const distances = names.map((known) => distance(lower, known.toLowerCase()));
  return names[distances.indexOf(Math.min(...distances))] ?? "";
}

/** How many characters have to be put in, taken out or replaced (Levenshtein's distance). */
function distance(from: string, to: string): number {
  // Nobody means a known name by a text many times its length, and the time goes with both lengths.
  const letters = [...from.slice(0, 100)];
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [index, letter] of letters.entries()) {
    const next = [index + 1];
    for (let column = 1; column <= to.length; column++) {
      const replaced = (row[column - 1] ?? 0) + (to[column - 1] === letter ? 0 : 1);
      next.push(Math.min(replaced, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
