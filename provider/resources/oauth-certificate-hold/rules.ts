import { type OrganisationFacts, roleOf, serversNotKnownToHold } from "../oauth-certificate/rules";

/** Why a generation's key credential must stay in the tenant. */
export type Reason =
  /** AuthConfig names its certificate so, and servers sign with it, or will. */
  | { kind: "named"; role: "current" | "next" }
  /** The current certificate is not known to be on these servers, which may still sign with this one. */
  | { kind: "not everywhere"; servers: string[] };

/**
 * Whether the key credential of a certificate may be removed.
 * @returns undefined where it may.
 */
export function reasonToKeep(facts: OrganisationFacts, thumbprint: string): Reason | undefined {
  const role = roleOf(facts, thumbprint);
  if (role === "current" || role === "next") return { kind: "named", role };
  // One that was never named signs nowhere.
  if (role !== "previous") return undefined;
  const servers = serversNotKnownToHold(facts, facts.current);
  return servers.length > 0 ? { kind: "not everywhere", servers } : undefined;
}
