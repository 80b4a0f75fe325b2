import { deletionBatches } from "../plan/deletions";
import type { ResourceState } from "../state/resource";
import type { Context } from "./context";
import { deleteStep } from "./delete-steps";
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
      const kind = snapshot.flagsOf(state).delete ? "replaced" : "delete";
      return executor.run([deleteStep(context, state, kind, isGoing)]);
    });
    await Promise.allSettled(runs);
    await Promise.all(runs);
  }
}

/** Deletes all resources of a stack. */
export async function destroy(context: Context): Promise<void> {
  const { snapshot } = context;
  const urns = new Set(snapshot.remaining.map(({ urn }) => urn));
  await deleteAll(context, snapshot.remaining, (urn) => urns.has(urn));
}
