import { mismatch, type Shape } from "../../shared/shape";
import { dependenciesOf, type ResourceState } from "./resource";

const RESOURCE: Shape = {
  urn: "string",
  type: "string",
  "custom?": "boolean",
  "id?": "string",
  "inputs?": {},
  "outputs?": {},
  "parent?": "string",
  "provider?": "string",
  "dependencies?": ["string"],
  "propertyDependencies?": {},
  "initErrors?": ["string"],
  "aliases?": ["string"],
  "deletedWith?": "string",
};

const STACK_FILE: Shape = {
  checkpoint: {
    "latest?": {
      "secrets_providers?": { type: "string", "state?": { "salt?": "string" } },
      "resources?": [RESOURCE],
      "pending_operations?": [{ type: "string", resource: RESOURCE }],
    },
  },
};

/**
 * Why a parsed stack file of version 3 cannot be taken for a stack's state; undefined if it can. What depends on something
 * that is not there is taken: an operation that failed in part may leave that behind.
 */
export function stackFileProblem(document: unknown): string | undefined {
  const wrong = mismatch(document, STACK_FILE);
  if (wrong !== undefined) return wrong;
  const { latest } = (document as { checkpoint: { latest?: { resources?: ResourceState[] } | null } }).checkpoint;
  return orderProblem(latest?.resources ?? []);
}

function orderProblem(resources: readonly ResourceState[]): string | undefined {
  const all = new Set(resources.map(({ urn }) => urn));
  const before = new Set<string>();
  const living = new Set<string>();
  for (const state of resources) {
    if (!state.delete && living.has(state.urn)) return `${state.urn} is in it twice`;
    for (const urn of dependenciesOf(state)) {
      if (urn !== state.urn && all.has(urn) && !before.has(urn))
        return `${state.urn} comes before ${urn}, on which it depends`;
    }
    before.add(state.urn);
    if (!state.delete) living.add(state.urn);
  }
  return undefined;
}
