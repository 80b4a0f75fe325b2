import type { TenantAnswer } from "./requests";
import type { TenantState } from "./state";

/**
 * GET /metadata/endpoints: where a client that was given only this host finds the rest of the cloud.
 * Source: the least that azuread 6.9.1 is content with, measured.
 */
export function cloudMetadata(url: string): TenantAnswer {
  return {
    status: 200,
    body: {
      name: "ExchangeSandbox",
      resourceManager: url,
      microsoftGraphResourceId: `${url}/`,
      authentication: { loginEndpoint: url },
    },
  };
}

/**
 * The metadata of the access control service from which an Exchange organisation learns its tenant's realm, by the
 * tenant's id or by a domain of it.
 *
 * Source: the shape that the service has published for years; `name`, the empty list of keys and the form of the
 * refusal are guesses.
 */
export function accessControlMetadata(state: TenantState, tenant: string): TenantAnswer {
  const wanted = tenant.toLowerCase();
  const known =
    wanted === state.tenantId || state.domains.some(({ name, isVerified }) => isVerified && name === wanted);
  if (!known) {
    return {
      status: 404,
      body: { error: "invalid_request", error_description: `No tenant has the realm '${tenant}'.` },
    };
  }
  return {
    status: 200,
    body: {
      version: "1.0",
      name: state.displayName,
      realm: state.tenantId,
      issuer: `00000001-0000-0000-c000-000000000000@${state.tenantId}`,
      endpoints: [
        {
          location: `https://accounts.accesscontrol.windows.net/${state.tenantId}/tokens/OAuth/2`,
          protocol: "OAuth2",
          usage: "issuance",
        },
      ],
      keys: [],
    },
  };
}
