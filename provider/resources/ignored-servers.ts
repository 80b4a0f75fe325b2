import type { Warning } from "./outputs";

/**
 * Names in `ignoreServers` that no server has: none or one warning. No error, since a server that was removed from the
 * organisation stays in programs for a while, and must not stop them.
 */
export function unmatchedWarnings(unmatched: string[]): Warning[] {
  if (unmatched.length === 0) return [];
  return [
    {
      name: "ignoredServers",
      text: `\`ignoreServers\` names ${unmatched.join(", ")}, and no server of the organisation has that name: it has no effect.`,
      link: "",
    },
  ];
}
