import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { GraphError } from "./errors";
import type { TenantAnswer, TenantRequest } from "./requests";
import type { TenantState } from "./state";

// The azuread provider renews a token that has less than 2400 s left at once.
const LIFETIME_SECONDS = 3599;

/** Signs the access tokens of one tenant process, and knows its own again. */
export class TokenIssuer {
  readonly #key = randomBytes(32);

  /**
   * POST /{tenant}/oauth2/v2.0/token with the client credentials grant.
   * Source: "OAuth 2.0 client credentials flow on the Microsoft identity platform", and its list of AADSTS codes.
   */
  answer(state: TenantState, tenant: string, request: TenantRequest): TenantAnswer {
    const form = new URLSearchParams(request.body);
    if (tenant !== state.tenantId && !state.domains.some(({ name }) => name === tenant.toLowerCase())) {
      return refused(400, "invalid_request", `AADSTS90002: Tenant '${tenant}' not found.`);
    }
    if (form.get("grant_type") !== "client_credentials") {
      return refused(400, "unsupported_grant_type", "AADSTS70003: The app requested an unsupported grant type.");
    }
    if (form.get("client_id") !== state.client.clientId) {
      return refused(
        400,
        "unauthorized_client",
        `AADSTS700016: Application with identifier '${form.get("client_id") ?? ""}' was not found in the directory ` +
          `'${state.displayName}'.`,
      );
    }
    if (form.get("client_secret") !== state.client.clientSecret) {
      return refused(401, "invalid_client", "AADSTS7000215: Invalid client secret provided.");
    }
    return {
      status: 200,
      body: { token_type: "Bearer", expires_in: LIFETIME_SECONDS, access_token: this.#issue(state, request.url) },
    };
  }

  /** @throws GraphError 401 where the request has no token of this process, or one past its time. */
  verify(authorization: string | undefined): void {
    const [header, claims, signature] = (authorization ?? "").replace(/^Bearer /i, "").split(".");
    if (header === undefined || claims === undefined || signature === undefined) {
      throw new GraphError(401, "InvalidAuthenticationToken", "Access token is empty.");
    }
    const expected = this.#sign(`${header}.${claims}`);
    const given = Buffer.from(signature, "base64url");
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
      throw new GraphError(401, "InvalidAuthenticationToken", "Access token validation failure.");
    }
    const { exp } = JSON.parse(Buffer.from(claims, "base64url").toString("utf8")) as { exp: number };
    if (exp * 1000 < Date.now()) {
      throw new GraphError(401, "InvalidAuthenticationToken", "Lifetime validation failed, the token is expired.");
    }
  }

  #issue(state: TenantState, url: string): string {
    const now = Math.floor(Date.now() / 1000);
    const header = encode({ typ: "JWT", alg: "HS256" });
    const claims = encode({
      aud: `${url}/`,
      iss: `${url}/${state.tenantId}/`,
      iat: now,
      nbf: now,
      exp: now + LIFETIME_SECONDS,
      appid: state.client.clientId,
      oid: state.client.objectId,
      roles: ["Application.ReadWrite.All", ...(state.mayReadDomains ? ["Domain.Read.All"] : [])],
      sub: state.client.objectId,
      tid: state.tenantId,
    });
    return `${header}.${claims}.${this.#sign(`${header}.${claims}`).toString("base64url")}`;
  }

  #sign(text: string): Buffer {
    return createHmac("sha256", this.#key).update(text).digest();
  }
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString("base64url");
}

function refused(status: number, error: string, description: string): TenantAnswer {
  return { status, body: { error, error_description: description } };
}
