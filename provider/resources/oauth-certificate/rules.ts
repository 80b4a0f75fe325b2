import type { NamedCertificates } from "../../exchange/auth-config";
import type { CertificateList } from "../../exchange/certificates";
import type { StoredCertificate } from "../../exchange/stored-certificate";
import { generationOf, identifiers, MOST_CERTIFICATES } from "./identifiers";

/** What AuthConfig names, and when that was read. */
export interface Named extends NamedCertificates {
  /** The far end's clock. */
  now: Date;
}

/** What was seen of the organisation, all of it at about one time. */
export interface OrganisationFacts extends Named {
  organizationId: string;
  /** By when AuthConfig named its current and its previous one; undefined where it does not show when it was changed. */
  namedBy?: Date | undefined;
  /** This machine's clock, by which a preview has to judge. */
  ourNow: Date;
  /** Every server that counts (see exchange/servers.ts), sorted by name. */
  servers: ServerFacts[];
  /** Ignored ones, as far as they were asked: only where no server that counts lists the current certificate. */
  ignored?: ServerFacts[];
}

/** One server and its certificates, or why they could not be listed. */
export interface ServerFacts {
  name: string;
  certificates: StoredCertificate[] | { unreachable: string };
  /** Its version cannot be read, so it may be one that takes no auth certificate: no key is sent there. */
  versionUnknown?: boolean;
}

/** Whether one server holds a certificate with a key that may be there. */
export type Presence = "present" | "missing" | "unreachable";

/** What to do about the organisation's auth certificate. */
export type Choice =
  /** The current one is valid: it stays, whatever else is there. */
  | { kind: "keep"; certificate: StoredCertificate }
  /** A usable one, staged in AuthConfig or made here, goes to all servers and is then named by AuthConfig. */
  | { kind: "use"; certificate: StoredCertificate }
  /** One is made with this identifier, then used. */
  | { kind: "make"; subjectKeyIdentifier: string }
  /** Servers could not be asked, and nothing can be decided without them: which, and why. */
  | { kind: "stop"; reasons: string[] };

const LEAST_KEY_BITS = 2048;

/**
 * What a server's list says. Where an entry that cannot be read may be the certificate that AuthConfig names, it does
 * not say that this server lacks it, and whether that one is valid is not known: the server counts as not asked. The
 * same holds for the next one, where the current one cannot serve.
 */
export function certificatesSeen(
  { certificates, unreadable }: CertificateList,
  { current, next, now }: Named,
): ServerFacts["certificates"] {
  const seen = (wanted: string) => certificates.find(({ thumbprint }) => thumbprint === wanted);
  const serves = (certificate: StoredCertificate | undefined) => certificate && reasonAgainst(certificate, now) === "";
  const wanted = serves(seen(current)) ? [] : [current, next];
  const doubtful = wanted.find(
    (named) =>
      named !== "" && !seen(named) && unreadable.some((thumbprint) => thumbprint === named || thumbprint === ""),
  );
  if (doubtful === undefined) return certificates;
  return { unreachable: `it lists a certificate that cannot be read, and AuthConfig's ${doubtful} may be that one` };
}

/** The thumbprints of all certificates made here that any server lists, sorted. */
export function madeHere(facts: OrganisationFacts): string[] {
  const ours = identifiers(facts.organizationId);
  const found = allCertificates(facts).filter(({ subjectKeyIdentifier }) => ours.includes(subjectKeyIdentifier));
  return [...new Set(found.map(({ thumbprint }) => thumbprint))].sort();
}

/** Why a certificate cannot serve, by the far end's clock; empty when it can. Not yet valid counts as valid. */
export function reasonAgainst(
  certificate: StoredCertificate,
  now: Date,
): "" | "expired" | "not an RSA key of 2048 bits or more" {
  if (certificate.notAfter < now) return "expired";
  const strong = certificate.keyAlgorithm === "rsa" && certificate.keySize >= LEAST_KEY_BITS;
  return strong ? "" : "not an RSA key of 2048 bits or more";
}

/** Whether a server holds a certificate; one whose key is known to be absent does not serve and counts as missing. */
export function presenceOn(server: ServerFacts, thumbprint: string): Presence {
  if (!Array.isArray(server.certificates)) return "unreachable";
  const found = server.certificates.find((certificate) => certificate.thumbprint === thumbprint);
  if (found && found.privateKey !== "no") return "present";
  return server.versionUnknown ? "unreachable" : "missing";
}

/**
 * Why nothing can be said of servers or of what they lack, each as it follows the server's name; empty where all can be
 * decided.
 */
export function unknownServers(facts: OrganisationFacts): { name: string; reason: string }[] {
  return facts.servers.flatMap(({ name, certificates, versionUnknown }) => {
    if (!Array.isArray(certificates)) return [{ name, reason: `could not be asked: ${certificates.unreachable}` }];
    return versionUnknown ? [{ name, reason: "shows no version that can be read in AdminDisplayVersion" }] : [];
  });
}

/** The names of the servers on which a certificate is in this state. */
export function serversWhere(facts: OrganisationFacts, thumbprint: string, presence: Presence): string[] {
  return facts.servers.filter((server) => presenceOn(server, thumbprint) === presence).map(({ name }) => name);
}

/** The servers that list a certificate, with a key or without. */
export function serversListing(facts: OrganisationFacts, thumbprint: string): string[] {
  const lists = ({ certificates }: ServerFacts) =>
    Array.isArray(certificates) && certificates.some((certificate) => certificate.thumbprint === thumbprint);
  return facts.servers.filter(lists).map(({ name }) => name);
}

/** The servers that could not be asked. */
export function unreachableServers(facts: OrganisationFacts): string[] {
  return facts.servers.filter(({ certificates }) => !Array.isArray(certificates)).map(({ name }) => name);
}

/** The servers that lack a certificate, then those that could not be asked: what signs there is not known to be this one. */
export function serversNotKnownToHold(facts: OrganisationFacts, thumbprint: string): string[] {
  return [...serversWhere(facts, thumbprint, "missing"), ...unreachableServers(facts)];
}

/** A certificate with this thumbprint from whichever server has it, one with a key first. */
export function findCertificate(facts: OrganisationFacts, thumbprint: string): StoredCertificate | undefined {
  const isIt = (certificate: StoredCertificate) => certificate.thumbprint === thumbprint;
  const found = [...allCertificates(facts), ...certificatesOf(facts.ignored ?? [])].filter(isIt);
  return found.find(({ privateKey }) => privateKey !== "no") ?? found[0];
}

/** What is to be said of the certificate that AuthConfig names. */
export function currentStateOf(
  facts: OrganisationFacts,
): { state: "unset" | "gone" | "unseen" } | { state: "valid" | "invalid"; certificate: StoredCertificate } {
  if (facts.current === "") return { state: "unset" };
  const certificate = findCertificate(facts, facts.current);
  if (certificate && reasonAgainst(certificate, facts.now) !== "") return { state: "invalid", certificate };
  // Where no server counts, none has answered. An ignored one that holds it with its key may be what all rely on.
  const allAnswered = facts.servers.length > 0 && unknownServers(facts).length === 0;
  const holders = [...facts.servers, ...(facts.ignored ?? [])];
  const isHeld = holders.some((server) => presenceOn(server, facts.current) === "present");
  if (allAnswered && !isHeld) return { state: "gone" };
  return certificate ? { state: "valid", certificate } : { state: "unseen" };
}

/**
 * Which certificate the organisation is to have. A valid current one is kept, always; only where it is unset, not valid
 * or gone do we deploy another one, and then only when every server answered: the one that is staged in AuthConfig, if
 * it can serve, else one that was made ahead for a later generation, else one of ours.
 * @param refused thumbprints of certificates whose key may not leave, as Exchange has just said.
 * @param mayGoAhead whether the tenant will know a later generation, since the program declares one.
 */
export function choose(facts: OrganisationFacts, refused: ReadonlySet<string>, mayGoAhead = true): Choice {
  const current = currentStateOf(facts);
  if (current.state === "valid") return { kind: "keep", certificate: current.certificate };
  const reasons = unknownServers(facts).map(({ name, reason }) => `${name} ${reason}`);
  if (reasons.length > 0) return { kind: "stop", reasons };
  const staged = findCertificate(facts, facts.next);
  if (staged && staged.notBefore <= facts.now && isUsable(facts, staged, refused)) {
    return { kind: "use", certificate: staged };
  }
  const [ahead] = mayGoAhead ? madeAhead(facts).filter((one) => isUsable(facts, one, refused)) : [];
  if (ahead) return { kind: "use", certificate: ahead };
  for (const subjectKeyIdentifier of identifiers(facts.organizationId)) {
    const made = allCertificates(facts).filter((other) => other.subjectKeyIdentifier === subjectKeyIdentifier);
    if (made.length === 0) return { kind: "make", subjectKeyIdentifier };
    const usable = made.filter((certificate) => isUsable(facts, certificate, refused));
    const [first] = usable.sort((one, other) => (one.thumbprint < other.thumbprint ? -1 : 1));
    if (first) return { kind: "use", certificate: first };
  }
  throw new Error(`the organisation holds ${MOST_CERTIFICATES} certificates made here, none of which can be used`);
}

/** The certificates of later generations, the latest first. */
function madeAhead(facts: OrganisationFacts): StoredCertificate[] {
  const numberOf = (certificate: StoredCertificate) => generationOf(facts.organizationId, certificate) ?? 0;
  return allCertificates(facts)
    .filter((certificate) => numberOf(certificate) > 0)
    .sort((one, other) => numberOf(other) - numberOf(one) || (one.thumbprint < other.thumbprint ? -1 : 1));
}

/** Where the key can be copied from: the servers that have it and do not know it to be locked in. */
export function exportingServers(facts: OrganisationFacts, thumbprint: string): string[] {
  const mayExport = (certificate: StoredCertificate) =>
    certificate.thumbprint === thumbprint && certificate.privateKey !== "no" && certificate.exportable !== "no";
  return facts.servers
    .filter(({ certificates }) => Array.isArray(certificates) && certificates.some(mayExport))
    .map(({ name }) => name);
}

/** Only what serves is named: valid, and on every server. */
export function canBeNamedAgain(facts: OrganisationFacts, thumbprint: string): boolean {
  const former = thumbprint === "" ? undefined : findCertificate(facts, thumbprint);
  if (!former || facts.servers.length === 0 || reasonAgainst(former, facts.now) !== "") return false;
  return serversWhere(facts, thumbprint, "present").length === facts.servers.length;
}

/** As which of its three AuthConfig names a certificate. */
export function roleOf(facts: OrganisationFacts, thumbprint: string): "current" | "next" | "previous" | undefined {
  return (["current", "next", "previous"] as const).find((role) => facts[role] === thumbprint);
}

/** What is to be repaired of a certificate that is to be current: that it is not named, and where it is missing. */
export function repairsOf(facts: OrganisationFacts, thumbprint: string): string[] {
  const unnamed = facts.current === thumbprint ? [] : ["not named by AuthConfig"];
  return [...unnamed, ...serversWhere(facts, thumbprint, "missing").map((server) => `missing on ${server}`)];
}

function isUsable(facts: OrganisationFacts, certificate: StoredCertificate, refused: ReadonlySet<string>): boolean {
  const { thumbprint } = certificate;
  if (reasonAgainst(certificate, facts.now) !== "" || serversWhere(facts, thumbprint, "present").length === 0)
    return false;
  const everywhere = serversWhere(facts, thumbprint, "missing").length === 0;
  return everywhere || (!refused.has(thumbprint) && exportingServers(facts, thumbprint).length > 0);
}

export function allCertificates(facts: OrganisationFacts): StoredCertificate[] {
  return certificatesOf(facts.servers);
}

function certificatesOf(servers: ServerFacts[]): StoredCertificate[] {
  return servers.flatMap(({ certificates }) => (Array.isArray(certificates) ? certificates : []));
}
