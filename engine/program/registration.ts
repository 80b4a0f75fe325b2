import type { Alias } from "@pulumi/pulumi/proto/alias_pb";
import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";
import { NotSupportedError } from "../errors";
import type { AliasSpec, Goal } from "../plan/goal";
import type { CustomTimeouts } from "../state/resource";
import { withoutOutputValues } from "../values/property";
import { fromStruct } from "../values/struct";

/** A registration as the program sends it: a goal whose URN and provider are still to be found. */
export interface Registration extends Omit<Goal, "urn" | "aliases"> {
  aliasSpecs: AliasSpec[];
  /** The version of the provider package that the program was written for; empty if it does not say. */
  version: string;
}

/** Reads a registration; throws a NotSupportedError for what this engine does not do. */
export function parseRegistration(request: RegisterResourceRequest): Registration {
  if (request.getRemote()) throw new NotSupportedError(`The remote component "${request.getName()}"`);
  if (request.getImportid() !== "") throw new NotSupportedError(`The option "import" (of "${request.getName()}")`);
  if (request.getReplaceWithList().length > 0)
    throw new NotSupportedError(`The option "replaceWith" (of "${request.getName()}")`);
  if (request.getTransformsList().length > 0)
    throw new NotSupportedError(`The option "transforms" (of "${request.getName()}")`);
  if (request.hasHooks()) throw new NotSupportedError(`The option "hooks" (of "${request.getName()}")`);
  const propertyDependencies = [...request.getPropertydependenciesMap().entries()].map(
    ([key, value]) => [key, value.getUrnsList()] as const,
  );
  return {
    name: request.getName(),
    type: request.getType(),
    custom: request.getCustom(),
    parent: request.getParent() || undefined,
    inputs: withoutOutputValues(fromStruct(request.getObject())),
    provider: request.getProvider() || undefined,
    dependencies: request.getDependenciesList(),
    propertyDependencies: Object.fromEntries(propertyDependencies),
    protect: request.getProtect() ?? false,
    deleteBeforeReplace: request.getDeletebeforereplacedefined() ? request.getDeletebeforereplace() : undefined,
    ignoreChanges: request.getIgnorechangesList(),
    replaceOnChanges: request.getReplaceonchangesList(),
    additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
    customTimeouts: timeoutsOf(request),
    retainOnDelete: request.getRetainondelete() ?? false,
    deletedWith: request.getDeletedwith() || undefined,
    aliasSpecs: [...request.getAliasurnsList().map((urn) => ({ urn })), ...request.getAliasesList().map(aliasOf)],
    version: request.getVersion(),
  };
}

function aliasOf(alias: Alias): AliasSpec {
  const spec = alias.getSpec();
  if (!spec) return { urn: alias.getUrn() };
  return {
    name: spec.getName() || undefined,
    type: spec.getType() || undefined,
    stack: spec.getStack() || undefined,
    project: spec.getProject() || undefined,
    parentUrn: spec.getParenturn() || undefined,
    noParent: spec.getNoparent(),
  };
}

function timeoutsOf(request: RegisterResourceRequest): CustomTimeouts {
  const timeouts = request.getCustomtimeouts();
  const texts = { create: timeouts?.getCreate(), update: timeouts?.getUpdate(), delete: timeouts?.getDelete() };
  return Object.fromEntries(Object.entries(texts).flatMap(([key, text]) => (text ? [[key, secondsOf(text)]] : [])));
}

const UNITS: Record<string, number> = { h: 3600, m: 60, s: 1, ms: 1e-3, us: 1e-6, µs: 1e-6, ns: 1e-9 };

/** The seconds of a duration such as `1h`, `1m30s` or `250ms`. */
export function secondsOf(duration: string): number {
  const parts = [...duration.matchAll(/(\d+(?:\.\d+)?)(ms|us|µs|ns|h|m|s)/g)];
  if (parts.length === 0 || parts.map(([text]) => text).join("") !== duration) {
    throw new NotSupportedError(`The timeout "${duration}" (write it as "5m" or "1m30s")`);
  }
  return parts.reduce((sum, [, number, unit]) => sum + Number(number) * (UNITS[unit ?? "s"] ?? 1), 0);
}
