import { createPrivateKey, X509Certificate } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { writeWhole } from "pulumi-local-engine/files";
import type { ServerCertificates } from "./certificates";

const WEEK_MILLISECONDS = 7 * 86_400_000;

/** Path of the authority's PEM in the tenant's folder. */
export function authorityFile(folder: string): string {
  return path.join(folder, "authority.pem");
}

/** The tenant's certificates: those in its folder, or new ones where they are missing, broken or near their end. */
export async function serverCertificates(folder: string): Promise<ServerCertificates> {
  const kept = await keptCertificates(folder);
  if (kept !== undefined) return kept;
  // node-forge, which makes them, takes longer to load than all the rest of a tenant.
  const { issueServerCertificates } = require("./certificates") as typeof import("./certificates");
  const issued = await issueServerCertificates();
  await writeWhole(path.join(folder, "server-key.pem"), issued.key, { mode: 0o600 });
  await writeWhole(path.join(folder, "server.pem"), issued.certificate);
  await writeWhole(authorityFile(folder), issued.authority);
  return issued;
}

async function keptCertificates(folder: string): Promise<ServerCertificates | undefined> {
  try {
    const [authority, certificate, key] = await Promise.all(
      [authorityFile(folder), path.join(folder, "server.pem"), path.join(folder, "server-key.pem")].map((file) =>
        readFile(file, "utf8"),
      ),
    );
    if (authority === undefined || certificate === undefined || key === undefined) return undefined;
    const leaf = new X509Certificate(certificate);
    const sound =
      leaf.verify(new X509Certificate(authority).publicKey) &&
      leaf.checkPrivateKey(createPrivateKey(key)) &&
      new Date(leaf.validTo).getTime() > Date.now() + WEEK_MILLISECONDS;
    return sound ? { authority, certificate, key } : undefined;
  } catch {
    // Missing or unreadable: they protect nothing that would be lost with them, so new ones are made.
    return undefined;
  }
}
