import type { Goal } from "../plan/goal";
import { BUILT_IN, isProviderType, packageOf } from "../plan/urn";
import type { CheckFailure, Diff } from "../plugins/answers";
import type { ResourceState } from "../state/resource";
import {
  containsSecret,
  containsUnknown,
  markSecrets,
  type PropertyMap,
  type PropertyValue,
  UNKNOWN,
  withoutUnknowns,
} from "../values/property";
import { type Context, subjectOf } from "./context";
import { Stopped } from "./executor";

/** Asks the providers about what the program declares. */
export class Consultation {
  constructor(private readonly context: Context) {}

  /** The inputs as the provider takes them. */
  async check(goal: Goal, olds: PropertyMap, news: PropertyMap): Promise<PropertyMap> {
    if (!goal.custom) return news;
    // Only what failed leaves unknown values in an update; providers are not told of them there.
    const known = this.context.isPreview ? news : withoutUnknowns(news);
    const result = await this.#askCheck(goal, olds, known);
    if (!result) return news;
    for (const failure of result.failures)
      this.context.events.diagnose("error", checkMessage(goal, news, failure), goal.urn);
    if (result.failures.length > 0) throw new Stopped();
    // A provider that takes no secrets answers with clear values: what was a secret stays one.
    return markSecrets(result.inputs, news, []);
  }

  async #askCheck(goal: Goal, olds: PropertyMap, news: PropertyMap) {
    const { providers } = this.context;
    if (isProviderType(goal.type)) return this.#checkProvider(goal, olds, news);
    if (!goal.provider) return undefined;
    return (await providers.get(goal.provider))?.check(subjectOf(goal), olds, news);
  }

  async #checkProvider(goal: Goal, olds: PropertyMap, news: PropertyMap) {
    if (packageOf(goal.type) === BUILT_IN || containsUnknown(news)) return undefined;
    return (await this.context.providers.forCheck(goal.urn)).checkConfig(subjectOf(goal), olds, news);
  }

  /** The provider's view of a change; undefined where there is nobody to ask, so that the inputs are compared. */
  async diff(goal: Goal, old: ResourceState, inputs: PropertyMap): Promise<Diff | undefined> {
    const oldInputs = old.inputs ?? {};
    const oldOutputs = old.outputs ?? {};
    if (isProviderType(goal.type)) {
      if (packageOf(goal.type) === BUILT_IN || containsUnknown(inputs)) return undefined;
      const client = await this.context.providers.forCheck(goal.urn);
      return client.diffConfig(subjectOf(goal), oldInputs, oldOutputs, inputs);
    }
    if (!goal.provider) return undefined;
    const client = await this.context.providers.get(goal.provider);
    if (!client) {
      this.context.events.diagnose("warning", UNKNOWN_CONFIGURATION, goal.urn);
      return { changes: true, replaces: [], diffs: [], deleteBeforeReplace: false };
    }
    const values = { oldInputs, oldOutputs, newInputs: inputs, ignoreChanges: goal.ignoreChanges };
    return client.diff(subjectOf(goal), old.id ?? "", values);
  }
}

/** The words of Pulumi's engine (recorded: golden/provider-unknown-config.json). */
const UNKNOWN_CONFIGURATION =
  "The provider for this resource has inputs that are not known during preview.\nThis preview may not correctly represent the changes that will be applied during an update.";

/** The words of Pulumi's engine (recorded: golden/check-failures.json). */
function checkMessage({ type, name }: Goal, inputs: PropertyMap, { property, reason }: CheckFailure): string {
  if (property === "") return `${type} resource '${name}' has a problem: ${reason}`;
  return `${type} resource '${name}': property ${property} value ${shown(inputs[property])} has a problem: ${reason}`;
}

function shown(value: PropertyValue | undefined): string {
  if (value === undefined || value === null) return "{<nil>}";
  if (value === UNKNOWN) return "output<string>{}";
  if (containsSecret(value)) return "{[secret]}";
  return `{${typeof value === "string" ? value : JSON.stringify(value)}}`;
}
