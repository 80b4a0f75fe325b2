import { lookAgain, type Organization } from "../../exchange/organization";
import { printLine } from "../print-line";
import { whyNotCopied } from "./copies";
import { cannotServe, cannotTell, notShown } from "./failures";
import { daysOf, notEverywhereWarnings, TENANT_MAY_REFUSE, untoldWarning } from "./generation-warnings";
import { type Generation, isOver, nextStep, ownCertificate } from "./generations";
import { type Observation, observe } from "./observe";
import { inputsOf, type OAuthCertificateInputs, type OAuthCertificateOutputs, outputsOf, presences } from "./outputs";
import { toldMissing } from "./present";
import { roleOf, serversWhere, unknownServers } from "./rules";
import { copyIfAllowed, make } from "./stores";
import { changeWarnings, type ServerReason, unreachableWarnings } from "./warnings";

/**
 * Brings a generation that is not current as far as a certificate alone can be brought: made, and on every server while its
 * key may still leave. Naming it is the rollover's, once the tenant knows it. A server that cannot be asked, or that does
 * not take it, is told in a warning, and the next update tries again. One whose time is over is left as it is.
 */
export async function prepare(
  organization: Organization,
  seen: Observation,
  inputs: OAuthCertificateInputs,
  former: OAuthCertificateOutputs | undefined,
): Promise<OAuthCertificateOutputs> {
  const { client } = organization;
  const look = async () => observe(await lookAgain(organization), inputs.ignoreServers ?? []);
  const own = generationIn(inputs, former);
  // Without a state it follows a later generation that is current, so it is never over.
  if (former && isOver(seen.facts, own.generation, own.thumbprint)) return outputsSeen(seen, former, inputs);
  const step = nextStep(seen.facts, own, { effectiveInDays: 0 });
  if (step.kind === "refuse") throw cannotServe(own.generation, step.reason);
  if (step.kind === "wait" && !ownCertificate(seen.facts, own)) throw cannotTell(own.generation, step.reason);
  let observation = seen;
  if (step.kind === "make") {
    const made = await make(client, inputs, seen, step.subjectKeyIdentifier);
    own.thumbprint = made.thumbprint;
    printLine(
      `Generation ${own.generation}'s certificate ${made.thumbprint} is valid for ${daysOf(made)} days. ${TENANT_MAY_REFUSE}`,
    );
    observation = await look();
  }
  const thumbprint = ownCertificate(observation.facts, own)?.thumbprint;
  if (thumbprint === undefined) throw notShown(own.generation, own.thumbprint);
  const missing = serversWhere(observation.facts, thumbprint, "missing");
  if (missing.length === 0) return outputsAside(observation, inputs, own, former);
  const copies = await copyIfAllowed(client, observation, thumbprint);
  const reasons = missing.map((server) => ({ server, reason: whyNotCopied(copies, server) }));
  return outputsAside(await look(), inputs, own, former, reasons);
}

/** What is to be seen of a generation that is not current, and whether the tenant is the one to do the next step. */
export function outputsSeen(
  observation: Observation,
  olds: OAuthCertificateOutputs,
  inputs: OAuthCertificateInputs = inputsOf(olds),
): OAuthCertificateOutputs {
  const { facts } = observation;
  const own = generationIn(inputs, olds);
  const certificate = ownCertificate(facts, own);
  if (certificate) {
    const outputs = outputsAside(observation, inputs, own, olds);
    const isNamed = roleOf(facts, certificate.thumbprint) !== undefined;
    const isUntold = !isNamed && nextStep(facts, own, { effectiveInDays: 0 }).kind === "tellTenant";
    return isUntold
      ? { ...outputs, warnings: [...outputs.warnings, untoldWarning(own.generation, certificate, inputs.lifetimeDays)] }
      : outputs;
  }
  const isGone = facts.servers.length > 0 && unknownServers(facts).length === 0;
  const over = isOver(facts, own.generation, own.thumbprint);
  const repair = over ? [] : isGone ? ["gone"] : olds.repair;
  const rest = over ? { supersededBy: facts.current, warnings: [] } : {};
  return { ...olds, ...inputs, ...rest, repair, servers: presences(facts, olds.thumbprint) };
}

function generationIn(inputs: OAuthCertificateInputs, former: OAuthCertificateOutputs | undefined): Generation {
  return { generation: inputs.generation ?? 1, thumbprint: former?.thumbprint, isKnown: false };
}

/** @param reasons why servers that lack it were not given it, where that was tried. */
function outputsAside(
  { facts }: Observation,
  inputs: OAuthCertificateInputs,
  own: Generation,
  former: OAuthCertificateOutputs | undefined,
  reasons: ServerReason[] = [],
): OAuthCertificateOutputs {
  const certificate = ownCertificate(facts, own);
  if (!certificate) throw notShown(own.generation, own.thumbprint);
  const { thumbprint } = certificate;
  if (isOver(facts, own.generation, thumbprint)) {
    return outputsOf(inputs, facts, certificate, { repair: [], warnings: [], formerThumbprint: "", isOver: true });
  }
  const missing = serversWhere(facts, thumbprint, "missing");
  const lacking = reasons.filter(({ server }) => missing.includes(server));
  return outputsOf(inputs, facts, certificate, {
    repair: missing.map((server) => `missing on ${server}`),
    warnings: [
      ...changeWarnings(former, thumbprint),
      ...(lacking.length > 0
        ? notEverywhereWarnings(own.generation, thumbprint, lacking)
        : toldMissing(facts, former, thumbprint)),
      ...unreachableWarnings(facts, thumbprint),
    ],
    formerThumbprint: "",
  });
}
