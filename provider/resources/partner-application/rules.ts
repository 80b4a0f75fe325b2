import type { PartnerApplication, PartnerApplicationValues } from "../../exchange/partner-applications";
import { sameText } from "../../exchange/properties";
import { provenanceOfFound } from "../outputs";
import type { Noted } from "./outputs";

/** The application of this application id. */
export function findByIdentifier(
  applications: PartnerApplication[],
  applicationIdentifier: string,
): PartnerApplication | undefined {
  return applications.find((application) => sameText(application.applicationIdentifier, applicationIdentifier));
}

/**
 * The application that a read is for: by application id, since one may have taken the place of ours.
 * @param id the Guid, which is all that is known where a program looks one up.
 */
export function findInState(
  applications: PartnerApplication[],
  id: string,
  applicationIdentifier: string | undefined,
): PartnerApplication | undefined {
  if (applicationIdentifier !== undefined) return findByIdentifier(applications, applicationIdentifier);
  return applications.find(({ guid }) => sameText(guid, id));
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
