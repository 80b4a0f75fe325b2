import { InvalidInput, ProtocolError } from "../../errors";
import { nameCertificate, namedCertificates, stageCertificate } from "../../exchange/auth-config";
import { lookAgain, type Organization } from "../../exchange/organization";
import { exactly, unorderedTexts, withoutCase } from "../change";
import type { Lifecycle } from "../lifecycle";
import { AT_ONCE, generationName, hasGenerations, isNewDeclared } from "../oauth-certificate/declared-generations";
import { FOLLOW_UP, followUpWarning } from "../oauth-certificate/follow-up";
import { generationNamed, LATE } from "../oauth-certificate/generations";
import { lookAtFollowUp, type Observation, observe } from "../oauth-certificate/observe";
import type { OrganisationFacts } from "../oauth-certificate/rules";
import { withIgnoredWarnings } from "../oauth-certificate/warnings";
import { printLine } from "../print-line";
import { FIELDS } from "./fields";
import { outputsOf, type RolloverInputs, type RolloverOutputs } from "./outputs";
import { hindranceOf, stepOf } from "./rules";
import { mayStillSign, when } from "./warnings";

const ROLLOVER = "rollover";

/** What Pulumi's engine drives; the rules are those of oauth-certificate/generations.ts. */
export const lifecycle: Lifecycle<RolloverInputs, RolloverOutputs> = {
  declaredAs: ({ effectiveInDays }) => (effectiveInDays === 0 ? [ROLLOVER, AT_ONCE] : [ROLLOVER]),

  nameOf: ({ generation, thumbprint }) => `Generation ${generation} of the auth certificate, ${thumbprint},`,

  fields: FIELDS,

  changes: {
    generation: exactly("update"),
    thumbprint: withoutCase("update"),
    formerThumbprint: withoutCase("update"),
    effectiveInDays: exactly("update"),
    ignoreServers: unorderedTexts("update"),
  },

  reasons: ({ state, effectiveDate }) =>
    state === "Next" && effectiveDate !== "" && Date.parse(effectiveDate) + LATE < Date.now()
      ? ["a day past the date on which it was to become current"]
      : [],

  foresee(olds, inputs, declared) {
    const { state, effectiveDate, currentThumbprint } = olds;
    const { generation, thumbprint, formerThumbprint } = inputs;
    if (addsAndRemoves(olds, inputs, declared)) return [TWO_UPDATES];
    if (formerThumbprint !== undefined && generation === olds.generation) return [];
    if (formerThumbprint !== undefined || currentThumbprint === thumbprint) return tooEarly(olds, inputs);
    const seen =
      state === "Next" && effectiveDate !== "" ? `it becomes current on ${effectiveDate}` : "it is not current";
    return [
      `Generation ${generation} of the auth certificate, ${thumbprint}, is not current by what was last seen (${seen}): an ` +
        "update that removes the former generation before is refused. `pulumi refresh` shows what AuthConfig names.",
    ];
  },

  async create(organization, inputs) {
    const outputs = await rollOver(organization, inputs, undefined);
    return { id: outputs.organizationId, outputs };
  },

  async update(organization, olds, inputs, _leave, declared) {
    requireOneKind(olds, inputs, declared);
    return rollOver(organization, inputs, olds);
  },

  async read(organization, id, olds) {
    if (olds.thumbprint === undefined) return undefined;
    const inputs = olds as RolloverOutputs;
    const { facts, servers } = await observe(organization, inputs.ignoreServers ?? []);
    return { id, outputs: withIgnoredWarnings(outputsOf(inputs, facts, olds), servers) };
  },

  /** There is nothing to undo: a next certificate cannot be unset, and a current one stays. */
  async delete(organization, outputs, declared) {
    const { facts } = await observe(organization, outputs.ignoreServers ?? []);
    const { generation, thumbprint } = outputs;
    const isGoneBack = hasGenerations(declared) && !declared.has(ROLLOVER);
    if (isGoneBack) return requireUnnamed(facts, outputs);
    if (facts.next === thumbprint) {
      printLine(
        `AuthConfig keeps generation ${generation}'s certificate ${thumbprint} as its next one: Exchange makes it current ` +
          `${when(facts.nextEffectiveDate)}, and a next certificate cannot be unset.`,
      );
    }
  },
};

/** That servers may sign with the former certificate, by what was last seen. */
function tooEarly({ formerThumbprint, formerSignsUntil }: RolloverOutputs, inputs: RolloverInputs): string[] {
  const isDeclared = [inputs.thumbprint, inputs.formerThumbprint].includes(formerThumbprint);
  if (inputs.effectiveInDays === 0 || isDeclared || !(Date.parse(formerSignsUntil) > Date.now())) return [];
  return [
    `Servers may sign with the former certificate ${formerThumbprint} until ${formerSignsUntil}, by what was last seen: an ` +
      "update that removes it before is refused, unless the program declares `rollover: { effectiveInDays: 0 }`.",
  ];
}

/** Does the one next step, if it is one of AuthConfig, and shows what is there then. */
async function rollOver(
  organization: Organization,
  inputs: RolloverInputs,
  former: RolloverOutputs | undefined,
): Promise<RolloverOutputs> {
  const { client } = organization;
  const ignoreServers = inputs.ignoreServers ?? [];
  const isChanged = former?.thumbprint === inputs.thumbprint && former.effectiveInDays !== inputs.effectiveInDays;
  const seen = await observe(organization, ignoreServers);
  requireFormer(seen.facts, inputs);
  const step = stepOf(seen.facts, inputs, isChanged);
  // A new date that cannot be given yet stays a difference between program and state.
  const isWaiting = isChanged && seen.facts.next === inputs.thumbprint;
  const { effectiveInDays } = isWaiting && former ? former : inputs;
  if (step.kind !== "stage" && step.kind !== "publish") return { ...shown(seen, inputs, former), effectiveInDays };
  // Asking every server takes a while, in which another hand may have changed what AuthConfig names.
  const now = await lookAgain(organization);
  if (!names(now, seen.facts)) return rollOver(now, inputs, former);
  if (step.kind === "stage") await stageCertificate(client, inputs.thumbprint, step.effectiveDate);
  else await nameCertificate(client, inputs.thumbprint, seen.facts);
  const after = await observe(await lookAgain(organization), ignoreServers);
  requireNamed(after.facts, inputs.thumbprint, step.kind === "stage" ? "next" : "current");
  const outputs = shown(after, inputs, former);
  if (step.kind === "stage") return outputs;
  const followUp = followUpWarning(inputs.thumbprint, await lookAtFollowUp(client, after.servers.counted));
  return { ...outputs, warnings: [followUp, ...outputs.warnings] };
}

const TWO_UPDATES =
  "The program declares a new generation of the auth certificate and no longer another one, which takes two updates: the " +
  "first adds the new key credential to the tenant and then stops, the second removes the other one.";

/**
 * Whether this update adds a key credential to the tenant's principal and removes another one: azuread writes all of them at
 * each change, as it has just read them, and a stale read would take the new one away.
 */
function addsAndRemoves(olds: RolloverOutputs, inputs: RolloverInputs, declared: ReadonlySet<string>): boolean {
  if (!isNewDeclared(inputs.generation, declared)) return false;
  // Two at most are declared, so a new one beside a former two is one too many.
  return olds.formerThumbprint !== undefined || !declared.has(generationName(olds.generation));
}

function requireOneKind(olds: RolloverOutputs, inputs: RolloverInputs, declared: ReadonlySet<string>): void {
  if (!addsAndRemoves(olds, inputs, declared)) return;
  throw new InvalidInput({
    doing: `rolling over to generation ${inputs.generation} of the auth certificate, ${inputs.thumbprint}`,
    answer:
      "its key credential was added to the tenant in this update, and another one must not be removed in the same one",
    next: "run `pulumi up` once more; nothing was removed",
  });
}

/** Whether AuthConfig still names what it named as everything was looked at. */
function names({ authConfig }: Organization, facts: OrganisationFacts): boolean {
  const { current, next } = namedCertificates(authConfig);
  return current === facts.current && next === facts.next;
}

/** What was left to a person to do stays said as long as the same certificate is current and nothing was refreshed. */
function shown(
  { facts, servers }: Observation,
  inputs: RolloverInputs,
  former: RolloverOutputs | undefined,
): RolloverOutputs {
  const outputs = outputsOf(inputs, facts, former);
  const isSame = former?.currentThumbprint === outputs.currentThumbprint && former.thumbprint === inputs.thumbprint;
  const told = isSame ? former.warnings.filter(({ name }) => name === FOLLOW_UP) : [];
  return withIgnoredWarnings({ ...outputs, warnings: [...told, ...outputs.warnings] }, servers);
}

/** What is not declared is removed at the end of this update, its key credential included. */
function requireFormer(facts: OrganisationFacts, inputs: RolloverInputs): void {
  const hindrance = hindranceOf(facts, inputs);
  if (!hindrance) return;
  const { generation, thumbprint, formerThumbprint = thumbprint } = inputs;
  const doing = `rolling over to generation ${generation} of the auth certificate, ${thumbprint}`;
  if (hindrance.kind === "not everywhere") {
    throw new InvalidInput({
      doing,
      answer: `it is not known to be on ${hindrance.servers.join(", ")}, which may sign with the former one`,
      next: "correct that, or list the servers in `ignoreServers`, then run `pulumi up` again; nothing was removed",
    });
  }
  if (hindrance.kind === "may sign") {
    throw new InvalidInput({ doing, ...mayStillSign(facts.previous, hindrance.until) });
  }
  const number = generationNamed(facts, facts.current);
  const missing = number === undefined ? "the generation that is current" : generationName(number);
  const current = `AuthConfig names ${facts.current || "none"} as its current certificate`;
  throw new InvalidInput(
    hindrance.isNext
      ? {
          doing,
          answer: `${current}, and Exchange makes ${formerThumbprint} current ${when(facts.nextEffectiveDate)}`,
          next: `declare ${missing}, too, until then; nothing was removed`,
        }
      : {
          doing,
          answer: current,
          next:
            `run \`pulumi refresh\`, then \`pulumi up\` again; if the program does not declare ${missing}, declare it, too. ` +
            "Nothing was removed",
        },
  );
}

/** The program has gone back: what AuthConfig names must keep its key credential and its place on the servers. */
function requireUnnamed(facts: OrganisationFacts, { generation, thumbprint }: RolloverOutputs): void {
  const doing = `taking generation ${generation} of the auth certificate, ${thumbprint}, back`;
  if (facts.current === thumbprint) {
    throw new InvalidInput({
      doing,
      answer: "AuthConfig names it as its current certificate",
      next: `declare generation ${generation} again, alone or with the one before it; nothing was removed`,
    });
  }
  if (facts.next === thumbprint) {
    throw new InvalidInput({
      doing,
      answer: `Exchange makes it current ${when(facts.nextEffectiveDate)}, and a next certificate cannot be unset`,
      next:
        "declare it again, with a later date in `rollover` (`effectiveInDays`) to put the change off, or go on to another " +
        "generation, which takes its place as the next one; nothing was removed",
    });
  }
}

function requireNamed(facts: OrganisationFacts, thumbprint: string, role: "next" | "current"): void {
  if (facts[role] === thumbprint || (role === "next" && facts.current === thumbprint)) return;
  throw new ProtocolError({
    doing: `checking that AuthConfig names the certificate ${thumbprint} as its ${role} one`,
    answer: `Set-AuthConfig succeeded, but AuthConfig names ${facts[role] || "none"}`,
    next: "check the replication between domain controllers, then run `pulumi up` again",
    outcomeUnknown: true,
  });
}
