import { type AppManagementPolicy, DEFAULT_POLICY_ID } from "./app-management-policy";
import { GraphError } from "./errors";
import type { KeyCredential, ServicePrincipal } from "./state";

const DAY_MILLISECONDS = 86_400_000;

/**
 * Checks the credentials that a PATCH adds; those that were there are not looked at again.
 *
 * Source: tenantAppManagementPolicy, keyCredentialConfiguration and "Application management policies" in the Microsoft Graph
 * reference. That a credential's lifetime is the time between its two dates is a guess.
 * @throws GraphError 400
 */
export function requirePermitted(
  policy: AppManagementPolicy | undefined,
  { createdDateTime }: Pick<ServicePrincipal, "createdDateTime">,
  added: KeyCredential[],
): void {
  if (!policy?.isEnabled) return;
  for (const each of policy.servicePrincipalRestrictions.keyCredentials) {
    const { state, restrictForAppsCreatedAfterDateTime: from } = each;
    if (state === "disabled" || (from && createdDateTime && Date.parse(createdDateTime) <= Date.parse(from))) continue;
    if (each.restrictionType === "asymmetricKeyLifetime") {
      if (added.some((credential) => lifetimeOf(credential) > milliseconds(each.maxLifetime))) throw tooLong();
    } else if (added.length > 0) {
      // The tenant trusts no authority, so that no certificate comes from one, self-signed or not.
      throw notTrusted();
    }
  }
}

const lifetimeOf = ({ startDateTime, endDateTime }: KeyCredential) =>
  Date.parse(endDateTime) - Date.parse(startDateTime);

const milliseconds = (duration: string) => Number(/\d+/.exec(duration)?.[0]) * DAY_MILLISECONDS;

/**
 * Source: the answer to addPassword as published in issue 10998 of OfficeDev/microsoft-365-agents-toolkit, and in azuread's
 * output in issue 681 of microsoft/PubSec-Info-Assistant. That a key credential is answered alike is likely: a
 * certificate is refused with the default policy's id (michev.info, "Additional Azure AD app management policy controls").
 */
function tooLong(): GraphError {
  const message = `Credential lifetime exceeds the max value allowed as per assigned policy '${DEFAULT_POLICY_ID}'.`;
  return new GraphError(400, "CredentialInvalidLifetimeAsPerAppPolicy", message);
}

/** A guess: no such answer is published. Code and message are those with which Graph refuses a client secret. */
function notTrusted(): GraphError {
  const message = `Credential type not allowed as per assigned policy '${DEFAULT_POLICY_ID}'.`;
  return new GraphError(400, "CredentialTypeNotAllowedAsPerAppPolicy", message);
}
