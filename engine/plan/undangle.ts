import type { ResourceState } from "../state/resource";

/**
 * The resources that a refresh leaves, without references to those that it found gone: a dependency is dropped, a parent
 * becomes the parent's own. Property dependencies on nothing are dropped too (recorded: golden/drift.json).
 */
export function withoutDangling(
  resources: readonly ResourceState[],
  gone: ReadonlyMap<string, ResourceState>,
): ResourceState[] {
  const present = new Set(resources.map(({ urn }) => urn));
  const parentOf = (urn: string | undefined): string | undefined =>
    urn === undefined || present.has(urn) ? urn : parentOf(gone.get(urn)?.parent);
  return resources.map((state) => {
    const entries = Object.entries(state.propertyDependencies ?? {})
      .map(([key, urns]) => [key, (urns ?? []).filter((urn) => present.has(urn))] as const)
      .filter(([, urns]) => urns.length > 0);
    return {
      ...state,
      parent: parentOf(state.parent),
      dependencies: state.dependencies?.filter((urn) => present.has(urn)),
      propertyDependencies: entries.length > 0 ? Object.fromEntries(entries) : undefined,
      deletedWith: state.deletedWith && present.has(state.deletedWith) ? state.deletedWith : undefined,
    };
  });
}
