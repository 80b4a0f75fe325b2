import { GraphError } from "./errors";
import { answerGraph } from "./graph";
import { accessControlMetadata, cloudMetadata } from "./metadata";
import type { TenantAnswer, TenantRequest } from "./requests";
import type { TenantState } from "./state";
import type { TenantStore } from "./store";
import { TokenIssuer } from "./tokens";

/** Everything that a tenant serves, by path. Its tokens are good in this process alone. */
export function tenantRoutes(store: TenantStore): (request: TenantRequest) => Promise<TenantAnswer> {
  const issuer = new TokenIssuer();
  return async (request) => {
    const { method, path, query, url } = request;
    if (path.startsWith("/v1.0/") || path.startsWith("/beta/")) {
      return store.update((state) => authorised(state, issuer, request));
    }
    const [, tokenTenant] = /^\/([^/]+)\/oauth2\/v2\.0\/token$/.exec(path) ?? [];
    if (method === "POST" && tokenTenant !== undefined) return issuer.answer(await store.read(), tokenTenant, request);
    if (method === "GET" && path === "/metadata/endpoints") return cloudMetadata(url);
    const realm = metadataRealm(path, query);
    if (method === "GET" && realm !== undefined) return accessControlMetadata(await store.read(), realm);
    return refusal(new GraphError(404, "NotFound", `The sandbox's tenant has nothing at ${method} ${path}.`));
  };
}

function authorised(
  state: TenantState,
  issuer: TokenIssuer,
  request: TenantRequest,
): { state: TenantState; result: TenantAnswer } {
  try {
    issuer.verify(request.authorization);
  } catch (error) {
    if (!(error instanceof GraphError)) throw error;
    return { state, result: refusal(error) };
  }
  return answerGraph(state, request);
}

/** Both forms of the metadata URL: `/metadata/json/1/?realm=<domain>` and `/<tenant>/metadata/json/1`. */
function metadataRealm(path: string, query: URLSearchParams): string | undefined {
  if (/^\/metadata\/json\/1\/?$/.test(path)) return query.get("realm") ?? "";
  return /^\/([^/]+)\/metadata\/json\/1\/?$/.exec(path)?.[1];
}

function refusal(error: GraphError): TenantAnswer {
  return { status: error.status, headers: error.headers, body: error.body() };
}
