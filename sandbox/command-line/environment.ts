import path from "node:path";
import type { PluginCommand } from "pulumi-local-engine";
import type { Tenant } from "../entra";

/**
 * The environment of a stack's program and its plugins: ours, led to the sandbox's Exchange and tenant. Whatever leads
 * azuread to a real tenant is taken out of it, so that no mistake can reach one.
 */
export function sandboxEnvironment(
  environment: NodeJS.ProcessEnv,
  home: string,
  tenant: Pick<Tenant, "environment">,
): NodeJS.ProcessEnv {
  const kept = Object.entries(environment).filter(([name]) => !/^(ARM|AZURE|AAD)_/i.test(name));
  return { ...Object.fromEntries(kept), SANDBOX_HOME: home, ...tenant.environment };
}

/** The provider plugins that a stack may ask for, beside dynamic providers. */
export function sandboxPlugins(): Record<string, PluginCommand> {
  const script = path.join(path.dirname(__dirname), "entra", "provider", "main.js");
  // The version is that of the plugin whose behaviour was recorded.
  return { azuread: { command: process.execPath, arguments: [script], version: "6.9.1" } };
}
