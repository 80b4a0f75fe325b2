import { COMMON_FIELDS, type Field, line, serverNames, wholeNumber } from "../check";
import { MOST_CERTIFICATES } from "../oauth-certificate/identifiers";

/** A month: time for every server, for whatever else trusts the organisation, and to think again. */
const EFFECTIVE_IN_DAYS = 30;
const MOST_DAYS = 1800;

const thumbprint: Field = {
  required: true,
  reason: (value) =>
    typeof value === "string" && /^[0-9A-F]{40}$/i.test(value)
      ? undefined
      : "it must be a thumbprint of 40 hexadecimal digits: the output `thumbprint` of an OAuthCertificate",
};

/** What each argument must be. */
export const FIELDS = {
  ...COMMON_FIELDS,
  generation: { ...wholeNumber(2, MOST_CERTIFICATES, "generation"), required: true },
  thumbprint,
  formerThumbprint: { ...thumbprint, required: false },
  keyCredentialId: { ...line(256, "55555555-6666-7777-8888-999999999999"), required: true },
  effectiveInDays: {
    default: EFFECTIVE_IN_DAYS,
    reason: (value) =>
      value === 0 || wholeNumber(2, MOST_DAYS, "days").reason(value) === undefined
        ? undefined
        : `it must be 0, for at once, or a whole number of days from 2 to ${MOST_DAYS}`,
  },
  ignoreServers: serverNames,
} satisfies Record<string, Field>;
