import { requirePermitted } from "./credential-restrictions";
import { listDomains } from "./domains";
import { GraphError } from "./errors";
import { type GraphCall, type TenantFault, takeFault } from "./faults";
import { patchKeyCredentials } from "./key-credentials";
import type { TenantAnswer, TenantRequest } from "./requests";
import type { KeyCredential, ServicePrincipal, TenantState } from "./state";

/** Tells the sandbox's azuread provider to end at once; every other client passes it over. */
export const DIE_HEADER = "x-sandbox-azuread-provider-dies";

const PRINCIPALS = /^\/(v1\.0|beta)\/servicePrincipals(?:\/([^/]+))?$/;

/**
 * A call to Microsoft Graph: what it answers, and the tenant afterwards. Faults that wait for such a call are taken
 * from the state.
 *
 * Source: the Microsoft Graph reference for servicePrincipal, restricted to what azuread 6.9.1 was seen to ask; the
 * rest is refused by name.
 */
export function answerGraph(state: TenantState, request: TenantRequest): { state: TenantState; result: TenantAnswer } {
  const { struck, remaining } = takeFault(state.faults, callOf(request));
  const after = remaining === state.faults ? state : { ...state, faults: remaining };
  try {
    const { state: changed, result } = respond(after, request, struck);
    return { state: changed, result: struck === undefined ? result : { ...result, fault: struck.kind } };
  } catch (error) {
    if (!(error instanceof GraphError)) throw error;
    const result: TenantAnswer = { status: error.status, headers: error.headers, body: error.body() };
    return { state: after, result: struck === undefined ? result : { ...result, fault: struck.kind } };
  }
}

/** What a call does, as far as faults care. */
function callOf(request: TenantRequest): GraphCall {
  const [, version, id] = PRINCIPALS.exec(request.path) ?? [];
  if (version !== "v1.0" || id === undefined) return "other";
  return request.method === "PATCH" ? "patchPrincipal" : request.method === "GET" ? "readPrincipal" : "other";
}

function respond(
  state: TenantState,
  request: TenantRequest,
  fault: TenantFault | undefined,
): { state: TenantState; result: TenantAnswer } {
  if (fault?.kind === "throttled") {
    throw new GraphError(429, "TooManyRequests", "Too many requests.", {
      "retry-after": String(fault.retryAfterSeconds ?? 1),
    });
  }
  if (request.method === "GET" && request.path === "/v1.0/domains") return { state, result: listDomains(state) };
  const [matched, , id] = PRINCIPALS.exec(request.path) ?? [];
  if (matched === undefined || !["GET", "PATCH"].includes(request.method) || (request.method === "PATCH" && !id)) {
    throw new GraphError(
      501,
      "NotImplemented",
      `The sandbox's tenant does not answer ${request.method} ${request.path}.`,
    );
  }
  if (id === undefined) return { state, result: listPrincipals(state, request.query.get("$filter")) };
  const principal = state.servicePrincipals.find((candidate) => candidate.id === id.toLowerCase());
  if (principal === undefined || fault?.kind === "notFound") {
    throw new GraphError(
      404,
      "Request_ResourceNotFound",
      `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
    );
  }
  if (request.method === "PATCH") return patchPrincipal(state, principal, request.body, fault);
  const credentials =
    fault?.kind === "staleRead"
      ? (state.formerKeyCredentials[principal.id] ?? principal.keyCredentials)
      : principal.keyCredentials;
  const shown = show({ ...principal, keyCredentials: credentials }, state.milliseconds);
  return { state, result: { status: 200, body: select(shown, request.query.get("$select")) } };
}

function listPrincipals(state: TenantState, filter: string | null): TenantAnswer {
  const [, property, quoted] = /^(appId|displayName) eq '((?:[^']|'')*)'$/.exec(filter ?? "") ?? [];
  if (property === undefined || quoted === undefined) {
    throw new GraphError(
      400,
      "Request_UnsupportedQuery",
      `The sandbox's tenant lists service principals by "appId eq '…'" or "displayName eq '…'" only.`,
    );
  }
  const value = quoted.replaceAll("''", "'").toLowerCase();
  const found = state.servicePrincipals.filter(
    (principal) => principal[property as "appId" | "displayName"].toLowerCase() === value,
  );
  return { status: 200, body: { value: found.map((principal) => show(principal, state.milliseconds)) } };
}

function patchPrincipal(
  state: TenantState,
  principal: ServicePrincipal,
  body: string,
  fault: TenantFault | undefined,
): { state: TenantState; result: TenantAnswer } {
  if (fault?.kind === "denied") {
    throw new GraphError(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.");
  }
  const keyCredentials = patchKeyCredentials(principal.keyCredentials, sentKeyCredentials(body));
  const added = keyCredentials.filter((credential) => !principal.keyCredentials.includes(credential));
  requirePermitted(state.defaultAppManagementPolicy, principal, added);
  const patched: TenantState = {
    ...state,
    servicePrincipals: state.servicePrincipals.map((candidate) =>
      candidate.id === principal.id ? { ...candidate, keyCredentials } : candidate,
    ),
    formerKeyCredentials: { ...state.formerKeyCredentials, [principal.id]: principal.keyCredentials },
  };
  if (fault?.kind === "dropAfterPatch") return { state: patched, result: { status: null } };
  const headers: Record<string, string> = fault?.kind === "providerDiesAfterPatch" ? { [DIE_HEADER]: "1" } : {};
  return { state: patched, result: { status: 204, headers } };
}

function sentKeyCredentials(body: string): unknown {
  let sent: unknown;
  try {
    sent = JSON.parse(body);
  } catch {
    throw new GraphError(400, "BadRequest", "Unable to read JSON request payload.");
  }
  if (typeof sent !== "object" || sent === null || Object.keys(sent).join() !== "keyCredentials") {
    throw new GraphError(
      400,
      "Request_BadRequest",
      "The sandbox's tenant changes nothing of a service principal but its keyCredentials.",
    );
  }
  return (sent as { keyCredentials: unknown }).keyCredentials;
}

/** As Graph shows a principal: a key never leaves the tenant. */
function show(principal: ServicePrincipal, milliseconds: boolean): Record<string, unknown> {
  const written = (date: string) => (milliseconds ? date.replace("Z", ".000Z") : date);
  return {
    ...principal,
    keyCredentials: principal.keyCredentials.map((credential: KeyCredential) => ({
      ...credential,
      startDateTime: written(credential.startDateTime),
      endDateTime: written(credential.endDateTime),
      key: null,
    })),
  };
}

/** `$select`: the named properties, as far as the principal has them. */
function select(shown: Record<string, unknown>, properties: string | null): Record<string, unknown> {
  if (properties === null) return shown;
  const wanted = properties.split(",");
  return Object.fromEntries(Object.entries(shown).filter(([name]) => wanted.includes(name)));
}
