import type { TenantDescription } from "../entra";
import type { State } from "../exchange";

/** The first line of every operation: that this is a sandbox, and which one. */
export function introduction(
  organisation: Pick<State, "directory" | "servers">,
  tenant: Pick<TenantDescription, "tenantId" | "domains">,
): string {
  const { length } = organisation.servers;
  const domain = tenant.domains.find(({ isDefault }) => isDefault)?.name ?? tenant.tenantId;
  return (
    `Sandbox (nothing real is touched): this repository's engine, Exchange organisation "${organisation.directory.organization}" ` +
    `with ${length} server${length === 1 ? "" : "s"}, tenant ${domain}. For production use pulumi up.`
  );
}
