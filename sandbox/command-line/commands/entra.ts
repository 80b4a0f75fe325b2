import { describeTenant, type TenantDescription } from "../../entra";
import { TenantStore } from "../../entra/store";
import type { Command, Invocation } from "../command";
import { SUCCEEDED } from "../exit-codes";
import { placesOf } from "../places";

export const ENTRA: Command = {
  name: "entra",
  summary: "Print the tenant's domains, service principals and key credentials as JSON",
  options: { keys: { description: "Print each credential's public key too, base64 of the certificate" } },
  examples: ["npm run sandbox -- entra", "npm run --silent sandbox -- entra --keys"],
  run,
};

async function run({ options, environment, stdout }: Invocation): Promise<number> {
  const { home } = placesOf(environment);
  const { faults: _faults, ...tenant } = await describeTenant(home);
  const servicePrincipals = options.keys ? await withKeys(home, tenant.servicePrincipals) : tenant.servicePrincipals;
  stdout.write(`${JSON.stringify({ ...tenant, servicePrincipals }, null, 2)}\n`);
  return SUCCEEDED;
}

async function withKeys(home: string, principals: TenantDescription["servicePrincipals"]) {
  const stored = (await new TenantStore(home).read()).servicePrincipals.flatMap(({ keyCredentials }) => keyCredentials);
  return principals.map((principal) => ({
    ...principal,
    keyCredentials: principal.keyCredentials.map((shown) => ({
      ...shown,
      key: stored.find(({ keyId }) => keyId === shown.keyId)?.key,
    })),
  }));
}
