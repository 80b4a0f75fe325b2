import { z } from "zod";
import { APP_MANAGEMENT_POLICY } from "./app-management-policy";
import { TENANT_FAULT } from "./faults";

const KEY_CREDENTIAL = z.object({
  /** The certificate's SHA-1 thumbprint, 40 upper-case hexadecimal digits, where the client named nothing else. */
  customKeyIdentifier: z.string(),
  displayName: z.string().nullable(),
  /** `YYYY-MM-DDTHH:MM:SSZ`. */
  startDateTime: z.string(),
  /** `YYYY-MM-DDTHH:MM:SSZ`. */
  endDateTime: z.string(),
  /** The certificate, base64 of its DER. */
  key: z.string(),
  keyId: z.string(),
  type: z.string(),
  usage: z.string(),
});
/** A key credential as the tenant keeps it: Graph's keyCredential resource, with the key that Graph never shows. */
export type KeyCredential = z.infer<typeof KEY_CREDENTIAL>;

const APP_ROLE = z.object({
  allowedMemberTypes: z.array(z.string()),
  description: z.string(),
  displayName: z.string(),
  id: z.string(),
  isEnabled: z.boolean(),
  value: z.string(),
});
/** An app role that a service principal publishes. */
export type AppRole = z.infer<typeof APP_ROLE>;

const SERVICE_PRINCIPAL = z.object({
  id: z.string(),
  appId: z.string(),
  displayName: z.string(),
  /** The tenant in which the application is registered. */
  appOwnerOrganizationId: z.string(),
  accountEnabled: z.boolean(),
  /** When it came into this tenant. A tenant of before has none. */
  createdDateTime: z.string().optional(),
  appRoleAssignmentRequired: z.boolean(),
  appRoles: z.array(APP_ROLE),
  servicePrincipalNames: z.array(z.string()),
  servicePrincipalType: z.string(),
  signInAudience: z.string(),
  tags: z.array(z.string()),
  keyCredentials: z.array(KEY_CREDENTIAL),
});
/** A service principal as the tenant keeps it, in Graph's property names. */
export type ServicePrincipal = z.infer<typeof SERVICE_PRINCIPAL>;

const DOMAIN = z.object({
  name: z.string(),
  isDefault: z.boolean(),
  isInitial: z.boolean(),
  isVerified: z.boolean(),
});
/** A domain name of the tenant. */
export type Domain = z.infer<typeof DOMAIN>;

export const TENANT_STATE = z.object({
  version: z.literal(1),
  tenantId: z.string(),
  displayName: z.string(),
  domains: z.array(DOMAIN),
  /** The application that may sign in; `objectId` is its service principal's. */
  client: z.object({ clientId: z.string(), clientSecret: z.string(), objectId: z.string() }),
  servicePrincipals: z.array(SERVICE_PRINCIPAL),
  /** The key credentials that each principal had before the last change, by object id: what a stale read answers. */
  formerKeyCredentials: z.record(z.string(), z.array(KEY_CREDENTIAL)),
  /** Whether the application has Domain.Read.All. */
  mayReadDomains: z.boolean(),
  /** Whether dates are answered with milliseconds. */
  milliseconds: z.boolean(),
  /** What may be added to principals. @default anything */
  defaultAppManagementPolicy: APP_MANAGEMENT_POLICY.optional(),
  faults: z.array(TENANT_FAULT),
});
/** Everything that the tenant remembers, as it lies in `entra.json`. */
export type TenantState = z.infer<typeof TENANT_STATE>;
