import { EngineError } from "../errors";
import { isProviderType } from "../plan/urn";
import type { ResourceState } from "../state/resource";
import { type Context, clientOf, subjectOf } from "./context";
import type { Step } from "./executor";

/** How a former resource goes. */
export type DeletionKind =
  /** It is no longer declared. */
  | "delete"
  /** Another has taken its place. */
  | "replaced"
  /** Another will take its place: until then the state keeps a note of it. */
  | "replaced-first";

/** A former resource goes. `isDeletedWith` answers whether another resource takes it along. */
export function deleteStep(
  context: Context,
  old: ResourceState,
  kind: DeletionKind,
  isDeletedWith: (urn: string) => boolean,
): Step {
  const { snapshot, isPreview } = context;
  const op = old.external ? "discard" : kind === "delete" ? "delete" : "delete-replaced";
  return {
    op,
    urn: old.urn,
    type: old.type,
    old,
    new: undefined,
    counted: () => (op === "delete-replaced" ? undefined : op),
    apply: async () => {
      // Whether a protected one may be replaced was decided with the replacement.
      if (old.protect && kind === "delete") throw new EngineError(protectedMessage(old.urn));
      const forget = () => {
        if (kind === "replaced-first") snapshot.flag(old, { pendingReplacement: true });
        else snapshot.finish(old);
      };
      const isManaged = old.custom && !old.external && !isProviderType(old.type) && !old.retainOnDelete;
      if (isPreview || !isManaged || (old.deletedWith && isDeletedWith(old.deletedWith))) {
        forget();
        return snapshot.save();
      }
      const client = await clientOf(context, old);
      if (!client) throw new EngineError(`the provider of ${old.urn} has an unknown configuration`);
      await snapshot.begin("deleting", old);
      try {
        await client.delete(
          subjectOf(old),
          old.id ?? "",
          old.inputs ?? {},
          old.outputs ?? {},
          old.customTimeouts?.delete ?? 0,
        );
        forget();
      } finally {
        snapshot.end(old);
        await snapshot.save();
      }
    },
  };
}

/** A former resource that was deleted already to be made again leaves the state: nobody declares it any more. */
export function forgetStep({ snapshot }: Context, old: ResourceState): Step {
  return {
    op: "delete",
    urn: old.urn,
    type: old.type,
    old,
    new: undefined,
    isSilent: true,
    counted: () => undefined,
    apply: async () => {
      snapshot.finish(old);
      await snapshot.save();
    },
  };
}

/** The words of Pulumi's engine (recorded: golden/protect.json). */
const protectedMessage = (urn: string) =>
  `resource "${urn}" cannot be deleted\nbecause it is protected. To unprotect the resource, either remove the \`protect\` flag from the resource in your Pulumi program and run \`pulumi up\`, or use the command:\n\`pulumi state unprotect '${urn}'\``;
