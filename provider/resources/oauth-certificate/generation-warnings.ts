import type { StoredCertificate } from "../../exchange/stored-certificate";
import type { Warning } from "../outputs";
import { byReason, MISSING_ON_SERVERS, ROTATION_LINK, type ServerReason, withoutStop } from "./warnings";

const DAY = 24 * 60 * 60 * 1000;

/**
 * A generation that is not current yet is missing on servers, and could not be copied there: a warning a reason.
 * @param reasons why, by server, each without its final full stop.
 */
export function notEverywhereWarnings(generation: number, thumbprint: string, reasons: ServerReason[]): Warning[] {
  return byReason(reasons).map(({ servers, reason }) => ({
    name: MISSING_ON_SERVERS,
    text:
      `Generation ${generation}'s certificate ${thumbprint} is missing on ${servers.join(", ")}, and cannot be copied: ` +
      `${withoutStop(reason)}. AuthConfig does not name it before every server has it; the next \`pulumi up\` tries again.`,
    link: ROTATION_LINK,
  }));
}

/** azuread shows only what the tenant answers where its policy refuses a key credential. */
export const TENANT_MAY_REFUSE =
  "If the tenant refuses its key credential by its app management policy, there are two ways out: where " +
  "asymmetricKeyLifetime refuses it, declare another generation with a shorter `lifetimeDays`; or, also where " +
  "trustedCertificateAuthority refuses it, exempt the service principal from the policy (docs/rotation.md).";

/** For how many days a certificate is valid. */
export function daysOf({ notBefore, notAfter }: StoredCertificate): number {
  return Math.round((notAfter.getTime() - notBefore.getTime()) / DAY);
}

/**
 * A generation that only waits for its key credential, which an update would have added before AuthConfig names it.
 * @param lifetimeDays what the program says of one that is created; undefined where it says nothing.
 */
export function untoldWarning(
  generation: number,
  certificate: StoredCertificate,
  lifetimeDays: number | undefined,
): Warning {
  const days = daysOf(certificate);
  const longer =
    lifetimeDays !== undefined && days > lifetimeDays + 1
      ? `\`lifetimeDays\`, which is ${lifetimeDays}, counts for what is created from now on. `
      : "";
  return {
    name: "rollover",
    text:
      `Generation ${generation}'s certificate ${certificate.thumbprint} is on every server, and AuthConfig does not name it ` +
      `yet. The next \`pulumi up\` adds its key credential, if it is missing, and continues. The certificate is valid for ` +
      `${days} days. ${longer}${TENANT_MAY_REFUSE}`,
    link: ROTATION_LINK,
  };
}
