import type { PartnerApplication, PartnerApplicationValues } from "../../exchange/partner-applications";
import { duplicateWarnings } from "../duplicates";
import type { Noted } from "../ledger";
import { type CommonInputs, type CommonOutputs, commonInputsOf, SCHEMA_VERSION } from "../outputs";

/** The checked arguments. */
export interface PartnerApplicationInputs extends CommonInputs {
  applicationIdentifier: string;
  enabled: boolean;
}

/** Everything that the state holds of the partner application. */
export interface PartnerApplicationOutputs extends CommonOutputs, PartnerApplicationInputs {
  name: string;
  guid: string;
  adopted?: PartnerApplicationValues;
  written?: PartnerApplicationValues;
}

/**
 * The outputs for an application as it was seen.
 * @param alike all applications of its id, itself among them.
 */
export function outputsOf(
  inputs: CommonInputs,
  application: PartnerApplication,
  organizationId: string,
  noted: Noted<PartnerApplicationValues>,
  alike: PartnerApplication[],
): PartnerApplicationOutputs {
  const what = `partner applications of the id ${application.applicationIdentifier} without a realm`;
  return {
    ...commonInputsOf(inputs),
    organizationId,
    schemaVersion: SCHEMA_VERSION,
    repair: [],
    warnings: duplicateWarnings(what, "PartnerApplication", application, alike),
    ...noted,
    applicationIdentifier: application.applicationIdentifier,
    enabled: application.enabled,
    name: application.name,
    guid: application.guid,
  };
}
