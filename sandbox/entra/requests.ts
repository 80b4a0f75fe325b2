/** A request to the tenant, read whole. */
export interface TenantRequest {
  /** This server: `https://localhost:<port>`. */
  url: string;
  method: string;
  /** Decoded path, without the query. */
  path: string;
  query: URLSearchParams;
  /** The header `authorization`, as sent. */
  authorization: string | undefined;
  body: string;
}

/** What the tenant does about it. */
export interface TenantAnswer {
  /** `null`: drop the connection without a word. */
  status: number | null;
  headers?: Record<string, string>;
  /** Sent as JSON; none where absent. */
  body?: unknown;
  /** The fault that struck, for the journal. */
  fault?: string;
}
