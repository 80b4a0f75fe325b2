import { toPem, toTimestamp } from "../../x509/certificate";
import { formerSignsUntil } from "../oauth-certificate/generations";
import { findCertificate, type OrganisationFacts } from "../oauth-certificate/rules";
import { type CommonInputs, type CommonOutputs, commonInputsOf, SCHEMA_VERSION } from "../outputs";
import { type CertificateRole, repairOf, roleIn, stepOf } from "./rules";
import { rolloverWarnings } from "./warnings";

/** The checked arguments. */
export interface RolloverInputs extends CommonInputs {
  generation: number;
  thumbprint: string;
  /** Absent: `thumbprint`. */
  formerThumbprint?: string;
  keyCredentialId: string;
  effectiveInDays: number;
  ignoreServers?: string[];
}

/** Everything that the state holds of the rollover. */
export interface RolloverOutputs extends CommonOutputs, RolloverInputs {
  state: CertificateRole;
  effectiveDate: string;
  currentThumbprint: string;
  currentCertificatePem: string;
  currentNotAfter: string;
  formerState: CertificateRole;
  /** Empty where AuthConfig names the former generation's not as its previous one, or does not show when it was changed. */
  formerSignsUntil: string;
  nextThumbprint: string;
}

/**
 * The outputs for what was seen.
 * @param known the outputs in the state, for a current certificate that no server which answered shows.
 */
export function outputsOf(
  inputs: RolloverInputs,
  facts: OrganisationFacts,
  known: Partial<RolloverOutputs> = {},
): RolloverOutputs {
  const { generation, thumbprint, formerThumbprint, keyCredentialId, effectiveInDays, ignoreServers } = inputs;
  const step = stepOf(facts, inputs);
  const current = findCertificate(facts, facts.current);
  const remembered = known.currentThumbprint === facts.current ? known : {};
  const formerState = formerThumbprint === undefined ? "" : roleIn(facts, formerThumbprint);
  const until = formerSignsUntil(facts);
  const isNext = facts.next === thumbprint && facts.nextEffectiveDate !== undefined;
  return {
    ...commonInputsOf(inputs),
    generation,
    thumbprint,
    ...(formerThumbprint === undefined ? {} : { formerThumbprint }),
    keyCredentialId,
    effectiveInDays,
    ignoreServers,
    organizationId: facts.organizationId,
    schemaVersion: SCHEMA_VERSION,
    provenance: "here",
    repair: repairOf(step),
    warnings: rolloverWarnings(facts, inputs, step),
    state: roleIn(facts, thumbprint),
    effectiveDate: isNext && facts.nextEffectiveDate ? toTimestamp(facts.nextEffectiveDate) : "",
    currentThumbprint: facts.current,
    currentCertificatePem: current ? toPem(current.der) : (remembered.currentCertificatePem ?? ""),
    currentNotAfter: current ? toTimestamp(current.notAfter) : (remembered.currentNotAfter ?? ""),
    formerState,
    formerSignsUntil: formerState === "Previous" && until ? toTimestamp(until) : "",
    nextThumbprint: facts.next,
  };
}
