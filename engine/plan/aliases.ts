import type { AliasSpec } from "./goal";
import { nameOf, qualifiedTypeOf, type StackName, typeOf, urnOf } from "./urn";

/** What identifies a resource now. */
export interface Identity {
  name: string;
  type: string;
  parent: string | undefined;
}

/**
 * The URNs by which a resource may be known in the state: its declared aliases, and those that follow from its parent's
 * (a child's URN holds its parents' types, and its name often begins with the parent's).
 */
export function aliasUrns(
  stack: StackName,
  identity: Identity,
  specs: readonly AliasSpec[],
  parentAliases: readonly string[],
): string[] {
  const own = urnOf(stack, identity.parent, identity.type, identity.name);
  const declared = specs.map((spec) => urnOfSpec(stack, identity, spec));
  const inherited = parentAliases.flatMap((alias) => {
    const follow = (name: string, type: string) => urnOf(stack, alias, type, childName(identity.parent, alias, name));
    return [follow(identity.name, identity.type), ...declared.map((urn) => follow(nameOf(urn), typeOf(urn)))];
  });
  return [...new Set([...declared, ...inherited])].filter((urn) => urn !== own);
}

function urnOfSpec(stack: StackName, { name, type, parent }: Identity, spec: AliasSpec): string {
  if ("urn" in spec) return spec.urn;
  const aliasParent = spec.noParent ? undefined : (spec.parentUrn ?? parent);
  const where = { project: spec.project ?? stack.project, stack: spec.stack ?? stack.stack };
  return urnOf(where, aliasParent, spec.type ?? type, spec.name ?? name);
}

/** A name that begins with the parent's name begins with the alias's instead. */
function childName(parent: string | undefined, alias: string, name: string): string {
  const parentName = parent === undefined ? "" : nameOf(parent);
  return parentName !== "" && qualifiedTypeOf(alias) !== "" && name.startsWith(parentName)
    ? nameOf(alias) + name.slice(parentName.length)
    : name;
}
