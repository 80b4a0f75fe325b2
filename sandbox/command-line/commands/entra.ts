import { describeTenant } from "../../entra";
import type { Command, Invocation } from "../command";
import { SUCCEEDED } from "../exit-codes";
import { placesOf } from "../places";

export const ENTRA: Command = {
  name: "entra",
  summary: "Print the tenant's domains, service principals and key credentials as JSON",
  options: {},
  examples: ["npm run sandbox -- entra", "npm run --silent sandbox -- entra"],
  run,
};

async function run({ environment, stdout }: Invocation): Promise<number> {
  const { faults: _faults, ...tenant } = await describeTenant(placesOf(environment).home);
  stdout.write(`${JSON.stringify(tenant, null, 2)}\n`);
  return SUCCEEDED;
}
