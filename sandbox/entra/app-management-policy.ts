import { z } from "zod";
import { DATE } from "../shared/schema";

const restriction = {
  state: z.enum(["enabled", "disabled"]),
  /** Principals that are older are left alone. @default none is */
  restrictForAppsCreatedAfterDateTime: DATE.optional(),
};

const KEY_CREDENTIAL_RESTRICTION = z.discriminatedUnion(
  "restrictionType",
  [
    z.strictObject({
      restrictionType: z.literal("asymmetricKeyLifetime"),
      ...restriction,
      /** The longest lifetime that a key credential may have. Of the durations of ISO 8601 those in days alone. */
      maxLifetime: z.string().regex(/^P\d+D$/, "a duration in days such as P365D"),
    }),
    z.strictObject({ restrictionType: z.literal("trustedCertificateAuthority"), ...restriction }),
  ],
  "asymmetricKeyLifetime or trustedCertificateAuthority",
);

/**
 * The tenant's default policy for the credentials of its principals, in the names of Graph's tenantAppManagementPolicy,
 * restricted to what concerns a key credential of a service principal. The tenant has no policy that is assigned to a
 * single principal: an exemption is the policy without the restriction.
 */
export const APP_MANAGEMENT_POLICY = z.strictObject({
  isEnabled: z.boolean(),
  servicePrincipalRestrictions: z.strictObject({ keyCredentials: z.array(KEY_CREDENTIAL_RESTRICTION) }),
});
export type AppManagementPolicy = z.infer<typeof APP_MANAGEMENT_POLICY>;

/** The id by which refusals name the policy. Made up: each tenant has its own. */
export const DEFAULT_POLICY_ID = "3b7d5e90-8c1f-4e26-a4d7-60f2b9c81e35";
