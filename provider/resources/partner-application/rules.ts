import type { PartnerApplication, PartnerApplicationValues } from "../../exchange/partner-applications";
import { sameText } from "../../exchange/properties";
import { preferred } from "../duplicates";
import { provenanceOfFound } from "../outputs";
import type { Noted } from "./outputs";

/** The applications of this application id. */
export function withIdentifier(
  applications: PartnerApplication[],
  applicationIdentifier: string,
): PartnerApplication[] {
  return applications.filter((application) => sameText(application.applicationIdentifier, applicationIdentifier));
}

/** The application of this Guid. */
export function ofGuid(applications: PartnerApplication[], wanted: string): PartnerApplication | undefined {
  return applications.find(({ guid }) => sameText(guid, wanted));
}

/**
 * Which of the applications of one id is meant.
 * @param guid that of the state, or undefined.
 */
export function choose(
  applications: PartnerApplication[],
  wanted: { enabled: boolean },
  guid: string | undefined,
): PartnerApplication | undefined {
  return preferred(applications, guid, ({ enabled }) => enabled === wanted.enabled);
}

/** The values that differ from what is wanted, by Exchange's names: these are written, and no others. */
export function valuesToWrite(application: PartnerApplication, wanted: { enabled: boolean }): PartnerApplicationValues {
  return application.enabled === wanted.enabled ? {} : { Enabled: wanted.enabled };
}

/**
 * What is noted of an application before it is written: earlier notes win over later ones. One found exactly as wanted
 * may be the work of a create that was interrupted: nobody can tell.
 * @param former what the state notes; undefined where this application is not in it.
 */
export function noteFormer(
  former: Noted | undefined,
  application: PartnerApplication,
  toWrite: PartnerApplicationValues,
): Noted {
  const present: PartnerApplicationValues = "Enabled" in toWrite ? { Enabled: application.enabled } : {};
  const provenance = former?.provenance ?? provenanceOfFound(toWrite);
  if (Object.keys(toWrite).length === 0) return { provenance, adopted: former?.adopted, written: former?.written };
  return { provenance, adopted: { ...present, ...former?.adopted }, written: { ...former?.written, ...toWrite } };
}

/** The former values to put back: each only while the present one is still what we wrote last. */
export function valuesToPutBack(
  application: PartnerApplication,
  { provenance, adopted, written }: Noted,
): PartnerApplicationValues {
  if (provenance !== "found" || adopted?.Enabled === undefined) return {};
  const isOurs = application.enabled === written?.Enabled && application.enabled !== adopted.Enabled;
  return isOurs ? { Enabled: adopted.Enabled } : {};
}
