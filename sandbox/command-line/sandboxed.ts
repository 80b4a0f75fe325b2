import type { OperationRequest, OperationResult } from "pulumi-local-engine";
import { runOperation } from "pulumi-local-engine";
import { readTenant, startTenant, type Tenant } from "../entra";
import { openOrganisation, readOrganisation } from "../exchange";
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

/** Runs an operation of the engine, which takes the stack first, led to the sandbox's Exchange and to its tenant, which runs as long. */
export async function operateOnSandbox(
  request: Request,
  { places: { home, backend, pulumiHome }, passphrase, environment, say }: Surroundings,
): Promise<OperationResult> {
  let tenant: Tenant | undefined;
  try {
    return await runOperation({
      ...request,
      backend,
      passphrase,
      plugins: sandboxPlugins(),
      environment: async () => {
        tenant = await startTenant({ home });
        await openOrganisation(home);
        say(introduction(await readOrganisation(home), await readTenant(home)));
        return { ...sandboxEnvironment(environment, home, tenant), PULUMI_HOME: pulumiHome };
      },
    });
  } finally {
    await tenant?.close();
  }
}
