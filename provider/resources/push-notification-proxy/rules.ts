import { sameText, sameUrl } from "../../exchange/properties";
import type { PushNotificationApp } from "../../exchange/push-notifications";
import type { Provenance } from "../outputs";

/** The proxy's properties that this package writes, by Exchange's names. */
export interface ProxyValues {
  Enabled: boolean;
  Organization: string;
  Uri: string;
}

/** What was there before we came: seen, seen to be absent, or not to be seen. */
export type Former = PushNotificationApp | undefined | "unknown";

/** Who made the proxy, and what it was before our first write. */
export function noteFormer(
  former: Former,
  wanted: { organization: string; uri: string },
): { provenance: Provenance; adopted?: ProxyValues } {
  if (former === undefined) return { provenance: "here" };
  if (former === "unknown") return { provenance: "unknown" };
  const adopted = { Enabled: former.enabled, Organization: former.organization, Uri: former.uri };
  // One found exactly as wanted may be the work of a create that was interrupted: nobody can tell.
  const asWanted =
    former.enabled && sameText(former.organization, wanted.organization) && sameUrl(former.uri, wanted.uri);
  return { provenance: asWanted ? "unknown" : "found", adopted };
}

/** How a proxy is taken back. */
export type TakeBack =
  /** It was not enabled before, or nobody knows: an enabled proxy is what the user asked to be gone. */
  | { kind: "disable" }
  /** It was enabled before, with these values. */
  | { kind: "putBack"; organization: string; uri: string }
  /** It is enabled with the values that it had before. */
  | { kind: "leaveEnabled" }
  /** It is gone, or somebody else has disabled it: what is no longer as we left it stays. */
  | { kind: "leave" };

/**
 * What destroy does.
 * @param present the proxy now; "unknown" where no cmdlet shows it.
 * @param ours what we wrote.
 */
export function takeBack(
  present: Former,
  adopted: ProxyValues | undefined,
  ours: { organization: string; uri: string },
): TakeBack {
  if (present === undefined || (present !== "unknown" && !present.enabled)) return { kind: "leave" };
  if (!adopted?.Enabled) return { kind: "disable" };
  const organization = valueToPutBack(present, "organization", ours.organization, adopted.Organization, sameText);
  const uri = valueToPutBack(present, "uri", ours.uri, adopted.Uri, sameUrl);
  const changed = !sameText(organization, ours.organization) || !sameUrl(uri, ours.uri);
  return changed ? { kind: "putBack", organization, uri } : { kind: "leaveEnabled" };
}

/** The former value while the present one is still ours; else the present one stays. */
function valueToPutBack(
  present: PushNotificationApp | "unknown",
  name: "organization" | "uri",
  ours: string,
  former: string,
  same: (one: string, other: string) => boolean,
): string {
  if (present === "unknown" || same(present[name], ours)) return former;
  return present[name];
}
