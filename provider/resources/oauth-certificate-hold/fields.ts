import { COMMON_FIELDS, type Field, serverNames, wholeNumber } from "../check";
import { MOST_CERTIFICATES } from "../oauth-certificate/identifiers";
import { FIELDS as ROLLOVER_FIELDS } from "../oauth-certificate-rollover/fields";

/** What each argument must be. */
export const FIELDS = {
  ...COMMON_FIELDS,
  generation: {
    ...wholeNumber(1, MOST_CERTIFICATES, "generation"),
    required: true,
    fixed: "declare another OAuthCertificateHold for it",
  },
  thumbprint: ROLLOVER_FIELDS.thumbprint,
  keyCredentialId: ROLLOVER_FIELDS.keyCredentialId,
  ignoreServers: serverNames,
} satisfies Record<string, Field>;
