import type { Identity } from "./graph-client";
import type { Properties } from "./wire";

/**
 * The function getClientConfig: who is signed in. The tenant is what the configuration names, a domain too.
 * Source: the azuread provider's documentation and source; it is not among the recordings.
 */
export function getClientConfig({ tenantId, clientId, objectId }: Identity): Properties {
  return { clientId, id: `${tenantId}-${clientId}-${objectId}`, objectId, tenantId };
}
