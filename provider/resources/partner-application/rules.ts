import type { PartnerApplication, PartnerApplicationValues } from "../../exchange/partner-applications";
import { sameText } from "../../exchange/properties";
import { preferred } from "../duplicates";
import { Ledger } from "../ledger";

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
  return preferred(applications, guid, (application) => LEDGER.isAsWanted(valuesOf(application), valuesOf(wanted)));
}

/** The value that is written, by Exchange's name: of an application, of what is wanted, or of a state. */
export function valuesOf<Enabled extends boolean | undefined>({ enabled }: { enabled: Enabled }) {
  return { Enabled: enabled };
}

/** What is written of a partner application, noted of it and put back. */
export const LEDGER = new Ledger<Required<PartnerApplicationValues>>({ Enabled: Object.is });
