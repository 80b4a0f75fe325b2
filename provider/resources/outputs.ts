/** The names of all warnings, by which a program acknowledges them one by one. */
export const WARNING_NAMES = [
  "hybrid",
  "endOfSupport",
  "coexistence",
  "unknownBuilds",
  "certificateExpires",
  "certificateChanged",
  "certificateFollowUp",
  "certificateNotValidYet",
  "nextCertificate",
  "rollover",
  "clocksDiffer",
  "missingOnServers",
  "unreachableServers",
  "ignoredServers",
  "authMetadataUrlChanged",
  "otherStack",
  "duplicates",
  "retiredClients",
  "probe",
] as const;

/** The name of a warning. */
export type WarningName = (typeof WARNING_NAMES)[number];

/** Something that a person should know, though nothing failed. */
export interface Warning {
  /** A short name, by which it can be acknowledged. */
  name: WarningName;
  /** One or two sentences. */
  text: string;
  /** Where to read more; empty when there is no such page. */
  link: string;
}

/**
 * Who made the object: `here` (this stack did), `found` (it was there and is still its owner's), or `unknown` (it was
 * there exactly as wanted, so a create that was interrupted may have made it). Destroy leaves what is unknown in place.
 */
export type Provenance = "here" | "found" | "unknown";

/**
 * A create found what only a stack of this package makes, and exactly as this one wants it.
 * @param name the object, as a line begins.
 */
export function perhapsAnothers(name: string): Warning {
  return {
    name: "otherStack",
    text:
      `${name} was there exactly as this program wants it. If another stack manages it, a destroy of that one takes it ` +
      "away from this one, too: declare it in one stack, and read that one's outputs elsewhere. If a script or an " +
      "earlier run of this stack made it, or it only has a new name in this program, nothing is to be done.",
    link: "",
  };
}

/** The outputs that every resource has. */
export interface CommonOutputs {
  /** The Guid of AuthConfig, lower case: it tells one organisation from another. */
  organizationId: string;
  /** The version of these outputs' form, 1. */
  schemaVersion: number;
  provenance: Provenance;
  /**
   * What is to be repaired, in a few words each; empty when all is well. The next update looks again by Exchange's clock,
   * and may find that nothing is to be done.
   */
  repair: string[];
  warnings: Warning[];
}

/** The arguments that every resource takes. Changing them is never a diff, except another organisation, which is refused. */
export interface CommonInputs {
  /** The Guid of the organisation that a create or an update must find; see ExchangeResourceArgs. */
  expectedOrganizationId?: string;
  domainController?: string;
  timeoutSeconds?: number;
}

/** The common arguments among others, or among the outputs of the same names. */
export function commonInputsOf({
  expectedOrganizationId,
  domainController,
  timeoutSeconds,
}: CommonInputs): CommonInputs {
  return { expectedOrganizationId, domainController, timeoutSeconds };
}

export const SCHEMA_VERSION = 1;
