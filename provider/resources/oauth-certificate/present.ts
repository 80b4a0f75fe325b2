import { NotFound } from "../../exchange/errors";
import { describe, formerOf, inputsOf, type OAuthCertificateOutputs, presences } from "./outputs";
import {
  currentStateOf,
  faultOf,
  findCertificate,
  type OrganisationFacts,
  repairsOf,
  unreachableServers,
} from "./rules";
import { changeWarnings, unreachableWarnings } from "./warnings";

/** The outputs that say what is there now, and in `repair` what is wrong with it. */
export function describeCurrent(
  facts: OrganisationFacts,
  olds: Partial<OAuthCertificateOutputs>,
): OAuthCertificateOutputs {
  const current = currentStateOf(facts);
  const known = hasThumbprint(olds) ? olds : undefined;
  if (current.state === "valid") {
    const { certificate } = current;
    const { thumbprint } = certificate;
    const repair = repairsOf(facts, thumbprint);
    const formerThumbprint = formerOf(facts, certificate, olds);
    const warnings = [
      ...changeWarnings(known, thumbprint),
      ...unreachableWarnings(thumbprint, unreachableServers(facts)),
    ];
    return describe(inputsOf(olds), facts, certificate, { repair, warnings, formerThumbprint });
  }
  const ours = known && findCertificate(facts, known.thumbprint);
  if (known && ours && known.thumbprint !== facts.current && faultOf(ours, facts.now) === "") {
    const repair = repairsOf(facts, ours.thumbprint);
    const warnings = changeWarnings(known, ours.thumbprint);
    return describe(inputsOf(olds), facts, ours, { repair, warnings, formerThumbprint: known.formerThumbprint });
  }
  if (current.state === "invalid") {
    const { certificate } = current;
    const repair = [faultOf(certificate, facts.now)];
    const formerThumbprint = formerOf(facts, certificate, olds);
    return describe(inputsOf(olds), facts, certificate, { repair, warnings: [], formerThumbprint });
  }
  // Nothing of the certificate can be seen: what was last known of it stays.
  if (!known) throw nothingToDescribe(facts, current.state);
  const repair = current.state === "unseen" ? [] : [current.state === "unset" ? "not named by AuthConfig" : "gone"];
  return { ...known, repair, warnings: [], servers: presences(facts, known.thumbprint) };
}

function hasThumbprint(olds: Partial<OAuthCertificateOutputs>): olds is OAuthCertificateOutputs {
  return typeof olds.thumbprint === "string";
}

function nothingToDescribe(facts: OrganisationFacts, state: "unset" | "gone" | "unseen"): NotFound {
  const answers = {
    unset: "AuthConfig names none",
    gone: `no server holds the certificate ${facts.current} with its key`,
    unseen: `no server that answered holds the certificate ${facts.current}; ${unreachableServers(facts).join(", ")} did not`,
  };
  return new NotFound({
    doing: "reading the organisation's auth certificate",
    answer: answers[state],
    next: "declare an OAuthCertificate without `get`: it makes one where none is usable",
  });
}
