import { InvalidInput } from "../../errors";
import { sameText } from "../../exchange/properties";
import { exactly, unorderedTexts, withoutCase } from "../change";
import type { Lifecycle } from "../lifecycle";
import { AT_ONCE, generationName, hasGenerations, hasNew } from "../oauth-certificate/declared-generations";
import { observe } from "../oauth-certificate/observe";
import type { OrganisationFacts } from "../oauth-certificate/rules";
import { mayStillSign, when } from "../oauth-certificate-rollover/warnings";
import { FIELDS } from "./fields";
import { type HoldInputs, type HoldOutputs, outputsOf } from "./outputs";
import { type Reason, reasonToKeep } from "./rules";

/** Two generations may have one certificate: where another hand's is current, each of them may follow it. */
const holdName = (thumbprint: string) => `hold of ${thumbprint}`;

/** What Pulumi's engine drives. It depends on the key credential, so it is to be deleted before that. */
export const lifecycle: Lifecycle<HoldInputs, HoldOutputs> = {
  declaredAs: ({ thumbprint }) => [holdName(thumbprint)],

  fields: FIELDS,

  changes: {
    thumbprint: withoutCase("update"),
    keyCredentialId: exactly("update"),
    ignoreServers: unorderedTexts("update"),
  },

  async create({ organizationId }, inputs) {
    return { id: organizationId, outputs: outputsOf(inputs, organizationId) };
  },

  /** Where its key credential is replaced, the one of before is deleted at the end of the update, unless this refuses. */
  async update(organization, olds, inputs, _leave, declared) {
    if (!sameText(olds.thumbprint, inputs.thumbprint)) {
      const { facts } = await observe(organization, inputs.ignoreServers ?? []);
      const reason = reasonToKeep(facts, olds, declared.has(AT_ONCE));
      // What AuthConfig names has another key credential by now.
      if (reason && reason.kind !== "named") throw refusal("replacing", olds, reason, facts);
    }
    return outputsOf(inputs, organization.organizationId);
  },

  async read({ organizationId }, id, olds) {
    return olds.thumbprint === undefined ? undefined : { id, outputs: outputsOf(olds as HoldOutputs, organizationId) };
  },

  async delete(organization, outputs, declared) {
    // A destroy removes everything, and so does a program that has no certificate any more.
    if (!hasGenerations(declared)) return;
    // Of a generation that is still declared, the key credential is, too.
    if ([holdName(outputs.thumbprint), generationName(outputs.generation)].some((name) => declared.has(name))) return;
    if (hasNew(declared)) throw addedAnother(outputs);
    const { facts } = await observe(organization, outputs.ignoreServers ?? []);
    const reason = reasonToKeep(facts, outputs, declared.has(AT_ONCE));
    if (reason) throw refusal("removing", outputs, reason, facts);
  },
};

/** azuread writes all key credentials at each change: a stale read while it removes one takes away one just added. */
function addedAnother({ generation, thumbprint }: HoldOutputs): InvalidInput {
  return new InvalidInput({
    doing: doingOf("removing", { generation, thumbprint }),
    answer: "the key credential of another generation is added to the tenant in this update",
    next: "run `pulumi up` once more; nothing was removed",
  });
}

function refusal(change: Change, outputs: HoldOutputs, reason: Reason, facts: OrganisationFacts): InvalidInput {
  const doing = doingOf(change, outputs);
  switch (reason.kind) {
    case "not everywhere":
      return new InvalidInput({
        doing,
        answer: `the current certificate is not known to be on ${reason.servers.join(", ")}, which may still sign with this one`,
        next: "correct that, or list the servers in `ignoreServers`, then run `pulumi up` again; nothing was removed",
      });
    case "may sign":
      return new InvalidInput({ doing, ...mayStillSign(outputs.thumbprint, reason.until) });
    case "named":
      return new InvalidInput({
        doing,
        answer:
          reason.role === "current"
            ? "AuthConfig names it as its current certificate"
            : `AuthConfig names it as its next certificate, which Exchange makes current ${when(facts.nextEffectiveDate)}`,
        next: `declare generation ${outputs.generation} again, until AuthConfig names another one in its place; nothing was removed`,
      });
  }
}

type Change = "removing" | "replacing";

function doingOf(change: Change, { generation, thumbprint }: Pick<HoldOutputs, "generation" | "thumbprint">): string {
  return `${change} the key credential of generation ${generation} of the auth certificate, ${thumbprint}`;
}
