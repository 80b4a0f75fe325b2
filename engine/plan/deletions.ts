import { dependenciesOf, type ResourceState } from "../state/resource";

/**
 * Orders resources for deletion: batches, each of which may be deleted at once, every resource before all that it depends
 * on. As in Pulumi's engine a batch holds what is equally far from the resources that depend on nothing, in the order of
 * the state (recorded: golden/stack-reference.json, golden/protect.json). Replaced and new ones share a URN: a dependency
 * is on the condemned resource of that URN that comes before its dependent.
 */
export function deletionBatches(condemned: readonly ResourceState[]): ResourceState[][] {
  const depths = new Map<string, number>();
  const batches: ResourceState[][] = [];
  for (const state of condemned) {
    let depth = 0;
    for (const urn of dependenciesOf(state)) depth = Math.max(depth, (depths.get(urn) ?? -1) + 1);
    depths.set(state.urn, depth);
    const batch = batches[depth] ?? [];
    batch.push(state);
    batches[depth] = batch;
  }
  return batches.reverse();
}

/** The resources without those that are to be kept and all that these depend on. */
export function withoutKept(
  resources: readonly ResourceState[],
  isKept: (state: ResourceState) => boolean,
): ResourceState[] {
  const needed = new Set<string>();
  const gone = resources.toReversed().filter((state) => {
    if (!isKept(state) && !needed.has(state.urn)) return true;
    for (const urn of dependenciesOf(state)) needed.add(urn);
    return false;
  });
  return gone.reverse();
}
