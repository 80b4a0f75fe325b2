import { sameText, sameUrl } from "../exchange/properties";
import type { Change } from "./lifecycle";

type Kind = Change["kind"];

/** An argument whose text matters to the letter, or that is not text. */
export const exactly = (kind: Kind): Change => ({ kind, same: (old, wanted) => old === wanted });

/** An argument that Exchange compares without regard to case: a domain, a guid. */
export const withoutCase = (kind: Kind): Change => ({
  kind,
  same: (old, wanted) => sameText(String(old), String(wanted)),
});

/** A URL: neither case nor a slash at its end matters. */
export const url = (kind: Kind): Change => ({ kind, same: (old, wanted) => sameUrl(String(old), String(wanted)) });

/** A list of names whose order and case do not matter. */
export const unorderedTexts = (kind: Kind): Change => ({ kind, same: (old, wanted) => sorted(old) === sorted(wanted) });

function sorted(names: unknown): string {
  const texts = Array.isArray(names) ? names.map((name) => String(name).toLowerCase()) : [];
  return JSON.stringify([...new Set(texts)].sort());
}

/** A value of any form, compared by its JSON. */
export const sameJson = (kind: Kind): Change => ({
  kind,
  same: (old, wanted) => JSON.stringify(old) === JSON.stringify(wanted),
});
