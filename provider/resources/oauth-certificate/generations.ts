import type { StoredCertificate } from "../../exchange/stored-certificate";
import { generationIdentifierOf, generationOf } from "./identifiers";
import {
  allCertificates,
  currentStateOf,
  exportingServers,
  findCertificate,
  type OrganisationFacts,
  reasonAgainst,
  roleOf,
  serversWhere,
  unknownServers,
} from "./rules";

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;
/** Exchange makes the next certificate current half a day to a day after its date (microsoft/CSS-Exchange). */
export const LATE = DAY;
/** `Set-AuthConfig` warns of a date that is nearer: other servers may not have the certificate by then. */
const LEAST_NOTICE = 2 * DAY;
/** So that a date of two days is still two days away when the call arrives. */
const MARGIN = HOUR;

/** The generation of a certificate that AuthConfig names; undefined where it is none, or where no server shows it. */
export function generationNamed(facts: OrganisationFacts, thumbprint: string): number | undefined {
  const certificate = thumbprint === "" ? undefined : findCertificate(facts, thumbprint);
  return certificate && generationOf(facts.organizationId, certificate);
}

/** One generation of a program, and what is known of it beside what Exchange shows. */
export interface Generation {
  generation: number;
  /** The certificate that the state has for it; undefined before there is a state. */
  thumbprint?: string;
  /** Whether the tenant has a key credential for it. */
  isKnown: boolean;
}

/**
 * How far a generation has come, by what is observed alone.
 *
 * `absent`: no server has its certificate. `made`: not every server has it. `everywhere`: each has it with a key that
 * may be there. `known`: the tenant has its key credential, too. `next`, `current` and `previous`: AuthConfig names it so.
 * `due`: it is the next one, and was to become current a day ago. `retired`: a later one is current, and AuthConfig does
 * not name it.
 */
export type GenerationState =
  | "absent"
  | "made"
  | "everywhere"
  | "known"
  | "next"
  | "due"
  | "current"
  | "previous"
  | "retired";

/** The one thing to do next for a generation that is to become current. */
export type Step =
  | { kind: "make"; subjectKeyIdentifier: string }
  | { kind: "copy"; servers: string[] }
  /** Its key credential is added: by azuread, and not by us. */
  | { kind: "tellTenant" }
  | { kind: "stage"; effectiveDate: Date }
  | { kind: "publish" }
  /** Exchange makes it current by itself. */
  | { kind: "await"; effectiveDate: Date | undefined }
  /** Nothing can be done before this has changed, which an `up` looks at again. */
  | { kind: "wait"; reason: string }
  /** Another hand staged another one, which takes its place. */
  | { kind: "giveWay"; thumbprint: string }
  /** It can never become current. */
  | { kind: "refuse"; reason: string }
  | { kind: "none" };

/** When a generation is to become current. */
export interface Timing {
  /** Days from the staging; 0: at once. */
  effectiveInDays: number;
  /** Whether what is staged already gets a new date. */
  isChanged?: boolean;
}

/**
 * Whether a resource is about the certificate that AuthConfig names as current, whichever that is, as the only generation
 * of a program is. Otherwise it keeps to its own: one that is not current yet, or whose place a later one has taken.
 * @param former what the state has; undefined in a create.
 */
export function followsCurrent(
  facts: OrganisationFacts,
  generation: number,
  former: { thumbprint: string; becameCurrent?: boolean } | undefined,
): boolean {
  const own = former?.thumbprint;
  if (facts.current !== "" && facts.current === own) return true;
  const number = generationNamed(facts, facts.current);
  if (number === generation) return true;
  if (number !== undefined && number > generation) return own === undefined;
  // The organisation leads: where another hand has put another one in its place, that one is followed.
  if (generation === 1 || former?.becameCurrent || (own !== undefined && facts.previous === own)) return true;
  if (isYounger(facts, own)) return true;
  return ["unset", "invalid", "gone"].includes(currentStateOf(facts).state);
}

/**
 * Until when servers may sign with what was current before: each takes up a change of AuthConfig within a day
 * (microsoft/CSS-Exchange).
 * @returns undefined where nothing shows when AuthConfig was changed, so that it is not known.
 */
export function formerSignsUntil({ namedBy }: OrganisationFacts): Date | undefined {
  return namedBy && new Date(namedBy.getTime() + DAY);
}

/** Whether the day is over after which no server signs with what was current before; not where it is not known. */
export function isDayOver(facts: OrganisationFacts): boolean {
  const until = formerSignsUntil(facts);
  return until !== undefined && until <= facts.now;
}

/**
 * Whether servers may sign with a certificate that AuthConfig names neither as its current nor as its next one: it may have
 * been the current one, since it is the previous one, generation 1's, or that of a generation whose place a later one has
 * taken. With what has ended, or no server has, nobody signs anything that is accepted.
 */
export function maySign(facts: OrganisationFacts, generation: number, thumbprint: string): boolean {
  const certificate = findCertificate(facts, thumbprint);
  if (certificate ? reasonAgainst(certificate, facts.now) !== "" : unknownServers(facts).length === 0) return false;
  if (generation === 1 || roleOf(facts, thumbprint) === "previous") return true;
  return (generationNamed(facts, facts.current) ?? 0) > generation;
}

/** Whether the current certificate was made after one that AuthConfig does not name: another hand has gone on since. */
function isYounger(facts: OrganisationFacts, own: string | undefined): boolean {
  const current = currentStateOf(facts);
  const certificate = own === undefined ? undefined : findCertificate(facts, own);
  if (current.state !== "valid" || !certificate || roleOf(facts, certificate.thumbprint)) return false;
  return current.certificate.notBefore > certificate.notBefore;
}

/** Whether the time of a generation that does not follow is over: a later one has taken its place. */
export function isOver(facts: OrganisationFacts, generation: number, own: string | undefined): boolean {
  const number = generationNamed(facts, facts.current);
  return (number !== undefined && number > generation) || (own !== undefined && roleOf(facts, own) === "previous");
}

/**
 * A generation's certificate: that of the state, else one with its identifier. Where AuthConfig names neither, and another
 * hand has staged one that can serve, that one takes their place: Exchange makes it current, so the tenant has to know it.
 * @returns undefined where no server that answered shows any.
 */
export function ownCertificate(
  facts: OrganisationFacts,
  { generation, thumbprint }: Pick<Generation, "generation" | "thumbprint">,
): StoredCertificate | undefined {
  const own = (thumbprint && findCertificate(facts, thumbprint)) || madeFor(facts, generation)[0];
  const isNamed = [own?.thumbprint, thumbprint].some((one) => one !== undefined && roleOf(facts, one));
  return isNamed || isOver(facts, generation, thumbprint) ? own : (stagedByAnother(facts) ?? own);
}

/** What another hand has staged, where it can serve. */
function stagedByAnother(facts: OrganisationFacts): StoredCertificate | undefined {
  const staged = facts.next === "" ? undefined : findCertificate(facts, facts.next);
  if (!staged || generationOf(facts.organizationId, staged) !== undefined) return undefined;
  return canServe(facts, staged) ? staged : undefined;
}

/** The certificates with the identifier of a generation: one that can serve, and on most servers, first. */
function madeFor(facts: OrganisationFacts, generation: number): StoredCertificate[] {
  if (generation === 1) return [];
  const identifier = generationIdentifierOf(facts.organizationId, generation);
  const found = allCertificates(facts).filter(({ subjectKeyIdentifier }) => subjectKeyIdentifier === identifier);
  const rank = (one: StoredCertificate) =>
    (canServe(facts, one) ? 1000 : 0) + serversWhere(facts, one.thumbprint, "present").length;
  return found.sort((one, other) => rank(other) - rank(one) || (one.thumbprint < other.thumbprint ? -1 : 1));
}

/** The thumbprints of all certificates with the identifier of a generation that any server lists, sorted. */
export function madeForGeneration(facts: OrganisationFacts, generation: number): string[] {
  return [...new Set(madeFor(facts, generation).map(({ thumbprint }) => thumbprint))].sort();
}

function canServe(facts: OrganisationFacts, certificate: StoredCertificate): boolean {
  if (reasonAgainst(certificate, facts.now) !== "") return false;
  return serversWhere(facts, certificate.thumbprint, "present").length > 0;
}

/** How far a generation has come. */
export function stateOf(facts: OrganisationFacts, own: Generation): GenerationState {
  const certificate = ownCertificate(facts, own);
  const thumbprint = certificate?.thumbprint ?? own.thumbprint;
  if (thumbprint === undefined) return "absent";
  const role = roleOf(facts, thumbprint);
  if (role === "next") return isDue(facts) ? "due" : "next";
  if (role) return role;
  if (isOver(facts, own.generation, thumbprint)) return "retired";
  if (!certificate) return "absent";
  if (serversWhere(facts, thumbprint, "present").length < facts.servers.length) return "made";
  return own.isKnown ? "known" : "everywhere";
}

function isDue({ nextEffectiveDate, now }: OrganisationFacts): boolean {
  return nextEffectiveDate !== undefined && nextEffectiveDate.getTime() + LATE <= now.getTime();
}

/**
 * What to do next for a generation that is to become current: made, put on every server while its key may still leave,
 * made known to the tenant, and only then named by AuthConfig. Each step may be repeated, done by another hand, or cut short.
 */
export function nextStep(facts: OrganisationFacts, own: Generation, timing: Timing): Step {
  const state = stateOf(facts, own);
  if (state === "current" || state === "previous" || state === "retired") return { kind: "none" };
  const certificate = ownCertificate(facts, own);
  const unknown = unknownServers(facts).map(({ name, reason }) => `${name} ${reason}`);
  if (!certificate) {
    // One that the state knows of may be on a server that could not be asked.
    const mayBeThere = own.thumbprint !== undefined && unknown.length > 0;
    if (mayBeThere || unknown.length === facts.servers.length) return { kind: "wait", reason: reasonOf(unknown) };
    return { kind: "make", subjectKeyIdentifier: generationIdentifierOf(facts.organizationId, own.generation) };
  }
  const { thumbprint } = certificate;
  const reason = reasonAgainst(certificate, facts.now);
  if (reason !== "") return { kind: "refuse", reason };
  const missing = serversWhere(facts, thumbprint, "missing");
  if (missing.length > 0) {
    if (state === "next" || exportingServers(facts, thumbprint).length > 0) return { kind: "copy", servers: missing };
    return { kind: "refuse", reason: "on no server with a key that can be exported" };
  }
  const isAtOnce = timing.effectiveInDays === 0 && own.isKnown;
  if (state === "next" && !timing.isChanged && !isAtOnce)
    return { kind: "await", effectiveDate: facts.nextEffectiveDate };
  if (unknown.length > 0) return { kind: "wait", reason: reasonOf(unknown) };
  if (certificate.notBefore > facts.now) return { kind: "wait", reason: "it is not valid yet by Exchange's clock" };
  if (!own.isKnown) return { kind: "tellTenant" };
  if (state === "due" && !timing.isChanged) return { kind: "publish" };
  return named(facts, certificate, timing);
}

function reasonOf(unknown: string[]): string {
  return unknown.length > 0 ? unknown.join("; ") : "there is no server that counts";
}

/** Staged with its date, or at once: also where the current one would end before Exchange had switched. */
function named(facts: OrganisationFacts, own: StoredCertificate, { effectiveInDays }: Timing): Step {
  if (effectiveInDays === 0) return { kind: "publish" };
  const { now } = facts;
  const earliest = now.getTime() + LEAST_NOTICE;
  const wanted = now.getTime() + effectiveInDays * DAY + MARGIN;
  const current = currentStateOf(facts);
  const ends = current.state === "valid" ? current.certificate.notAfter.getTime() : now.getTime();
  const latest = Math.min(ends, own.notAfter.getTime()) - 2 * LATE;
  if (latest < earliest) return { kind: "publish" };
  return { kind: "stage", effectiveDate: new Date(Math.floor(Math.min(wanted, latest) / 1000) * 1000) };
}
