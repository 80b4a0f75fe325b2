import type { AppManagementPolicy } from "./app-management-policy";
import { CREDENTIALS_OF_OTHERS } from "./credentials-of-others";
import type { TenantFault } from "./faults";
import type { ServicePrincipal, TenantState } from "./state";

/** The application id of Exchange Online, the same in every tenant of the worldwide cloud. */
export const EXCHANGE_ONLINE = "00000002-0000-0ff1-ce00-000000000000";

/** How a new tenant differs from the usual one. */
export interface TenantOptions {
  /** Whether the tenant has Exchange Online. @default true */
  exchangeOnline?: boolean;
  /** Whether `contoso.example` is verified in it. @default true */
  domainVerified?: boolean;
  /** Whether the application that signs in has Domain.Read.All. @default true */
  mayReadDomains?: boolean;
  /** Whether dates are answered with milliseconds, which makes azuread replace a credential whose dates are given. @default false */
  milliseconds?: boolean;
  /** What may be added to its principals. @default anything */
  defaultAppManagementPolicy?: AppManagementPolicy;
  /** What goes wrong in it. @default nothing */
  faults?: TenantFault[];
}

// Microsoft's own tenant, in which its applications are registered.
const MICROSOFT_SERVICES = "f8cdef31-a31e-4b4a-93e4-5f571e91255a";
const TENANT = "6f1c0b7e-93d4-4a58-8c2e-7d5b1f0a4e63";

/**
 * A tenant as it is before anything was deployed to it: `contoso.example`, in which Exchange Online already holds two
 * key credentials of others.
 *
 * Exchange Online's object id, app role and names are those of the recordings in engine/test/golden/azuread; the ids of the
 * tenant and of the two other principals are made up.
 */
export function initialTenant(options: TenantOptions = {}): TenantState {
  const exchangeOnline = options.exchangeOnline ?? true;
  return {
    version: 1,
    tenantId: TENANT,
    displayName: "Contoso",
    domains: [
      { name: "contoso.example", isDefault: true, isInitial: false, isVerified: options.domainVerified ?? true },
      { name: "contoso.onmicrosoft.example", isDefault: false, isInitial: true, isVerified: true },
    ],
    client: {
      clientId: "11111111-2222-3333-4444-555555555555",
      // Not a secret: it opens nothing but this stand-in. Real ones lie in a stack's configuration or environment.
      clientSecret: "sandbox-client-secret",
      objectId: "8d0c52c1-6a1f-4f0b-9b57-2f4f3c0e7a91",
    },
    servicePrincipals: [
      ...(exchangeOnline ? [exchangeOnlinePrincipal()] : []),
      principal({
        id: "2c9b6e0d-5f43-47a8-b1d2-90e7c3a5f814",
        appId: "00000003-0000-0000-c000-000000000000",
        displayName: "Microsoft Graph",
        servicePrincipalNames: ["00000003-0000-0000-c000-000000000000", "https://graph.microsoft.com"],
      }),
      principal({
        id: "8d0c52c1-6a1f-4f0b-9b57-2f4f3c0e7a91",
        appId: "11111111-2222-3333-4444-555555555555",
        displayName: "Infrastructure deployment",
        appOwnerOrganizationId: TENANT,
        servicePrincipalNames: ["11111111-2222-3333-4444-555555555555"],
        signInAudience: "AzureADMyOrg",
        tags: ["WindowsAzureActiveDirectoryIntegratedApp"],
      }),
    ],
    formerKeyCredentials: {},
    mayReadDomains: options.mayReadDomains ?? true,
    milliseconds: options.milliseconds ?? false,
    defaultAppManagementPolicy: options.defaultAppManagementPolicy,
    faults: options.faults ?? [],
  };
}

function exchangeOnlinePrincipal(): ServicePrincipal {
  return principal({
    id: "5d1e8f7a-0c1b-4a2d-9e3f-a1b2c3d4e5f6",
    appId: EXCHANGE_ONLINE,
    displayName: "Office 365 Exchange Online",
    appRoles: [
      {
        allowedMemberTypes: ["Application"],
        description:
          "Allows the app to have full access via Exchange Web Services to all mailboxes without a signed-in user.",
        displayName: "Use Exchange Web Services with full access to all mailboxes",
        id: "dc890d15-9560-4a4c-9b7f-a736ec74ec40",
        isEnabled: true,
        value: "full_access_as_app",
      },
    ],
    servicePrincipalNames: [EXCHANGE_ONLINE, "https://outlook.office365.com/"],
    keyCredentials: [...CREDENTIALS_OF_OTHERS],
  });
}

function principal({
  id,
  appId,
  displayName,
  servicePrincipalNames,
  ...rest
}: Pick<ServicePrincipal, "id" | "appId" | "displayName" | "servicePrincipalNames"> &
  Partial<ServicePrincipal>): ServicePrincipal {
  return {
    id,
    appId,
    displayName,
    appOwnerOrganizationId: MICROSOFT_SERVICES,
    accountEnabled: true,
    createdDateTime: "2019-05-14T08:21:37Z",
    appRoleAssignmentRequired: false,
    appRoles: [],
    servicePrincipalNames,
    servicePrincipalType: "Application",
    signInAudience: "AzureADMultipleOrgs",
    tags: [],
    keyCredentials: [],
    ...rest,
  };
}
