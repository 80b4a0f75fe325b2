import type { ResourceState } from "../state/resource";
import { type PropertyMap, UNKNOWN } from "../values/property";

/**
 * A former resource's inputs as they would be if the resources in `gone` were replaced: those that hang on their outputs
 * are unknown. Undefined where none does (recorded: golden/replace-delete-first.json).
 */
export function inputsWithout(gone: ReadonlySet<string>, state: ResourceState): PropertyMap | undefined {
  if (!state.custom || state.external) return undefined;
  let isTouched = false;
  const inputs: PropertyMap = {};
  for (const [key, value] of Object.entries(state.inputs ?? {})) {
    const hangs = (state.propertyDependencies?.[key] ?? []).some((urn) => gone.has(urn));
    isTouched ||= hangs;
    inputs[key] = hangs ? UNKNOWN : value;
  }
  return isTouched ? inputs : undefined;
}
