import type { StoredCertificate } from "../../exchange/stored-certificate";
import { toPem, toTimestamp } from "../../x509/certificate";
import { type CommonInputs, type CommonOutputs, commonInputsOf, SCHEMA_VERSION, type Warning } from "../outputs";
import { DEFAULTS } from "./fields";
import { generationNamed } from "./generations";
import { isOurs } from "./identifiers";
import { currentStateOf, type OrganisationFacts, type Presence, presenceOn } from "./rules";
import { clockWarnings, expiryWarnings, nextWarnings, validityWarnings } from "./warnings";

/** The checked arguments: defaults are applied, except for the domain, which only a server knows. */
export interface OAuthCertificateInputs extends CommonInputs {
  /** Absent: 1. */
  generation?: number;
  domainName?: string;
  subjectName: string;
  friendlyName: string;
  keySize: number;
  /** Absent: five years, which are Exchange's own. */
  lifetimeDays?: number;
  /** Absent in states of earlier versions: none. */
  ignoreServers?: string[];
}

/** Where the certificate is. */
export interface CertificateServer {
  name: string;
  state: Presence;
}

/** Everything that the state holds of the certificate. */
export interface OAuthCertificateOutputs extends CommonOutputs, CommonInputs {
  generation?: number;
  domainName?: string;
  subjectName: string;
  friendlyName: string;
  keySize: number;
  lifetimeDays?: number;
  ignoreServers?: string[];
  thumbprint: string;
  serialNumber: string;
  subjectKeyIdentifier: string;
  certificatePem: string;
  certificateDer: string;
  notBefore: string;
  notAfter: string;
  subject: string;
  servers: CertificateServer[];
  formerThumbprint: string;
  /** Absent in states from before there was this output, like the date. */
  nextThumbprint?: string;
  nextEffectiveDate?: string;
  /** Absent where there is none, like the certificate. */
  previousThumbprint?: string;
  previousCertificatePem?: string;
  /** What AuthConfig names since a later generation has taken the place of this one; absent before. */
  supersededBy?: string;
  /** Of generation 2 and later, that AuthConfig has named it as current; absent before. */
  becameCurrent?: boolean;
}

/** What a certificate itself is, which changes only with another one. */
export const CERTIFICATE_OUTPUTS = [
  "thumbprint",
  "serialNumber",
  "subjectKeyIdentifier",
  "certificatePem",
  "certificateDer",
  "notBefore",
  "notAfter",
  "subject",
] as const satisfies (keyof OAuthCertificateOutputs)[];

/** The certificate whose place another hand's has taken, and that there is one. */
export const PREVIOUS_OUTPUTS = [
  "schemaVersion",
  "previousThumbprint",
  "previousCertificatePem",
] as const satisfies (keyof OAuthCertificateOutputs)[];

/**
 * The version of the format in which there is a previous certificate. What is absent is not known in a preview, so that an
 * output which is always there has to say it.
 */
export const WITH_PREVIOUS = 2;

/** What the outputs say beside the certificate itself. */
export interface Changing {
  repair: string[];
  warnings: Warning[];
  formerThumbprint: string;
  /** Whether a later generation has taken its place. */
  isOver?: boolean;
  /** What the state has, where another hand may have named another certificate since. */
  former?: Partial<OAuthCertificateOutputs> | undefined;
}

/** The outputs for a certificate as it was seen. */
export function outputsOf(
  inputs: OAuthCertificateInputs,
  facts: OrganisationFacts,
  certificate: StoredCertificate,
  { isOver = false, former, ...changing }: Changing,
): OAuthCertificateOutputs {
  return {
    ...inputs,
    organizationId: facts.organizationId,
    schemaVersion: SCHEMA_VERSION,
    provenance: isOurs(facts.organizationId, certificate) ? "here" : "found",
    ...changing,
    warnings: [...changing.warnings, ...(isOver ? [] : certificateWarnings(inputs, facts, certificate))],
    thumbprint: certificate.thumbprint,
    serialNumber: certificate.serialNumber,
    subjectKeyIdentifier: certificate.subjectKeyIdentifier,
    certificatePem: toPem(certificate.der),
    certificateDer: certificate.der.toString("base64"),
    notBefore: toTimestamp(certificate.notBefore),
    notAfter: toTimestamp(certificate.notAfter),
    subject: certificate.subject,
    keySize: certificate.keySize,
    servers: presences(facts, certificate.thumbprint),
    ...nextOf(facts),
    ...previousOf(facts, certificate, former),
    ...(isOver ? { supersededBy: facts.current } : {}),
    ...(isLaterCurrent(inputs, facts, certificate) ? { becameCurrent: true } : {}),
  };
}

/** From then on it is the organisation's certificate, so whatever takes its place by another hand is followed. */
function isLaterCurrent(
  { generation = 1 }: OAuthCertificateInputs,
  facts: OrganisationFacts,
  { thumbprint }: StoredCertificate,
): boolean {
  return generation > 1 && facts.current === thumbprint;
}

function certificateWarnings(
  { generation = 1 }: OAuthCertificateInputs,
  facts: OrganisationFacts,
  certificate: StoredCertificate,
): Warning[] {
  return [
    ...(certificate.thumbprint === facts.next ? [] : nextWarnings(facts, generation)),
    ...validityWarnings(certificate, facts.now),
    ...expiryWarnings({ ...certificate, generation }, facts.now),
    ...clockWarnings(certificate, facts),
  ];
}

/**
 * What AuthConfig will switch to by another hand, and when; both empty when nothing is staged, the date also where it is
 * not shown. Of a later generation its rollover tells, which stages it after this resource was looked at.
 */
export function nextOf(facts: OrganisationFacts): { nextThumbprint: string; nextEffectiveDate: string } {
  const { next, nextEffectiveDate } = facts;
  if (generationNamed(facts, next) !== undefined) return { nextThumbprint: "", nextEffectiveDate: "" };
  return { nextThumbprint: next, nextEffectiveDate: nextEffectiveDate ? toTimestamp(nextEffectiveDate) : "" };
}

/** What the state showed until another hand named the certificate in its place, while AuthConfig names that as previous. */
function previousOf(
  { previous }: OrganisationFacts,
  { thumbprint }: StoredCertificate,
  former: Partial<OAuthCertificateOutputs> = {},
): Pick<OAuthCertificateOutputs, (typeof PREVIOUS_OUTPUTS)[number]> | undefined {
  const [previousThumbprint = "", previousCertificatePem] =
    former.thumbprint === thumbprint
      ? [former.previousThumbprint, former.previousCertificatePem]
      : [former.thumbprint, former.certificatePem];
  if (previousThumbprint !== previous || previousCertificatePem === undefined) return undefined;
  return { schemaVersion: WITH_PREVIOUS, previousThumbprint, previousCertificatePem };
}

/** What AuthConfig named before ours, so that a delete may name it again; empty when none or when we named nothing. */
export function formerOf(
  facts: OrganisationFacts,
  certificate: StoredCertificate,
  former: Partial<OAuthCertificateOutputs> | undefined,
): string {
  if (former?.thumbprint === certificate.thumbprint && former.formerThumbprint) return former.formerThumbprint;
  if (facts.current !== certificate.thumbprint || !isOurs(facts.organizationId, certificate)) return "";
  // Exchange keeps it as Previous, which serves where the update that named ours was interrupted before the state was.
  // One that is valid, or that nobody can see, may be one that an administrator has gone back from: we never replace it.
  const { state } = currentStateOf({ ...facts, current: facts.previous });
  return state === "invalid" || state === "gone" ? facts.previous : "";
}

/** Where a certificate is, server by server. */
export function presences(facts: OrganisationFacts, thumbprint: string): CertificateServer[] {
  return facts.servers.map((server) => ({ name: server.name, state: presenceOn(server, thumbprint) }));
}

/** The arguments among the outputs, from which a read shows the certificate again. */
export function inputsOf(outputs: Partial<OAuthCertificateOutputs>): OAuthCertificateInputs {
  const { generation, domainName, subjectName, friendlyName, keySize, lifetimeDays, ignoreServers } = outputs;
  return {
    ...commonInputsOf(outputs),
    ...(generation === undefined ? {} : { generation }),
    domainName,
    subjectName: subjectName ?? DEFAULTS.subjectName,
    friendlyName: friendlyName ?? DEFAULTS.friendlyName,
    keySize: keySize ?? DEFAULTS.keySize,
    ...(lifetimeDays === undefined ? {} : { lifetimeDays }),
    ignoreServers,
  };
}
