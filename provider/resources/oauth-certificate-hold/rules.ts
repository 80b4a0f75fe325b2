import { formerSignsUntil, isDayOver, maySign } from "../oauth-certificate/generations";
import { type OrganisationFacts, roleOf, serversNotKnownToHold } from "../oauth-certificate/rules";

/** Why a generation's key credential must stay in the tenant. */
export type Reason =
  /** AuthConfig names its certificate so, and servers sign with it, or will. */
  | { kind: "named"; role: "current" | "next" }
  /** The current certificate is not known to be on these servers, which may still sign with this one. */
  | { kind: "not everywhere"; servers: string[] }
  /** Servers may sign with this one until then; undefined where that is not known. */
  | { kind: "may sign"; until: Date | undefined };

/**
 * Whether the key credential of a generation may be removed.
 * @param thumbprint of the certificate that the key credential is of.
 * @param isAtOnce whether the program does not wait for servers that may sign with it, as where its key has leaked.
 * @returns undefined where it may.
 */
export function reasonToKeep(
  facts: OrganisationFacts,
  { generation, thumbprint }: { generation: number; thumbprint: string },
  isAtOnce: boolean,
): Reason | undefined {
  const role = roleOf(facts, thumbprint);
  if (role === "current" || role === "next") return { kind: "named", role };
  if (!maySign(facts, generation, thumbprint)) return undefined;
  const servers = serversNotKnownToHold(facts, facts.current);
  if (servers.length > 0) return { kind: "not everywhere", servers };
  return isAtOnce || isDayOver(facts) ? undefined : { kind: "may sign", until: formerSignsUntil(facts) };
}
