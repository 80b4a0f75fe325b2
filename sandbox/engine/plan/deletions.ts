import { dependenciesOf, type ResourceState } from "../state/resource";

/**
 * Orders resources for deletion: batches, each of which may be deleted at once, every resource before all that it depends
 * on. Within a batch they keep their order (recorded: golden/protect.json). Replaced and new ones share a URN: a dependency is on the condemned
 * resource of that URN that comes before its dependent.
 */
export function deletionBatches(condemned: readonly ResourceState[]): ResourceState[][] {
  const latest = new Map<string, number>();
  const dependencies: number[][] = [];
  const dependents = new Array<number>(condemned.length).fill(0);
  condemned.forEach((state, index) => {
    const found = [...dependenciesOf(state)].flatMap((urn) => latest.get(urn) ?? []);
    dependencies.push(found);
    for (const dependency of found) dependents[dependency] = (dependents[dependency] ?? 0) + 1;
    latest.set(state.urn, index);
  });
  const batches: ResourceState[][] = [];
  let ready = dependents.flatMap((count, index) => (count === 0 ? [index] : []));
  while (ready.length > 0) {
    ready.sort((one, other) => one - other);
    batches.push(ready.flatMap((index) => condemned[index] ?? []));
    const next: number[] = [];
    for (const index of ready) {
      for (const dependency of dependencies[index] ?? []) {
        const left = (dependents[dependency] ?? 0) - 1;
        dependents[dependency] = left;
        if (left === 0) next.push(dependency);
      }
    }
    ready = next;
  }
  return batches;
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
