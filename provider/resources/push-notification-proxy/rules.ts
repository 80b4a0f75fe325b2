import { sameText, sameUrl } from "../../exchange/properties";
import type { PushNotificationApp } from "../../exchange/push-notifications";
import { Ledger } from "../ledger";
import type { Provenance } from "../outputs";

/** The proxy's properties that this package writes, by Exchange's names. */
export interface ProxyValues {
  Enabled: boolean;
  Organization: string;
  Uri: string;
}

/** What we wrote last: Enable takes these two. */
export type WrittenValues = Pick<ProxyValues, "Organization" | "Uri">;

/** Where the outputs come from: the cmdlet that shows the proxy, or what Enable returned last where there is none. */
export type ProxyStateSource = "Get-PushNotificationApp" | "last known";

/** What was there before we came: seen, seen to be absent, or not to be seen. */
export type Former = PushNotificationApp | undefined | "unknown";

/** The proxy's values by Exchange's names. */
export function valuesOf({ enabled, organization, uri }: PushNotificationApp): ProxyValues {
  return { Enabled: enabled, Organization: organization, Uri: uri };
}

/** What is noted of the proxy and put back. */
export const LEDGER = new Ledger<ProxyValues>({ Enabled: Object.is, Organization: sameText, Uri: sameUrl });

/** Who made the proxy, and what it was before our first write, which is of all values at once. */
export function noteFormer(
  former: Former,
  wanted: { organization: string; uri: string },
): { provenance: Provenance; adopted?: ProxyValues } {
  if (former === undefined) return { provenance: "here" };
  if (former === "unknown") return { provenance: "unknown" };
  const adopted = valuesOf(former);
  const { provenance } = LEDGER.found(adopted, valuesOf({ enabled: true, ...wanted }));
  return { provenance, adopted };
}

/** How a proxy is taken back. */
export type TakeBack =
  /** It was not enabled before, or nobody knows: an enabled proxy is what the user asked to be gone. */
  | { kind: "disable" }
  /** It was enabled before: each value that is still ours becomes the former one. */
  | { kind: "putBack"; organization: string; uri: string }
  /** It was enabled before, and no value is ours to put back: it has its former ones, or somebody else's. */
  | { kind: "leaveEnabled" }
  /** It is gone, or somebody else has disabled it: what is no longer as we left it stays. */
  | { kind: "leave" };

/**
 * What destroy does.
 * @param present the proxy now; "unknown" where no cmdlet shows it.
 * @param written what we wrote last, not what a refresh has seen since; undefined where the state does not say.
 */
export function takeBack(
  present: Former,
  adopted: ProxyValues | undefined,
  written: WrittenValues | undefined,
): TakeBack {
  if (present === undefined || (present !== "unknown" && !present.enabled)) return { kind: "leave" };
  if (!adopted?.Enabled) return { kind: "disable" };
  const now = present === "unknown" ? "unknown" : valuesOf(present);
  const former = LEDGER.toPutBack({ adopted, written }, now);
  if (Object.keys(former).length === 0) return { kind: "leaveEnabled" };
  // Enable takes both, so what is somebody else's is sent as it is.
  const { Organization, Uri } = { ...(now === "unknown" ? adopted : now), ...former };
  return { kind: "putBack", organization: Organization, uri: Uri };
}

/** What is to be repaired of a proxy that cannot be read, after a write that was cut short. */
export const NOT_KNOWN =
  "whether it is enabled is not known: an operation that wrote it was cut short, or another stack has disabled it";

/**
 * Why the proxy is written, though it is what the program declares, as far as the state tells.
 * @param isOvertaken whether a write was begun since, of which the state knows nothing.
 * @param alwaysWrite the argument.
 */
export function reasonsToWrite(
  { stateSource }: { stateSource: ProxyStateSource },
  isOvertaken: boolean,
  alwaysWrite: boolean,
): string[] {
  if (stateSource !== "last known") return [];
  if (isOvertaken) return [NOT_KNOWN];
  return alwaysWrite ? ["no cmdlet shows whether it is as declared, and `alwaysWrite` asks to write it each time"] : [];
}
