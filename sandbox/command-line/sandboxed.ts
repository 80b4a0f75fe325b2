import path from "node:path";
import type { OperationRequest, OperationResult } from "../engine";
import { runOperation } from "../engine/operation";
import { describeTenant, startTenant } from "../entra";
import { describeOrganisation, openOrganisation } from "../exchange";
import { sandboxEnvironment, sandboxPlugins } from "./environment";
import { introduction } from "./introduction";
import type { Places } from "./places";

/** Where an operation runs, and where it introduces itself. */
export interface Surroundings {
  places: Places;
  passphrase: string;
  environment: NodeJS.ProcessEnv;
  say(line: string): void;
}

type Request = Omit<OperationRequest, "backend" | "passphrase" | "plugins" | "environment">;

/** Runs an operation of the engine, led to the sandbox's Exchange and to its tenant, which runs as long. */
export async function operateOnSandbox(
  request: Request,
  { places: { home, backend }, passphrase, environment, say }: Surroundings,
): Promise<OperationResult> {
  const tenant = await startTenant({ home });
  try {
    await openOrganisation(home);
    say(introduction(await describeOrganisation(home), await describeTenant(home)));
    return await runOperation({
      ...request,
      backend,
      passphrase,
      plugins: sandboxPlugins(),
      // What the provider notes in Pulumi's own folder is the sandbox's, too.
      environment: { ...sandboxEnvironment(environment, home, tenant), PULUMI_HOME: path.join(home, "pulumi-home") },
    });
  } finally {
    await tenant.close();
  }
}
