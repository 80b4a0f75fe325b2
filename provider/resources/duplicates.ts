import { sameText } from "../exchange/properties";
import type { Warning } from "./outputs";

/** One of the objects that fit what the program says, where Exchange may have several. */
export interface Candidate {
  guid: string;
  name: string;
  enabled: boolean;
}

/**
 * The one that is meant: that of the state, else one exactly as wanted, else an enabled one, else the first by name. A
 * disabled one beside an enabled one is a leftover: it is never enabled, though it be that of the state.
 * @param guid that of the state, or undefined.
 */
export function preferred<T extends Candidate>(
  candidates: T[],
  guid: string | undefined,
  isAsWanted: (candidate: T) => boolean,
): T | undefined {
  const sorted = candidates.toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
  const known = guid === undefined ? undefined : sorted.find((candidate) => sameText(candidate.guid, guid));
  const inUse = sorted.find(({ enabled }) => enabled);
  if (known && (known.enabled || !inUse || isAsWanted(known))) return known;
  return sorted.find(isAsWanted) ?? inUse ?? sorted[0];
}

/**
 * That there are several: none or one warning.
 * @param what the objects, in the plural: `auth servers of the realm …`.
 * @param own the one that was chosen, as it is now.
 */
export function duplicateWarnings(
  what: string,
  noun: "AuthServer" | "PartnerApplication",
  own: Candidate,
  candidates: Candidate[],
): Warning[] {
  const others = candidates.filter(({ guid }) => guid !== own.guid);
  if (others.length === 0) return [];
  return [
    {
      name: "duplicates",
      text:
        `The organisation has ${others.length + 1} ${what}: ${[own, ...others].map(shown).join(", ")}. This resource ` +
        `has the first of these, and the others stay as they are; remove what is left over with Remove-${noun}.`,
      link: `https://learn.microsoft.com/powershell/module/exchange/remove-${noun.toLowerCase()}`,
    },
  ];
}

const shown = ({ name, guid, enabled }: Candidate) => `"${name}" (${guid}, ${enabled ? "enabled" : "disabled"})`;

// Names are unique, but their order must not hang on that.
const keyOf = ({ name, guid }: Candidate) => `${name.toLowerCase()}\n${guid}`;
