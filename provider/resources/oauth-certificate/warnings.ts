import type { ExchangeServers } from "../../exchange/servers";
import type { StoredCertificate } from "../../exchange/stored-certificate";
import { toTimestamp } from "../../x509/certificate";
import { unmatchedWarnings } from "../ignored-servers";
import type { Warning } from "../outputs";
import { FOLLOW_UP } from "./follow-up";
import { generationNamed } from "./generations";
import {
  currentStateOf,
  type OrganisationFacts,
  reasonAgainst,
  serversListing,
  serversWhere,
  unknownServers,
} from "./rules";

const EXPORT_LINK = "https://support.microsoft.com/help/5069337";
const MAINTAIN_LINK =
  "https://learn.microsoft.com/exchange/plan-and-deploy/integration-with-sharepoint-and-skype/maintain-oauth-certificate";
const PRINCIPAL_LINK = "https://www.pulumi.com/registry/packages/azuread/api-docs/serviceprincipalcertificate/";

export const ROTATION_LINK =
  "https://github.com/pulumi-exchange-server/pulumi-exchange-server/blob/main/docs/rotation.md";

const DAY = 24 * 60 * 60 * 1000;
/** Microsoft's own monitor of the auth certificate asks for a new one as early. */
const WARNING_DAYS = 60;

/** A valid certificate whose end is 60 days away or less: none or one warning. */
export function expiryWarnings(
  certificate: { thumbprint: string; notAfter: Date; generation: number },
  now: Date,
): Warning[] {
  const days = Math.floor((certificate.notAfter.getTime() - now.getTime()) / DAY);
  if (days < 0 || days > WARNING_DAYS) return [];
  return [
    {
      name: "certificateExpires",
      text:
        // Without the days that are left, which would be another text, and so drift, at each day's refresh.
        `The auth certificate ${certificate.thumbprint} expires on ${dayOf(certificate.notAfter)}. ` +
        `It is kept until then. Renew it ahead: declare \`certificateGenerations: [${certificate.generation}, ` +
        `${certificate.generation + 1}]\` of PushNotificationProxying and run \`pulumi up\`.`,
      link: ROTATION_LINK,
    },
  ];
}

/** A certificate that is not valid yet is kept, and its servers refuse it: none or one warning. */
export function validityWarnings(certificate: { thumbprint: string; notBefore: Date }, now: Date): Warning[] {
  if (certificate.notBefore <= now) return [];
  return [
    {
      name: "certificateNotValidYet",
      text:
        `The auth certificate ${certificate.thumbprint} is not valid before ${toTimestamp(certificate.notBefore)}, and ` +
        "Exchange's clock has not reached that: servers refuse it until then. It is kept; check the servers' clocks.",
      link: MAINTAIN_LINK,
    },
  ];
}

const CLOCKS_DIFFER = "clocksDiffer";

/** By Exchange's clock a certificate is valid that has ended by ours: none or one warning. */
export function clockWarnings(certificate: StoredCertificate, { now, ourNow }: OrganisationFacts): Warning[] {
  const { thumbprint, notAfter } = certificate;
  if (notAfter < now || notAfter >= ourNow) return [];
  return [
    {
      name: CLOCKS_DIFFER,
      text:
        `The auth certificate ${thumbprint} ended on ${toTimestamp(notAfter)} by this machine's clock, and not yet by ` +
        "Exchange's, which decides: it is kept. Set whichever clock is wrong.",
      link: "",
    },
  ];
}

/** Whether Exchange's clock, asked when ours was past the end already, kept the certificate. */
export function isKeptByExchangesClock({ warnings }: { warnings: Warning[] }): boolean {
  return warnings.some(({ name }) => name === CLOCKS_DIFFER);
}

/** AuthConfig has another certificate staged, to which Exchange will switch by itself: none or one warning. */
export function nextWarnings(facts: OrganisationFacts, generation: number): Warning[] {
  const { next, nextEffectiveDate: date } = facts;
  if (next === "" || next === facts.current || generationNamed(facts, next) !== undefined) return [];
  const when = date
    ? `on ${toTimestamp(date)} by Exchange's clock, or up to a day later`
    : "at a time that it does not show";
  return [
    {
      name: "nextCertificate",
      text: `AuthConfig will switch to the certificate ${next} ${when}. ${beforeTheSwitch(facts, generation)}`,
      link: ROTATION_LINK,
    },
  ];
}

/** What is wrong with the next one, and what to do before AuthConfig switches, or after. */
function beforeTheSwitch(facts: OrganisationFacts, generation: number): string {
  const staged = currentStateOf({ ...facts, current: facts.next });
  if (staged.state === "gone") return `No server holds it with its key: ${STAGE_ANOTHER}`;
  if (staged.state === "invalid") return `It ${reasonText(staged.certificate, facts.now)}: ${STAGE_ANOTHER}`;
  const missing = serversWhere(facts, facts.next, "missing");
  const lacking = missing.length > 0 ? `It is missing on ${missing.join(", ")}: import it there before that. ` : "";
  return (
    `${lacking}The tenant, and whatever else trusts the organisation, may not know it yet: before that, declare ` +
    `\`certificateGenerations: [${generation}, ${generation + 1}]\` of PushNotificationProxying and run \`pulumi up\`, which adopts it.`
  );
}

const STAGE_ANOTHER =
  "before that, stage one that can serve (Set-AuthConfig with NewCertificateThumbprint and NewCertificateEffectiveDate).";

export const MISSING_ON_SERVERS = "missingOnServers";

/**
 * The valid current certificate is not on these servers, and could not be copied there: a warning a reason.
 * @param reasons why, by server, each without its final full stop.
 */
export function missingWarnings(facts: OrganisationFacts, thumbprint: string, reasons: ServerReason[]): Warning[] {
  const listing = serversListing(facts, thumbprint);
  return byReason(reasons).map(({ servers, reason }) => {
    const keyless = servers.filter((server) => listing.includes(server));
    const advice =
      keyless.length > 0
        ? `${keyless.join(", ")} lists it without its key: remove it there first (Remove-ExchangeCertificate), then run \`pulumi up\` again`
        : "copy it from a server's machine store and import it there";
    return {
      name: MISSING_ON_SERVERS,
      text:
        `AuthConfig's certificate ${thumbprint} is missing on ${servers.join(", ")}, and cannot be copied: ${reason}. ` +
        `It is kept, since it is valid; ${advice}.`,
      link: EXPORT_LINK,
    };
  });
}

/** Whether these servers hold the certificate is not known: a warning a reason. */
export function unreachableWarnings(facts: OrganisationFacts, thumbprint: string): Warning[] {
  const unseen = serversWhere(facts, thumbprint, "unreachable");
  const reasons = unknownServers(facts).filter(({ name }) => unseen.includes(name));
  return byReason(reasons.map(({ name, reason }) => ({ server: name, reason }))).map(({ servers, reason }) => ({
    name: "unreachableServers",
    text:
      `Whether ${servers.join(", ")} ${servers.length > 1 ? "hold" : "holds"} the certificate ${thumbprint} is not known: ` +
      `${servers.length > 1 ? "each" : "it"} ${withoutStop(reason)}.`,
    link: MAINTAIN_LINK,
  }));
}

/**
 * Outputs with the warnings that do not depend on the certificate, at the end: where a read put them in another place
 * than an update, each refresh would find drift.
 */
export function withIgnoredWarnings<Outputs extends { warnings: Warning[] }>(
  outputs: Outputs,
  servers: ExchangeServers,
): Outputs {
  return { ...outputs, warnings: [...outputs.warnings, ...ignoredWarnings(servers)] };
}

/** What ignoring servers means for them, and names that no server has: none to two warnings. */
function ignoredWarnings({ ignored, unmatched }: Pick<ExchangeServers, "ignored" | "unmatched">): Warning[] {
  const names = ignored.map(({ name }) => name).join(", ");
  const passedOver =
    `\`ignoreServers\` passes over ${names}: no auth certificate is copied there. Without the one that AuthConfig names, ` +
    "a server can neither sign nor check OAuth tokens.";
  return [
    ...(names === "" ? [] : [{ name: "ignoredServers", text: passedOver, link: MAINTAIN_LINK } as const]),
    ...unmatchedWarnings(unmatched),
  ];
}

/** Servers and why, one reason of one server or the same of several. */
export interface ServerReason {
  server: string;
  reason: string;
}

export function byReason(reasons: ServerReason[]): { servers: string[]; reason: string }[] {
  const distinct = [...new Set(reasons.map(({ reason }) => reason))];
  return distinct.map((reason) => ({
    servers: reasons.filter((other) => other.reason === reason).map(({ server }) => server),
    reason,
  }));
}

export function withoutStop(text: string): string {
  return text.replace(/\.$/, "");
}

/**
 * The certificate is another one than in the state, so what trusts the former one must learn the new one: none or one
 * warning. azuread adds and removes in one update, and a stale read in between wipes the key just added.
 * @param former what the state holds. One that is half made keeps its warning: nothing has learned of it yet.
 */
export function changeWarnings(
  former: { thumbprint: string; repair: string[]; warnings: Warning[] } | undefined,
  thumbprint: string,
): Warning[] {
  if (!former) return [];
  if (former.thumbprint !== thumbprint) return [certificateChanged(former.thumbprint, thumbprint)];
  return former.repair.length > 0 ? former.warnings.filter(({ name }) => CHANGES.includes(name)) : [];
}

/**
 * AuthConfig named one that could not serve, and now names ours: none or one warning.
 * @param facts what was there before.
 */
export function replacementWarnings(facts: OrganisationFacts, thumbprint: string): Warning[] {
  const replaced = currentStateOf(facts);
  if (replaced.state === "unset") return [];
  const staged = thumbprint === facts.next ? ", which was staged as its next one" : "";
  const why =
    replaced.state === "invalid" ? reasonText(replaced.certificate, facts.now) : "is on no server with its key";
  return [
    {
      name: CERTIFICATE_CHANGED,
      text:
        `AuthConfig named the certificate ${facts.current}, which ${why}; it now names ${thumbprint}${staged}. What trusts the ` +
        "former one, such as SharePoint or Skype for Business, must learn the new one.",
      link: MAINTAIN_LINK,
    },
  ];
}

function reasonText(certificate: StoredCertificate, now: Date): string {
  if (reasonAgainst(certificate, now) === "expired") return `expired on ${dayOf(certificate.notAfter)}`;
  return `has a key of ${certificate.keySize} bits (${certificate.keyAlgorithm}), and RSA of 2048 bits or more is required`;
}

function dayOf(date: Date): string {
  return toTimestamp(date).slice(0, 10);
}

const CERTIFICATE_CHANGED = "certificateChanged";
const CHANGES: string[] = [CERTIFICATE_CHANGED, FOLLOW_UP];

function certificateChanged(former: string, thumbprint: string): Warning {
  return {
    name: CERTIFICATE_CHANGED,
    text:
      `The auth certificate changed from ${former} to ${thumbprint}. Where azuread replaces a key credential for it in ` +
      "this update, run `pulumi refresh` and `pulumi up` once more: a stale read while it removes the former key can " +
      "take the new one away, and nothing else would notice.",
    link: PRINCIPAL_LINK,
  };
}
