import type { Tenant, TenantSummary } from "../entra";
import type { State } from "../exchange";

type Organisation = Pick<State, "directory" | "servers">;
type Domains = Pick<TenantSummary, "tenantId" | "domains">;

/** The first line of every operation: that this is a sandbox, and which one. */
export function introduction(organisation: Organisation, tenant: Domains): string {
  return (
    `Sandbox (nothing real is touched): this repository's engine, ${exchange(organisation)}, tenant ${domain(tenant)}. ` +
    "For production use pulumi up."
  );
}

/** The line before a command that is led to the sandbox. */
export function introductionTo(
  command: string,
  organisation: Organisation,
  tenant: Domains & Pick<Tenant, "url">,
): string {
  return `Sandbox for ${command}: ${exchange(organisation)}, tenant ${domain(tenant)} at ${tenant.url}.`;
}

function exchange({ directory, servers: { length } }: Organisation): string {
  return `Exchange organisation "${directory.organization}" with ${length} server${length === 1 ? "" : "s"}`;
}

function domain({ tenantId, domains }: Domains): string {
  return domains.find(({ isDefault }) => isDefault)?.name ?? tenantId;
}
