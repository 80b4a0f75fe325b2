import { readFile } from "node:fs/promises";
import { STATUS_CODES } from "node:http";
import { Agent, request } from "node:https";
import { DIE_HEADER } from "../graph";
import type { Configuration } from "./configuration";
import { pause } from "./pauses";

/** A key credential as Graph shows it. */
export interface KeyCredential {
  keyId: string;
  type: string;
  usage: string;
  startDateTime?: string;
  endDateTime?: string;
  key: string | null;
}

/** A service principal as Graph shows it; what an application does not have may be missing. */
export interface ServicePrincipal {
  id: string;
  appId: string;
  displayName?: string;
  keyCredentials?: KeyCredential[];
  [property: string]: unknown;
}

/** A domain as Graph shows it. */
export interface Domain {
  id: string;
  authenticationType: string;
  isAdminManaged: boolean;
  isDefault: boolean;
  isInitial: boolean;
  isRoot: boolean;
  isVerified: boolean;
  supportedServices: string[];
}

/** Graph answered with a status that is not a success. */
export class UnexpectedStatus extends Error {
  override readonly name = "UnexpectedStatus";

  constructor(
    readonly status: number,
    body: string,
  ) {
    super(`unexpected status ${status} (${status} ${STATUS_CODES[status] ?? ""}) with ${bodyText(body)}`);
  }
}

interface Answer {
  status: number;
  retryAfter: string | undefined;
  mustDie: boolean;
  body: string;
}

interface Metadata {
  microsoftGraphResourceId: string;
  authentication: { loginEndpoint: string };
}

// Measured: these are tried again, every other status is final.
const RETRIED = [408, 424, 429, 502, 503, 504];
const ATTEMPTS = 10;

/** Who is signed in. */
export interface Identity {
  tenantId: string;
  clientId: string;
  objectId: string;
}

/** Microsoft Graph, for one signed-in application. */
export class GraphClient {
  readonly identity: Identity;
  readonly #agent: Agent;
  readonly #root: string;
  readonly #token: string;

  private constructor(agent: Agent, root: string, token: string, identity: Identity) {
    this.#agent = agent;
    this.#root = root;
    this.#token = token;
    this.identity = identity;
  }

  /** Asks the metadata host for the cloud's endpoints, then the login endpoint for a token. */
  static async connect(configuration: Configuration): Promise<GraphClient> {
    const ca = configuration.certificateAuthorities;
    const agent = new Agent({ keepAlive: true, ...(ca === undefined ? {} : { ca: await readFile(ca) }) });
    const metadata = await send(
      agent,
      "GET",
      `https://${configuration.metadataHost}/metadata/endpoints?api-version=2022-09-01`,
    );
    const { microsoftGraphResourceId, authentication } = JSON.parse(success(metadata)) as Metadata;
    const form = new URLSearchParams({
      client_id: configuration.clientId,
      client_secret: configuration.clientSecret,
      grant_type: "client_credentials",
      scope: `${microsoftGraphResourceId}.default`,
    });
    const tokenUrl = `${authentication.loginEndpoint}/${configuration.tenantId}/oauth2/v2.0/token`;
    const answer = await send(agent, "POST", tokenUrl, form.toString(), {
      "content-type": "application/x-www-form-urlencoded",
    });
    const token = (JSON.parse(success(answer)) as { access_token: string }).access_token;
    const { oid } = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8")) as { oid: string };
    const { tenantId, clientId } = configuration;
    return new GraphClient(agent, microsoftGraphResourceId.replace(/\/$/, ""), token, {
      tenantId,
      clientId,
      objectId: oid,
    });
  }

  /** The principals whose `property` has that value. */
  async list(property: "appId" | "displayName", value: string): Promise<ServicePrincipal[]> {
    const filter = new URLSearchParams({ $filter: `${property} eq '${value.replaceAll("'", "''")}'` });
    const answer = await this.#call("GET", `/v1.0/servicePrincipals?${filter}`);
    return (JSON.parse(answer) as { value: ServicePrincipal[] }).value;
  }

  /** All domains of the tenant. */
  async domains(): Promise<Domain[]> {
    return (JSON.parse(await this.#call("GET", "/v1.0/domains")) as { value: Domain[] }).value;
  }

  /** @throws UnexpectedStatus 404 where there is none. */
  async principal(objectId: string): Promise<ServicePrincipal> {
    return JSON.parse(await this.#call("GET", `/v1.0/servicePrincipals/${objectId}`)) as ServicePrincipal;
  }

  /** The one property that the real provider takes from Graph's beta. */
  async samlMetadataUrl(objectId: string): Promise<string> {
    const answer = await this.#call("GET", `/beta/servicePrincipals/${objectId}?%24select=samlMetadataUrl`);
    return (JSON.parse(answer) as { samlMetadataUrl?: string | null }).samlMetadataUrl ?? "";
  }

  /** Replaces the principal's key credentials as a whole. */
  async patchKeyCredentials(objectId: string, keyCredentials: KeyCredential[]): Promise<void> {
    await this.#call("PATCH", `/v1.0/servicePrincipals/${objectId}`, JSON.stringify({ keyCredentials }));
  }

  async #call(method: string, path: string, body?: string): Promise<string> {
    for (let attempt = 1; ; attempt += 1) {
      const answer = await send(this.#agent, method, `${this.#root}${path}`, body, {
        authorization: `Bearer ${this.#token}`,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      });
      if (answer.mustDie) {
        // As if a power cut came between Graph's answer and the engine's state.
        process.kill(process.pid, "SIGKILL");
      }
      if (!RETRIED.includes(answer.status) || attempt === ATTEMPTS) return success(answer);
      await pause(retrySeconds(answer.retryAfter, attempt));
    }
  }
}

/** A numeric Retry-After, else 1, 2, 4 … 60 seconds. */
function retrySeconds(retryAfter: string | undefined, attempt: number): number {
  return /^\d+$/.test(retryAfter ?? "") ? Number(retryAfter) : Math.min(2 ** (attempt - 1), 60);
}

function success({ status, body }: Answer): string {
  if (status < 200 || status > 299) throw new UnexpectedStatus(status, body);
  return body;
}

function send(
  agent: Agent,
  method: string,
  url: string,
  body?: string,
  headers: Record<string, string> = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { agent, method, headers }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
      incoming.on("error", reject);
      incoming.on("end", () => {
        resolve({
          status: incoming.statusCode ?? 0,
          retryAfter: incoming.headers["retry-after"],
          mustDie: incoming.headers[DIE_HEADER] !== undefined,
          body: Buffer.concat(chunks).toString("utf8"),
        });
      });
    });
    outgoing.on("error", (cause) => {
      reject(new Error(`${method} ${url}: ${cause.message}`, { cause }));
    });
    outgoing.end(body);
  });
}

/** Graph's code and message where the body has them, else the body itself. */
function bodyText(body: string): string {
  try {
    const { error } = JSON.parse(body) as { error?: { code?: string; message?: string } };
    if (error?.code !== undefined && error.message !== undefined) return `error: ${error.code}: ${error.message}`;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  return `response: ${body}`;
}
