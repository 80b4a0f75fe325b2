import type { AuthServer, AuthServerValues } from "../../exchange/auth-servers";
import { sameText, sameUrl } from "../../exchange/properties";

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

/** Adopt by realm, else make, unless the name is taken. Two servers of one realm cannot be: Exchange refuses that. */
export function choose(servers: AuthServer[], wanted: Wanted): Choice {
  const ofRealm = servers.find(({ realm }) => sameText(realm, wanted.tenantId));
  if (ofRealm) return { kind: "adopt", server: ofRealm };
  const ofName = servers.find(({ name }) => sameText(name, wanted.name));
  return ofName ? { kind: "refuse", server: ofName } : { kind: "make" };
}

/** The server in the state: by Guid, else the one that has taken its place in the realm. */
export function find(servers: AuthServer[], guid: string, tenantId: string | undefined): AuthServer | undefined {
  const byGuid = servers.find((server) => sameText(server.guid, guid));
  return byGuid ?? (tenantId === undefined ? undefined : servers.find(({ realm }) => sameText(realm, tenantId)));
}

/** The values that differ from what is wanted, by Exchange's names: these are written, and no others. */
export function valuesToWrite(server: AuthServer, wanted: Wanted): AuthServerValues {
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
