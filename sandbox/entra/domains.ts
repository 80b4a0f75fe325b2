import { GraphError } from "./errors";
import type { TenantAnswer } from "./requests";
import type { TenantState } from "./state";

/**
 * GET /v1.0/domains. Guess: not recorded; the properties are those of Microsoft Graph's domain resource, and the refusal
 * is that of a caller without Domain.Read.All.
 */
export function listDomains(state: TenantState): TenantAnswer {
  if (!state.mayReadDomains) {
    throw new GraphError(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.");
  }
  const value = state.domains.map(({ name, isDefault, isInitial, isVerified }) => ({
    id: name,
    authenticationType: "Managed",
    isAdminManaged: true,
    isDefault,
    isInitial,
    isRoot: true,
    isVerified,
    supportedServices: isVerified ? ["Email"] : [],
  }));
  return { status: 200, body: { value } };
}
