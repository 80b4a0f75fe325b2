import { readTenant, type TenantSummary } from "../../entra";
import { TenantStore } from "../../entra/store";
import { type AddCommand, type Surroundings, withExamples } from "../command";
import { placesOf } from "../places";

export const addEntra: AddCommand = (parent, surroundings) => {
  const command = parent
    .command("entra")
    .description("Print the tenant's domains, service principals and key credentials as JSON")
    .option("--keys", "Also print each credential's public key, the certificate in base64")
    .action((options: { keys?: boolean }) => run(options, surroundings));
  return withExamples(command, "npm run sandbox -- entra", "npm run --silent sandbox -- entra --keys");
};

async function run(options: { keys?: boolean }, { environment, stdout }: Surroundings): Promise<void> {
  const { home } = placesOf(environment);
  const { faults: _faults, ...tenant } = await readTenant(home);
  const servicePrincipals = options.keys ? await withKeys(home, tenant.servicePrincipals) : tenant.servicePrincipals;
  stdout.write(`${JSON.stringify({ ...tenant, servicePrincipals }, null, 2)}\n`);
}

async function withKeys(home: string, principals: TenantSummary["servicePrincipals"]) {
  const stored = (await new TenantStore(home).read()).servicePrincipals.flatMap(({ keyCredentials }) => keyCredentials);
  return principals.map((principal) => ({
    ...principal,
    keyCredentials: principal.keyCredentials.map((shown) => ({
      ...shown,
      key: stored.find(({ keyId }) => keyId === shown.keyId)?.key,
    })),
  }));
}
