import { ProviderFailure, principalText } from "./diagnostics";
import { type GraphClient, type ServicePrincipal, UnexpectedStatus } from "./graph-client";
import type { Properties } from "./wire";

interface AppRole {
  allowedMemberTypes: string[];
  description: string | null;
  displayName: string | null;
  id: string;
  isEnabled: boolean;
  value: string | null;
}

/**
 * The arguments' failures: one of clientId, displayName and objectId is needed, and no more.
 * Source: the azuread provider's source; it is not among the recordings.
 */
export function checkGetServicePrincipal(args: Properties): string[] {
  const given = ["clientId", "displayName", "objectId"].filter((name) => args[name] !== undefined);
  return given.length === 1
    ? []
    : [
        `Invalid combination of arguments. one of clientId, displayName, objectId must be specified, got ${given.length}`,
      ];
}

/** The function getServicePrincipal. @throws ProviderFailure where there is none, or Graph refuses. */
export async function getServicePrincipal(graph: GraphClient, args: Properties): Promise<Properties> {
  const principal = await find(graph, args);
  let samlMetadataUrl: string;
  try {
    samlMetadataUrl = await graph.samlMetadataUrl(principal.id);
  } catch (error) {
    throw new ProviderFailure(`Retrieving ${principalText(principal.id)} (beta API)`, error);
  }
  return servicePrincipalResult(principal, samlMetadataUrl);
}

async function find(graph: GraphClient, args: Properties): Promise<ServicePrincipal> {
  if (typeof args.objectId === "string") return findByObjectId(graph, args.objectId);
  const property = typeof args.displayName === "string" ? "displayName" : "appId";
  const value = String(args.displayName ?? args.clientId);
  const filter = JSON.stringify(`${property} eq '${value.replaceAll("'", "''")}'`);
  let found: ServicePrincipal[];
  try {
    found = await graph.list(property, value);
  } catch (error) {
    throw new ProviderFailure(`Listing service principals for filter ${filter}`, error);
  }
  const [principal, ...others] = found;
  if (property === "displayName" && principal === undefined) {
    throw new ProviderFailure("Service principal not found", `no service principals found matching filter: ${filter}`);
  }
  if (property === "displayName" && others.length > 0) {
    throw new ProviderFailure(
      "Multiple service principals found",
      `found multiple service principals matching filter: ${filter}`,
    );
  }
  if (principal === undefined) throw new ProviderFailure("No service principal found", "no service principal found");
  return principal;
}

async function findByObjectId(graph: GraphClient, objectId: string): Promise<ServicePrincipal> {
  try {
    return await graph.principal(objectId);
  } catch (error) {
    if (error instanceof UnexpectedStatus && error.status === 404) {
      throw new ProviderFailure(`${principalText(objectId)} was not found`);
    }
    throw new ProviderFailure(`Retrieving ${principalText(objectId)}`, error);
  }
}

/**
 * What the function answers for a principal: every property, with an empty value where Graph has none. Tags are turned
 * into the two kinds of feature flags. Source: engine/test/golden/azuread and the azuread provider's source.
 */
function servicePrincipalResult(principal: ServicePrincipal, samlMetadataUrl: string): Properties {
  const appRoles = (principal.appRoles ?? []) as AppRole[];
  const tags = (principal.tags ?? []) as string[];
  const names = (principal.servicePrincipalNames ?? []) as string[];
  const has = (tag: string) => tags.some((present) => present.toLowerCase() === tag.toLowerCase());
  const customSingleSignOn = has("WindowsAzureActiveDirectoryCustomSingleSignOnApplication");
  const enterprise = has("WindowsAzureActiveDirectoryIntegratedApp");
  const gallery = has("WindowsAzureActiveDirectoryGalleryApplicationNonPrimaryV1");
  const hide = has("HideApp");
  return {
    accountEnabled: principal.accountEnabled ?? false,
    alternativeNames: principal.alternativeNames ?? [],
    appRoleAssignmentRequired: principal.appRoleAssignmentRequired ?? false,
    appRoleIds: Object.fromEntries(appRoles.filter(({ value }) => value).map(({ value, id }) => [value, id])),
    appRoles: appRoles.map((role) => ({
      allowedMemberTypes: role.allowedMemberTypes,
      description: role.description ?? "",
      displayName: role.displayName ?? "",
      enabled: role.isEnabled,
      id: role.id,
      value: role.value ?? "",
    })),
    applicationTenantId: principal.appOwnerOrganizationId ?? "",
    clientId: principal.appId,
    description: principal.description ?? "",
    displayName: principal.displayName ?? "",
    featureTags: [{ customSingleSignOn, enterprise, gallery, hide }],
    features: [
      {
        customSingleSignOnApp: customSingleSignOn,
        enterpriseApplication: enterprise,
        galleryApplication: gallery,
        visibleToUsers: !hide,
      },
    ],
    homepageUrl: principal.homepage ?? "",
    id: `/servicePrincipals/${principal.id}`,
    loginUrl: principal.loginUrl ?? "",
    logoutUrl: principal.logoutUrl ?? "",
    notes: principal.notes ?? "",
    notificationEmailAddresses: principal.notificationEmailAddresses ?? [],
    // The sandbox's tenant knows no delegated permissions, and single sign-on neither.
    oauth2PermissionScopeIds: {},
    oauth2PermissionScopes: [],
    objectId: principal.id,
    preferredSingleSignOnMode: principal.preferredSingleSignOnMode ?? "",
    redirectUris: principal.replyUrls ?? [],
    samlMetadataUrl,
    samlSingleSignOns: [],
    servicePrincipalNames: names.filter((name) => name.toLowerCase() !== principal.appId.toLowerCase()),
    signInAudience: principal.signInAudience ?? "",
    tags,
    type: principal.servicePrincipalType ?? "",
  };
}
