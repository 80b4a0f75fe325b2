import { toPem, toTimestamp } from "../../x509/certificate";
import { nextStep, type Step } from "../oauth-certificate/generations";
import { findCertificate, type OrganisationFacts, roleOf } from "../oauth-certificate/rules";
import { type CommonInputs, type CommonOutputs, commonInputsOf, SCHEMA_VERSION } from "../outputs";
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

/** As which of its three AuthConfig names a certificate; empty where it does not. */
export type CertificateRole = "Current" | "Next" | "Previous" | "";

/** Everything that the state holds of the rollover. */
export interface RolloverOutputs extends CommonOutputs, RolloverInputs {
  state: CertificateRole;
  effectiveDate: string;
  currentThumbprint: string;
  currentCertificatePem: string;
  currentNotAfter: string;
  formerState: CertificateRole;
  nextThumbprint: string;
}

const ROLES = { current: "Current", next: "Next", previous: "Previous" } as const;

/** The role of a certificate, in Exchange's words. */
export function roleIn(facts: OrganisationFacts, thumbprint: string): CertificateRole {
  const role = roleOf(facts, thumbprint);
  return role ? ROLES[role] : "";
}

/** The one next step for the generation of a rollover, whose key credential is in the tenant. */
export function stepOf(facts: OrganisationFacts, inputs: RolloverInputs, isChanged = false): Step {
  const { generation, thumbprint, effectiveInDays } = inputs;
  return nextStep(facts, { generation, thumbprint, isKnown: true }, { effectiveInDays, isChanged });
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
    formerState: formerThumbprint === undefined ? "" : roleIn(facts, formerThumbprint),
    nextThumbprint: facts.next,
  };
}

/** What an update could do, or has to wait for; empty where all is as it should be. */
function repairOf(step: Step): string[] {
  switch (step.kind) {
    case "stage":
      return ["not named by AuthConfig"];
    case "publish":
      return ["to be made current"];
    case "copy":
      return [`waits for ${step.servers.join(", ")}`];
    case "wait":
      return ["waits until it can be named"];
    default:
      return [];
  }
}
