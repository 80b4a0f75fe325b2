import { readFile } from "node:fs/promises";
import { request } from "node:https";
import type { Tenant } from "../../../sandbox/entra/index";

/** An answer of a tenant, with its body read as JSON where it has one. */
export interface Answer {
  status: number;
  body: unknown;
}

/** Sends one request on a connection of its own, trusting the tenant's authority alone. */
export async function ask(
  tenant: Pick<Tenant, "certificateAuthority">,
  method: string,
  url: string,
  { headers = {}, body }: { headers?: Record<string, string>; body?: string } = {},
): Promise<Answer> {
  const ca = await readFile(tenant.certificateAuthority);
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method, headers, ca, agent: false }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
      incoming.on("end", () => {
        const text = Buffer.concat(chunks).toString("utf8");
        resolve({ status: incoming.statusCode ?? 0, body: text === "" ? undefined : JSON.parse(text) });
      });
    });
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

/** Signs in as azuread does, with whatever differs. */
export function signIn(
  tenant: Tenant,
  differing: Record<string, string> = {},
  name = tenant.tenantId,
): Promise<Answer> {
  const form = {
    client_id: tenant.clientId,
    client_secret: tenant.clientSecret,
    grant_type: "client_credentials",
    scope: `${tenant.url}/.default`,
    ...differing,
  };
  return ask(tenant, "POST", `${tenant.url}/${name}/oauth2/v2.0/token`, {
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams(form).toString(),
  });
}
