import { previousSignsUntil } from "../oauth-certificate/generations";
import { type OrganisationFacts, roleOf, serversNotKnownToHold } from "../oauth-certificate/rules";

/** Why a generation's key credential must stay in the tenant. */
export type Reason =
  /** AuthConfig names its certificate so, and servers sign with it, or will. */
  | { kind: "named"; role: "current" | "next" }
  /** The current certificate is not known to be on these servers, which may still sign with this one. */
  | { kind: "not everywhere"; servers: string[] }
  /** Servers may sign with this one until then. */
  | { kind: "may sign"; until: Date };

/**
 * Whether the key credential of a certificate may be removed.
 * @param isAtOnce whether the program does not wait for servers that may sign with it, as where its key has leaked.
 * @returns undefined where it may.
 */
export function reasonToKeep(facts: OrganisationFacts, thumbprint: string, isAtOnce: boolean): Reason | undefined {
  const role = roleOf(facts, thumbprint);
  if (role === "current" || role === "next") return { kind: "named", role };
  // One that was never named signs nowhere.
  if (role !== "previous") return undefined;
  const servers = serversNotKnownToHold(facts, facts.current);
  if (servers.length > 0) return { kind: "not everywhere", servers };
  const until = isAtOnce ? undefined : previousSignsUntil(facts);
  return until && until > facts.now ? { kind: "may sign", until } : undefined;
}
