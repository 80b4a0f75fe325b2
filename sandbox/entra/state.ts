import type { TenantFault } from "./faults";

/** A key credential as the tenant keeps it: Graph's keyCredential resource, with the key that Graph never shows. */
export interface KeyCredential {
  /** The certificate's SHA-1 thumbprint, 40 upper-case hexadecimal digits, where the client named nothing else. */
  customKeyIdentifier: string;
  displayName: string | null;
  /** `YYYY-MM-DDTHH:MM:SSZ`. */
  startDateTime: string;
  /** `YYYY-MM-DDTHH:MM:SSZ`. */
  endDateTime: string;
  /** The certificate, base64 of its DER. */
  key: string;
  keyId: string;
  type: string;
  usage: string;
}

/** An app role that a service principal publishes. */
export interface AppRole {
  allowedMemberTypes: string[];
  description: string;
  displayName: string;
  id: string;
  isEnabled: boolean;
  value: string;
}

/** A service principal as the tenant keeps it, in Graph's property names. */
export interface ServicePrincipal {
  id: string;
  appId: string;
  displayName: string;
  /** The tenant in which the application is registered. */
  appOwnerOrganizationId: string;
  accountEnabled: boolean;
  appRoleAssignmentRequired: boolean;
  appRoles: AppRole[];
  servicePrincipalNames: string[];
  servicePrincipalType: string;
  signInAudience: string;
  tags: string[];
  keyCredentials: KeyCredential[];
}

/** A domain name of the tenant. */
export interface Domain {
  name: string;
  isDefault: boolean;
  isInitial: boolean;
  isVerified: boolean;
}

/** Everything that the tenant remembers, as it lies in `entra.json`. */
export interface TenantState {
  version: 1;
  tenantId: string;
  displayName: string;
  domains: Domain[];
  /** The application that may sign in; `objectId` is its service principal's. */
  client: { clientId: string; clientSecret: string; objectId: string };
  servicePrincipals: ServicePrincipal[];
  /** The key credentials that each principal had before the last change, by object id: what a stale read answers. */
  formerKeyCredentials: Record<string, KeyCredential[]>;
  /** Whether the application has Domain.Read.All. */
  mayReadDomains: boolean;
  /** Whether dates are answered with milliseconds. */
  milliseconds: boolean;
  faults: TenantFault[];
}
