import { createPrivateKey, X509Certificate } from "node:crypto";
import { readFile, rm } from "node:fs/promises";
import path from "node:path";
import { writeWhole } from "../shared/whole-file";
import type { ServerCertificates } from "./certificates";

/** Where a running tenant can be reached, as it lies in `entra/address.json`. */
export interface TenantAddress {
  /** Such as `https://localhost:34567`. */
  url: string;
  /** Absolute path of the PEM file to trust. */
  certificateAuthority: string;
}

const WEEK_MILLISECONDS = 7 * 86_400_000;

/** Path of the authority's PEM in the tenant's folder. */
export function authorityFile(folder: string): string {
  return path.join(folder, "authority.pem");
}

/** The tenant's certificates: those in its folder, or new ones where they are missing, broken or near their end. */
export async function serverCertificates(folder: string): Promise<ServerCertificates> {
  const kept = await keptCertificates(folder);
  if (kept !== undefined) {
    return kept;
  }
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
    if (authority === undefined || certificate === undefined || key === undefined) {
      return undefined;
    }
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

/** Says where the tenant is. The last one to start wins. */
export async function writeAddress(folder: string, address: TenantAddress): Promise<void> {
  await writeWhole(path.join(folder, "address.json"), `${JSON.stringify(address, null, 2)}\n`);
}

/** Takes the address back, unless another process has started a tenant since and written its own. */
export async function removeAddress(folder: string, url: string): Promise<void> {
  const file = path.join(folder, "address.json");
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") {
      return;
    }
    throw error;
  }
  if ((JSON.parse(text) as TenantAddress).url === url) {
    await rm(file, { force: true });
  }
}
