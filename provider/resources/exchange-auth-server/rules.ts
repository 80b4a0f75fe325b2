import type { AuthServer, AuthServerValues } from "../../exchange/auth-servers";
import { sameText, sameUrl } from "../../exchange/properties";
import { preferred } from "../duplicates";
import { Ledger } from "../ledger";

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
  const isAsWanted = (server: AuthServer) => LEDGER.isAsWanted(valuesOf(server), valuesOf(wanted));
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

type Written = Pick<Wanted, "authMetadataUrl" | "enabled">;

/** The values that are written, by Exchange's names: of a server, of what is wanted, or of a state. */
export function valuesOf<Given extends Partial<Written>>({ authMetadataUrl, enabled }: Given) {
  return { AuthMetadataUrl: authMetadataUrl, Enabled: enabled } as {
    AuthMetadataUrl: Given["authMetadataUrl"];
    Enabled: Given["enabled"];
  };
}

/** What is written of an auth server, noted of it and put back. */
export const LEDGER = new Ledger<Required<AuthServerValues>>({ AuthMetadataUrl: sameUrl, Enabled: Object.is });
