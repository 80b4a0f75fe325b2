import { type Failure, UNKNOWN } from "../check";

/** The clouds that have a metadata URL of their own. */
export type Cloud = "worldwide" | "usGovernment";

/**
 * The URL from which Exchange learns a tenant's issuer, realm and endpoints: the article's form worldwide, and the one
 * that Microsoft documents for the US government's cloud.
 */
function defaultMetadataUrl(cloud: Cloud, tenantDomain: string): string {
  return cloud === "usGovernment"
    ? `https://login.microsoftonline.us/${tenantDomain}/metadata/json/1`
    : `https://accounts.accesscontrol.windows.net/metadata/json/1/?realm=${tenantDomain}`;
}

/** Puts the default URL among the arguments where the program gives none; one that is given wins. Unknown values are passed over. */
export function completeMetadataUrl(inputs: Record<string, unknown>): Failure[] {
  const { authMetadataUrl, tenantDomain, cloud } = inputs;
  if (authMetadataUrl !== undefined) return [];
  if (tenantDomain === undefined) {
    return [
      { property: "tenantDomain", reason: "it is required when `authMetadataUrl` is not set, such as contoso.example" },
    ];
  }
  const unknown = tenantDomain === UNKNOWN || cloud === UNKNOWN;
  inputs.authMetadataUrl = unknown ? UNKNOWN : defaultMetadataUrl(cloud as Cloud, tenantDomain as string);
  return [];
}
