import { deletionBatches } from "../plan/deletions";
import type { ResourceState } from "../state/resource";
import type { Context } from "./context";
import { deleteStep, forgetStep } from "./delete-steps";
import { Stopped } from "./executor";

/** Deletes resources, each after all that depend on it; stops at the first failure. */
export async function deleteAll(
  context: Context,
  condemned: ResourceState[],
  isGoing: (urn: string) => boolean,
): Promise<void> {
  const { snapshot, executor } = context;
  for (const batch of deletionBatches(condemned)) {
    if (executor.isStopped) throw new Stopped();
    const runs = batch.map((state) => {
      const flags = snapshot.flagsOf(state);
      if (flags.pendingReplacement) return executor.run([forgetStep(context, state)]);
      return executor.run([deleteStep(context, state, flags.delete ? "replaced" : "delete", isGoing)]);
    });
    await Promise.allSettled(runs);
    await Promise.all(runs);
  }
}

/** Deletes the given resources of a stack. */
export async function destroy(context: Context, condemned: ResourceState[]): Promise<void> {
  const urns = new Set(condemned.map(({ urn }) => urn));
  await deleteAll(context, condemned, (urn) => urns.has(urn));
}
