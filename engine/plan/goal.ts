import type { CustomTimeouts } from "../state/resource";
import type { PropertyMap } from "../values/property";

/** A former name of a resource: a URN, or what differs from its present one. */
export type AliasSpec =
  | { urn: string }
  | { name?: string; type?: string; stack?: string; project?: string; parentUrn?: string; noParent?: boolean };

/** A resource as the program declares it. */
export interface Goal {
  urn: string;
  name: string;
  type: string;
  custom: boolean;
  parent: string | undefined;
  inputs: PropertyMap;
  /** `<URN>::<id>` of its provider's resource; undefined for components and providers. */
  provider: string | undefined;
  dependencies: string[];
  propertyDependencies: Record<string, string[]>;
  protect: boolean;
  /** Undefined where the program leaves it to the provider. */
  deleteBeforeReplace: boolean | undefined;
  ignoreChanges: string[];
  replaceOnChanges: string[];
  additionalSecretOutputs: string[];
  /** URNs by which the resource may be known in the state, nearest first. */
  aliases: string[];
  customTimeouts: CustomTimeouts;
  retainOnDelete: boolean;
  deletedWith: string | undefined;
}
