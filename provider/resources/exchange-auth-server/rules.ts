import type { AuthServer, AuthServerValues } from "../../exchange/auth-servers";
import { sameText, sameUrl } from "../../exchange/properties";
import { preferred } from "../duplicates";

/** What the program wants of the auth server. */
export interface Wanted {
  tenantId: string;
  name: string;
  authMetadataUrl: string;
  enabled: boolean;
}

/** What to do where the auth servers are these. */
export type Choice =
  /** One of that realm is there, whatever its name: it is adopted. */
  | { kind: "adopt"; server: AuthServer }
  /** The wanted name belongs to another realm. */
  | { kind: "refuse"; server: AuthServer }
  | { kind: "make" };

/**
 * Adopt by realm, else make, unless the name is taken.
 * @param guid that of the state, or undefined.
 */
export function choose(servers: AuthServer[], wanted: Wanted, guid: string | undefined): Choice {
  const chosen = find(servers, wanted, guid);
  if (chosen) return { kind: "adopt", server: chosen };
  const ofName = servers.find(({ name }) => sameText(name, wanted.name));
  return ofName ? { kind: "refuse", server: ofName } : { kind: "make" };
}

/** The one that is meant: by Guid, else by realm. */
export function find(
  servers: AuthServer[],
  wanted: Pick<Wanted, "tenantId" | "authMetadataUrl" | "enabled">,
  guid: string | undefined,
): AuthServer | undefined {
  const isAsWanted = (server: AuthServer) => Object.keys(valuesToWrite(server, wanted)).length === 0;
  return preferred(alike(servers, wanted.tenantId, guid), guid, isAsWanted);
}

/** All that may be meant: Exchange allows several of a realm, of different issuers. */
export function alike(servers: AuthServer[], tenantId: string, guid: string | undefined): AuthServer[] {
  const others = servers.filter(({ realm }) => sameText(realm, tenantId));
  const own = guid === undefined ? undefined : ofGuid(servers, guid);
  return own && !others.includes(own) ? [own, ...others] : others;
}

/** The server of this Guid. */
export function ofGuid(servers: AuthServer[], wanted: string): AuthServer | undefined {
  return servers.find(({ guid }) => sameText(guid, wanted));
}

/** The values that differ from what is wanted, by Exchange's names: these are written, and no others. */
export function valuesToWrite(
  server: AuthServer,
  wanted: Pick<Wanted, "authMetadataUrl" | "enabled">,
): AuthServerValues {
  return {
    ...(sameUrl(server.authMetadataUrl, wanted.authMetadataUrl) ? {} : { AuthMetadataUrl: wanted.authMetadataUrl }),
    ...(server.enabled === wanted.enabled ? {} : { Enabled: wanted.enabled }),
  };
}

/** What was there before our first write, of what we write: earlier notes win over later ones. */
export function noteFormer(
  adopted: AuthServerValues | undefined,
  server: AuthServer,
  toWrite: AuthServerValues,
): AuthServerValues {
  const present: AuthServerValues = {};
  if ("AuthMetadataUrl" in toWrite) present.AuthMetadataUrl = server.authMetadataUrl;
  if ("Enabled" in toWrite) present.Enabled = server.enabled;
  return { ...present, ...adopted };
}

/**
 * The former values to put back: each only while the present one is still what we wrote.
 * @param written what we wrote last, not what a refresh has seen since.
 */
export function valuesToPutBack(
  server: AuthServer,
  adopted: AuthServerValues,
  written: AuthServerValues,
): AuthServerValues {
  const values: AuthServerValues = {};
  const urlIsOurs = written.AuthMetadataUrl !== undefined && sameUrl(server.authMetadataUrl, written.AuthMetadataUrl);
  if (urlIsOurs && adopted.AuthMetadataUrl !== undefined) values.AuthMetadataUrl = adopted.AuthMetadataUrl;
  if (server.enabled === written.Enabled && adopted.Enabled !== undefined) values.Enabled = adopted.Enabled;
  return values;
}
