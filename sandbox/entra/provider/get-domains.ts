import { ProviderFailure } from "./diagnostics";
import type { Domain, GraphClient } from "./graph-client";
import type { Properties } from "./wire";

/**
 * The function getDomains. Guess: it is not among the recordings; names and filter are those of the provider's
 * documentation (unverified domains are left out unless asked for), the texts of failures are made up. Its other filters
 * are refused by name.
 */
export async function getDomains(graph: GraphClient, args: Properties): Promise<Properties> {
  const { includeUnverified = false, ...others } = args;
  const foreign = Object.keys(others).find((name) => others[name] !== undefined);
  if (foreign !== undefined) {
    throw new ProviderFailure(`The sandbox's getDomains has no argument "${foreign}"; it has "includeUnverified"`);
  }
  let domains: Domain[];
  try {
    domains = await graph.domains();
  } catch (error) {
    throw new ProviderFailure("Could not list domains", error);
  }
  return {
    id: "domains",
    includeUnverified,
    domains: domains.filter(({ isVerified }) => isVerified || includeUnverified === true).map(shown),
  };
}

function shown(domain: Domain): Properties {
  return {
    adminManaged: domain.isAdminManaged,
    authenticationType: domain.authenticationType,
    default: domain.isDefault,
    domainName: domain.id,
    initial: domain.isInitial,
    root: domain.isRoot,
    supportedServices: domain.supportedServices,
    verified: domain.isVerified,
  };
}
