import { createPrivateKey } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { mint } from "../../../sandbox/exchange/x509";

/** A host that stands where the tenant would, and answers each path with a text, any other with 404. */
export async function serveMetadata(
  home: string,
  answers: Record<string, string>,
): Promise<{ close(): Promise<void> }> {
  const day = 24 * 60 * 60 * 1000;
  const minted = await mint({
    subject: [{ type: "CN", value: "localhost" }],
    domains: ["localhost"],
    keySize: 2048,
    subjectKeyIdentifier: "",
    notBefore: new Date(Date.now() - day),
    notAfter: new Date(Date.now() + day),
    maker: "exchange",
  });
  const lines = minted.rawData.match(/.{1,64}/g)?.join("\n");
  const cert = `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
  const key = createPrivateKey(minted.privateKey as string).export({ type: "pkcs8", format: "pem" });
  const server = createServer({ cert, key }, (request, response) => {
    const answer = answers[request.url ?? ""];
    response.writeHead(answer === undefined ? 404 : 200).end(answer);
  });
  await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
  const folder = path.join(home, "entra");
  await mkdir(folder, { recursive: true });
  const certificateAuthority = path.join(folder, "authority.pem");
  await writeFile(certificateAuthority, cert);
  const url = `https://localhost:${(server.address() as AddressInfo).port}`;
  await writeFile(path.join(folder, "address.json"), JSON.stringify({ url, certificateAuthority }));
  return {
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

/** The metadata of a tenant as the access control service gives it. */
export function metadataOf(tenant: string): string {
  return JSON.stringify({
    version: "1.0",
    name: "Contoso",
    realm: tenant,
    issuer: `00000001-0000-0000-c000-000000000000@${tenant}`,
    endpoints: [
      {
        location: `https://accounts.accesscontrol.windows.net/${tenant}/tokens/OAuth/2`,
        protocol: "OAuth2",
        usage: "issuance",
      },
    ],
    keys: [],
  });
}
