/** `whole` tries every case; `long` and `short` try samples of them. */
export const SIZE = (process.env.ROBUSTNESS ?? "short") as "short" | "long" | "whole";

/** What chooses the sample and every moment that is left to chance. */
export const SEED = Number(process.env.ROBUSTNESS_SEED ?? 1);

/** The one case to be tried again, as a failure names it. */
export const ONLY = process.env.ROBUSTNESS_CASE;

/** Which of the cases are tried: the one that is named, or the first of them in an order that the seed gives. */
export function chosen<T extends { id: string }>(cases: T[], short: number, long: number): T[] {
  if (ONLY !== undefined) return cases.filter(({ id }) => id === ONLY);
  return SIZE === "whole" ? cases : cases.slice(0, SIZE === "long" ? long : short);
}
