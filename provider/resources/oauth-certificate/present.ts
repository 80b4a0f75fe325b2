import { isDeepStrictEqual } from "node:util";
import { NotFound } from "../../errors";
import type { Warning } from "../outputs";
import { formerOf, inputsOf, nextOf, type OAuthCertificateOutputs, outputsOf, presences } from "./outputs";
import {
  currentStateOf,
  findCertificate,
  type OrganisationFacts,
  reasonAgainst,
  repairsOf,
  serversWhere,
  unknownServers,
} from "./rules";
import { changeWarnings, MISSING_ON_SERVERS, nextWarnings, unreachableWarnings } from "./warnings";

/**
 * The outputs that say what is there now, and in `repair` what is wrong with it.
 * @param keyIsNear whether our shell is on a server whose store may give the key out, whatever Exchange refuses.
 */
export function outputsOfCurrent(
  facts: OrganisationFacts,
  olds: Partial<OAuthCertificateOutputs>,
  keyIsNear = false,
): OAuthCertificateOutputs {
  const current = currentStateOf(facts);
  const known = hasThumbprint(olds) ? olds : undefined;
  if (current.state === "valid") {
    const { certificate } = current;
    const { thumbprint } = certificate;
    const told = toldMissing(facts, known, thumbprint);
    const isFinal = told.length > 0 && known?.repair.length === 0 && !keyIsNear;
    const repair = isFinal ? [] : repairsOf(facts, thumbprint);
    const formerThumbprint = formerOf(facts, certificate, olds);
    const warnings = [...changeWarnings(known, thumbprint), ...told, ...unreachableWarnings(facts, thumbprint)];
    return outputsOf(inputsOf(olds), facts, certificate, { repair, warnings, formerThumbprint, former: known });
  }
  const ours = known && findCertificate(facts, known.thumbprint);
  const isSeen = current.state !== "unseen";
  if (known && ours && isSeen && known.thumbprint !== facts.current && reasonAgainst(ours, facts.now) === "") {
    const repair = repairsOf(facts, ours.thumbprint);
    const warnings = changeWarnings(known, ours.thumbprint);
    return outputsOf(inputsOf(olds), facts, ours, { repair, warnings, formerThumbprint: known.formerThumbprint });
  }
  if (current.state === "invalid") {
    const { certificate } = current;
    const repair = [reasonAgainst(certificate, facts.now)];
    const formerThumbprint = formerOf(facts, certificate, olds);
    return outputsOf(inputsOf(olds), facts, certificate, { repair, warnings: [], formerThumbprint });
  }
  // Nothing of the certificate can be seen: what was last known of it stays, and what was to be repaired of it, too.
  if (!known) throw nothingToShow(facts, current.state);
  const repair = {
    unset: ["not named by AuthConfig"],
    gone: ["gone"],
    unseen: known.repair,
  }[current.state];
  const unseen = isSeen
    ? []
    : [...changeWarnings(known, known.thumbprint), ...unreachableWarnings(facts, facts.current)];
  const warnings = [...unseen, ...nextWarnings(facts, known.generation ?? 1)];
  return { ...known, repair, warnings, servers: presences(facts, known.thumbprint), ...nextOf(facts) };
}

/**
 * The warnings that the last update gave of the servers that lack the certificate and could not be given it, while they
 * are the same. Where that update left nothing to repair, its key may not leave, and the next one could do no more.
 */
export function toldMissing(
  facts: OrganisationFacts,
  known: Partial<OAuthCertificateOutputs> | undefined,
  thumbprint: string,
): Warning[] {
  if (known?.thumbprint !== thumbprint || !known.servers || !known.warnings) return [];
  const lacking = known.servers.filter(({ state }) => state === "missing").map(({ name }) => name);
  if (!isDeepStrictEqual(lacking, serversWhere(facts, thumbprint, "missing"))) return [];
  return known.warnings.filter(({ name }) => name === MISSING_ON_SERVERS);
}

function hasThumbprint(olds: Partial<OAuthCertificateOutputs>): olds is OAuthCertificateOutputs {
  return typeof olds.thumbprint === "string";
}

function didNot(facts: OrganisationFacts): string {
  return unknownServers(facts)
    .map(({ name, reason }) => `; ${name} ${reason}`)
    .join("");
}

function nothingToShow(facts: OrganisationFacts, state: "unset" | "gone" | "unseen"): NotFound {
  const answers = {
    unset: "AuthConfig names no certificate",
    gone: `no server holds the certificate ${facts.current} with its key`,
    unseen: `no server that answered holds the certificate ${facts.current}${didNot(facts)}`,
  };
  return new NotFound({
    doing: "reading the organisation's auth certificate",
    answer: answers[state],
    next: "declare an OAuthCertificate without `get`: it creates one if none can be used",
  });
}
