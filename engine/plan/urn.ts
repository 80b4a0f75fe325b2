export const STACK_TYPE = "pulumi:pulumi:Stack";
export const STACK_REFERENCE_TYPE = "pulumi:pulumi:StackReference";
/** The package that the engine itself provides: references to other stacks. */
export const BUILT_IN = "pulumi";
const PROVIDER_PREFIX = "pulumi:providers:";

/** The stack that URNs belong to. */
export interface StackName {
  project: string;
  stack: string;
}

/** `urn:pulumi:<stack>::<project>::<types of the parents>$<type>::<name>`; a stack as parent adds no type. */
export function urnOf({ project, stack }: StackName, parent: string | undefined, type: string, name: string): string {
  const parentTypes = parent === undefined ? "" : qualifiedTypeOf(parent);
  const prefix = parentTypes === "" || parentTypes === STACK_TYPE ? "" : `${parentTypes}$`;
  return `urn:pulumi:${stack}::${project}::${prefix}${type}::${name}`;
}

function partsOf(urn: string): string[] {
  const [prefix = "", project = "", types = "", ...name] = urn.split("::");
  return [prefix, project, types, name.join("::")];
}

/** The types of the parents and the resource's own, joined by `$`. */
export const qualifiedTypeOf = (urn: string): string => partsOf(urn)[2] ?? "";

/** The resource's own type, without those of its parents: `azuread:index:Application`. */
export const typeOf = (urn: string): string => qualifiedTypeOf(urn).split("$").at(-1) ?? "";

/** The name that the program gave the resource. */
export const nameOf = (urn: string): string => partsOf(urn)[3] ?? "";

export const isProviderType = (type: string): boolean => type.startsWith(PROVIDER_PREFIX);

export const providerType = (packageName: string): string => `${PROVIDER_PREFIX}${packageName}`;

/** The package that a provider's resource type or a resource's type token belongs to. */
export function packageOf(type: string): string {
  return isProviderType(type) ? type.slice(PROVIDER_PREFIX.length) : (type.split(":")[0] ?? "");
}

/** Whether the URN is that of a provider which the engine itself declared: such steps are not counted. */
export function isDefaultProvider(urn: string): boolean {
  return isProviderType(typeOf(urn)) && /^default(_|$)/.test(nameOf(urn));
}
