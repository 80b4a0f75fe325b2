import { readFile, rm } from "node:fs/promises";
import path from "node:path";
import { isRunning, writeWhole } from "pulumi-local-engine/files";

/** Where a running tenant can be reached. */
export interface TenantAddress {
  /** Such as `https://localhost:34567`. */
  url: string;
  /** Absolute path of the PEM file to trust. */
  certificateAuthority: string;
}

interface Kept extends TenantAddress {
  processId: number;
}

/** `entra/address.json`: the tenant that began last, and those that run beside it, the latest first. */
interface Addresses extends Kept {
  others: Kept[];
}

/** Says where the tenant is. Whoever looks for one finds the last that began. */
export async function writeAddress(folder: string, address: TenantAddress): Promise<void> {
  const others = await running(folder);
  await write(folder, [{ ...address, processId: process.pid }, ...others]);
}

/** Takes the address back; whoever looks for a tenant then finds another that still runs. */
export async function removeAddress(folder: string, url: string): Promise<void> {
  const left = (await running(folder)).filter((kept) => kept.url !== url);
  if (left.length === 0) await rm(addressFile(folder), { force: true });
  else await write(folder, left);
}

/**
 * The address of the tenant that began last; undefined where there is none, or none that can be read: it protects nothing,
 * and the next tenant writes it again.
 */
export async function readAddress(folder: string): Promise<TenantAddress | undefined> {
  return (await read(folder))?.[0];
}

const addressFile = (folder: string) => path.join(folder, "address.json");

async function running(folder: string): Promise<Kept[]> {
  return ((await read(folder)) ?? []).filter(({ processId }) => isRunning(processId));
}

async function read(folder: string): Promise<Kept[] | undefined> {
  try {
    const { others = [], ...latest } = JSON.parse(await readFile(addressFile(folder), "utf8")) as Addresses;
    return [latest, ...others].every(isAddress) ? [latest, ...others] : undefined;
  } catch {
    return undefined;
  }
}

const isAddress = ({ url, certificateAuthority }: TenantAddress) =>
  URL.canParse(url) && typeof certificateAuthority === "string";

async function write(folder: string, [latest, ...others]: Kept[]): Promise<void> {
  await writeWhole(addressFile(folder), `${JSON.stringify({ ...latest, others }, null, 2)}\n`);
}
