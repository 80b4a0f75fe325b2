import type { EventEmitter } from "../events";
import type { StackName } from "../plan/urn";
import { nameOf } from "../plan/urn";
import type { ProviderClient, Subject } from "../plugins/provider";
import type { ProviderRegistry } from "../plugins/registry";
import type { Configuration } from "../state/configuration";
import type { ResourceState } from "../state/resource";
import type { Snapshot } from "../state/snapshot";
import type { PropertyMap } from "../values/property";
import type { StepExecutor } from "./executor";

/** What all parts of one operation share. */
export interface Context {
  name: StackName;
  isPreview: boolean;
  configuration: Configuration;
  snapshot: Snapshot;
  providers: ProviderRegistry;
  events: EventEmitter;
  executor: StepExecutor;
  /** The outputs of another stack; undefined where there is no such stack. */
  readOutputs(project: string, stack: string): Promise<PropertyMap | undefined>;
}

export const subjectOf = (state: Pick<ResourceState, "urn" | "type">): Subject => ({
  urn: state.urn,
  name: nameOf(state.urn),
  type: state.type,
});

/** The configured provider of a resource that has one. */
export async function clientOf(context: Context, state: ResourceState): Promise<ProviderClient | undefined> {
  if (!state.provider) throw new Error(`${state.urn} has no provider`);
  return context.providers.get(state.provider);
}
