import { InvalidInput } from "../../errors";
import { exactly, unorderedTexts, withoutCase } from "../change";
import type { Lifecycle } from "../lifecycle";
import { AT_ONCE, generationName, hasGenerations, hasNew } from "../oauth-certificate/generations";
import { observe } from "../oauth-certificate/observe";
import type { OrganisationFacts } from "../oauth-certificate/rules";
import { mayStillSign, when } from "../oauth-certificate-rollover/warnings";
import { FIELDS } from "./fields";
import { type HoldInputs, type HoldOutputs, outputsOf } from "./outputs";
import { reasonToKeep } from "./rules";

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

  update: async ({ organizationId }, _olds, inputs) => outputsOf(inputs, organizationId),

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
    requireFree(facts, outputs, declared.has(AT_ONCE));
  },
};

/** azuread writes all key credentials at each change: a stale read while it removes one takes away one just added. */
function addedAnother({ generation, thumbprint }: HoldOutputs): InvalidInput {
  return new InvalidInput({
    doing: doingOf(generation, thumbprint),
    answer: "the key credential of another generation is added to the tenant in this update",
    next: "run `pulumi up` once more; nothing was removed",
  });
}

function requireFree(facts: OrganisationFacts, { generation, thumbprint }: HoldOutputs, isAtOnce: boolean): void {
  const reason = reasonToKeep(facts, thumbprint, isAtOnce);
  if (!reason) return;
  const doing = doingOf(generation, thumbprint);
  if (reason.kind === "not everywhere") {
    throw new InvalidInput({
      doing,
      answer: `the current certificate is not known to be on ${reason.servers.join(", ")}, which may still sign with this one`,
      next: "correct that, or list the servers in `ignoreServers`, then run `pulumi up` again; nothing was removed",
    });
  }
  if (reason.kind === "may sign") throw new InvalidInput({ doing, ...mayStillSign(thumbprint, reason.until) });
  throw new InvalidInput({
    doing,
    answer:
      reason.role === "current"
        ? "AuthConfig names it as its current certificate"
        : `AuthConfig names it as its next certificate, which Exchange makes current ${when(facts.nextEffectiveDate)}`,
    next: `declare generation ${generation} again, until AuthConfig names another one in its place; nothing was removed`,
  });
}

function doingOf(generation: number, thumbprint: string): string {
  return `removing the key credential of generation ${generation} of the auth certificate, ${thumbprint}`;
}
