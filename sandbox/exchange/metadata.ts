import { readFile } from "node:fs/promises";
import { request } from "node:https";
import path from "node:path";
import { readAddress } from "../entra/address";
import { CmdletError } from "./errors";

/** What an auth server's metadata document says of it. */
export interface AuthMetadata {
  issuerIdentifier: string;
  realm: string;
  tokenIssuingEndpoint: string;
  authorizationEndpoint: string;
}

/** The hosts whose metadata the sandbox's tenant serves; any other name does not resolve. */
const SERVED_HOSTS = ["accounts.accesscontrol.windows.net", "login.microsoftonline.us"];
const TIMEOUT_MILLISECONDS = 10_000;

/**
 * Downloads an AuthMetadataUrl as the server does: from the real host's stand-in, the sandbox's tenant, whose address is
 * in `<home>/entra/address.json` while it runs.
 * Source: likely, what cannot be reached is ResourceUnavailable, what cannot be read ParserError; the classes are a guess.
 */
export async function downloadMetadata(url: string, home: string, signal?: AbortSignal): Promise<AuthMetadata> {
  let text: string;
  try {
    text = await download(new URL(url), home, signal);
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    throw unavailable(url, (error as Error).message);
  }
  const metadata = parse(text);
  if (metadata) return metadata;
  throw new CmdletError({
    reason: "AuthMetadataParserException",
    category: "ParserError",
    message: `Unable to parse the auth metadata document downloaded from '${url}'.`,
    target: url,
  });
}

function unavailable(url: string, why: string): CmdletError {
  return new CmdletError({
    reason: "AuthMetadataClientException",
    category: "ResourceUnavailable",
    message: `Unable to access the auth metadata document at '${url}': ${why}`,
    target: url,
  });
}

async function download(url: URL, home: string, signal: AbortSignal | undefined): Promise<string> {
  if (url.protocol !== "https:" || !SERVED_HOSTS.includes(url.hostname.toLowerCase())) {
    throw new Error(`the remote name '${url.hostname}' could not be resolved`);
  }
  const address = await readAddress(path.join(home, "entra"));
  if (!address) throw new Error("unable to connect to the remote server (the sandbox's tenant is not running)");
  const ca = await readFile(address.certificateAuthority);
  const stand = new URL(url.pathname + url.search, address.url);
  return new Promise((resolve, reject) => {
    const asked = request(stand, { ca, agent: false, signal, timeout: TIMEOUT_MILLISECONDS }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => {
        if (response.statusCode === 200) resolve(Buffer.concat(chunks).toString("utf8"));
        else reject(new Error(`the remote server returned an error: (${response.statusCode})`));
      });
    });
    asked.on("timeout", () => asked.destroy(new Error("the operation has timed out")));
    asked.on("error", reject);
    asked.end();
  });
}

function parse(text: string): AuthMetadata | undefined {
  let document: { issuer?: unknown; realm?: unknown; endpoints?: unknown };
  try {
    document = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof document !== "object" || document === null) return undefined;
  const { issuer, realm, endpoints } = document;
  if (typeof issuer !== "string" || typeof realm !== "string" || !Array.isArray(endpoints)) return undefined;
  const location = (usage: string) => endpoints.find((endpoint) => endpoint?.usage === usage)?.location;
  const tokenIssuingEndpoint = location("issuance");
  if (typeof tokenIssuingEndpoint !== "string") return undefined;
  return {
    issuerIdentifier: issuer.split("@")[0] as string,
    realm,
    tokenIssuingEndpoint,
    authorizationEndpoint: location("authorization") ?? "",
  };
}
