import type { dynamic } from "@pulumi/pulumi";

const NAMESPACE = "exchange";

/**
 * The keys of our namespace that are set, without it: of the stack's configuration, or of the explicit provider whose
 * process this is. Pulumi shows a provider single keys alone; its object holds all of them (in every version so far),
 * and where it does not, none is seen. None is told of a project that is itself called `exchange`, either: its own
 * keys are in the same namespace.
 */
export function configuredKeys(config: dynamic.Config): string[] {
  const { rawConfig, projectName } = config as { rawConfig?: object; projectName?: string };
  if (projectName === NAMESPACE) return [];
  return Object.keys(rawConfig ?? {})
    .filter((key) => key.startsWith(`${NAMESPACE}:`))
    .map((key) => key.slice(NAMESPACE.length + 1));
}
