import path from "node:path";
import { Journal } from "../shared/journal";
import { removeAddress, writeAddress } from "./address";
import type { AppManagementPolicy } from "./app-management-policy";
import type { TenantFault } from "./faults";
import { authorityFile, serverCertificates } from "./folder";
import type { TenantOptions } from "./initial";
import type { JournalEntry } from "./journal";
import { tenantRoutes } from "./routes";
import { serveTenant } from "./server";
import type { Domain, KeyCredential, ServicePrincipal } from "./state";
import { TenantStore } from "./store";

export { readAddress, type TenantAddress } from "./address";
export type { AppManagementPolicy } from "./app-management-policy";
export type { TenantFault, TenantFaultKind } from "./faults";
export { EXCHANGE_ONLINE, type TenantOptions } from "./initial";

/** A tenant that answers. */
export interface Tenant {
  /** `https://localhost:<port>`, for Graph, the login endpoint and the metadata alike. */
  url: string;
  /** `localhost:<port>`: azuread's `metadataHost`. */
  host: string;
  /** Absolute path of the PEM file to trust. */
  certificateAuthority: string;
  tenantId: string;
  clientId: string;
  clientSecret: string;
  /** What points an azuread plugin, the real one or the sandbox's, to this tenant. */
  environment: Record<
    "ARM_METADATA_HOSTNAME" | "ARM_TENANT_ID" | "ARM_CLIENT_ID" | "ARM_CLIENT_SECRET" | "SSL_CERT_FILE",
    string
  >;
  /** Ends it, drops its connections and takes its address back. */
  close(): Promise<void>;
}

/** The present state of a tenant, as `npm run sandbox -- entra` prints it: without keys and secrets. */
export interface TenantSummary {
  tenantId: string;
  displayName: string;
  domains: Domain[];
  servicePrincipals: (Omit<ServicePrincipal, "keyCredentials"> & {
    keyCredentials: Omit<KeyCredential, "key">[];
  })[];
  /** What may be added to the principals; absent: anything. */
  defaultAppManagementPolicy?: AppManagementPolicy;
  /** Faults that still wait. */
  faults: TenantFault[];
}

/**
 * Starts the tenant of a sandbox's folder, and makes both at the first time. Several may run at once, in one process
 * or many: all serve the same state.
 * @throws DamagedState
 */
export async function startTenant({ home }: { home: string }): Promise<Tenant> {
  const store = new TenantStore(home);
  const { tenantId, client } = await store.read();
  const certificates = await store.exclusively(() => serverCertificates(store.folder));
  const server = await serveTenant(
    certificates,
    new Journal<JournalEntry>(path.resolve(home, "entra.log")),
    tenantRoutes(store),
  );
  const { host, url } = server;
  const certificateAuthority = authorityFile(store.folder);
  try {
    await store.exclusively(() => writeAddress(store.folder, { url, certificateAuthority }));
  } catch (error) {
    // It would keep the process from ending.
    await server.close();
    throw error;
  }
  return {
    url,
    host,
    certificateAuthority,
    tenantId,
    clientId: client.clientId,
    clientSecret: client.clientSecret,
    environment: {
      ARM_METADATA_HOSTNAME: host,
      ARM_TENANT_ID: tenantId,
      ARM_CLIENT_ID: client.clientId,
      ARM_CLIENT_SECRET: client.clientSecret,
      SSL_CERT_FILE: certificateAuthority,
    },
    close: async () => {
      await server.close();
      await store.exclusively(() => removeAddress(store.folder, url));
    },
  };
}

/** The tenant's present state; the tenant need not run. @throws DamagedState */
export async function readTenant(home: string): Promise<TenantSummary> {
  const { tenantId, displayName, domains, servicePrincipals, defaultAppManagementPolicy, faults } =
    await new TenantStore(home).read();
  return {
    tenantId,
    displayName,
    domains,
    servicePrincipals: servicePrincipals.map((principal) => ({
      ...principal,
      keyCredentials: principal.keyCredentials.map(({ key: _key, ...shown }) => shown),
    })),
    defaultAppManagementPolicy,
    faults,
  };
}

/** Starts over with a tenant that nothing was deployed to. A damaged state file is kept under another name. */
export function resetTenant(home: string, options: TenantOptions = {}): Promise<void> {
  return new TenantStore(home).reset(options);
}

/** An administrator of the tenant changes what may be added to its principals; undefined: anything. @throws DamagedState */
export function setAppManagementPolicy(home: string, policy: AppManagementPolicy | undefined): Promise<void> {
  return new TenantStore(home).update((state) => ({
    state: { ...state, defaultAppManagementPolicy: policy },
    result: undefined,
  }));
}

/** Adds a fault to those that wait. @throws DamagedState */
export function addTenantFault(home: string, fault: TenantFault): Promise<void> {
  return new TenantStore(home).update((state) => ({
    state: { ...state, faults: [...state.faults, fault] },
    result: undefined,
  }));
}
