import * as pulumi from "@pulumi/pulumi";
import { checkFields, type Failure, type Field, truth } from "../resources/check";
import type { ExchangeAuthServerArgs } from "../resources/exchange-auth-server/exchange-auth-server";
import { FIELDS as AUTH_SERVER_FIELDS } from "../resources/exchange-auth-server/fields";
import type { ExchangePrerequisitesArgs } from "../resources/exchange-prerequisites/exchange-prerequisites";
import { FIELDS as PREREQUISITES_FIELDS } from "../resources/exchange-prerequisites/fields";
import { acknowledgeReason, type ExchangeResourceArgs } from "../resources/exchange-resource";
import { FIELDS as CERTIFICATE_FIELDS } from "../resources/oauth-certificate/fields";
import type { OAuthCertificateArgs } from "../resources/oauth-certificate/oauth-certificate";
import { FIELDS as ROLLOVER_FIELDS } from "../resources/oauth-certificate-rollover/fields";
import type { OAuthCertificateRolloverArgs } from "../resources/oauth-certificate-rollover/oauth-certificate-rollover";
import { FIELDS as PROBE_FIELDS } from "../resources/push-notification-probe/fields";
import type { PushNotificationProbeArgs } from "../resources/push-notification-probe/push-notification-probe";
import { FIELDS as PROXY_FIELDS } from "../resources/push-notification-proxy/fields";
import type { PushNotificationProxyArgs } from "../resources/push-notification-proxy/push-notification-proxy";

/** What PushNotificationProxying needs to know; the rest are arguments of its children. */
export interface PushNotificationProxyingArgs
  extends ExchangeResourceArgs,
    Omit<OAuthCertificateArgs, keyof ExchangeResourceArgs | "generation">,
    Omit<ExchangePrerequisitesArgs, keyof ExchangeResourceArgs>,
    Pick<ExchangeAuthServerArgs, "authMetadataUrl" | "cloud"> {
  /**
   * A domain of the organisation in Microsoft 365, for the proxy and for the metadata URL of the auth server. A change
   * updates both.
   */
  tenantDomain: pulumi.Input<string>;
  /**
   * The tenant's guid. It must be the tenant that azuread is configured for, where the certificate is added. A change
   * replaces the auth server: the former one is deleted first.
   * @default the tenant that azuread is configured for
   */
  tenantId?: pulumi.Input<string | undefined>;
  /**
   * Must be true, to acknowledge that the certificate is added to the service principal of Exchange Online that
   * Microsoft's services share. The article does so, but Microsoft now advises against it (CVE-2025-53786). Destroy
   * removes it.
   */
  acknowledgeSharedServicePrincipal: true;
  /**
   * Whether to check with azuread first that `tenantDomain` is verified in the tenant, which needs the Graph role
   * Domain.Read.All. Never a diff: each preview and each update checks it.
   * @default false
   */
  verifyTenantDomain?: boolean | undefined;
  /**
   * Where notifications are sent, https. Required if `cloud` is not `worldwide`: the default is for the worldwide cloud.
   * A change updates the proxy.
   * @default "https://outlook.office365.com/PushNotifications"
   */
  uri?: pulumi.Input<string | undefined>;
  /**
   * Whether each `up` writes the proxy if no cmdlet shows it: `alwaysWrite` of PushNotificationProxy. Each preview and
   * each refresh then shows an update.
   * @default false
   */
  alwaysWriteProxy?: pulumi.Input<boolean | undefined>;
  /**
   * The generations of the auth certificate that are to be there: one number, or two in rising order, each 1 to 64. `[1]`
   * is the certificate that the organisation has. To renew it, declare `[1, 2]`: generation 2 is created, copied to every
   * server, added to the tenant, and staged as AuthConfig's next one. A day after it has become current, declare `[2]`: the
   * former one is removed. See docs/rotation.md.
   * @default [1]
   */
  certificateGenerations?: number[] | undefined;
  /**
   * When a later generation becomes current: `effectiveInDays` is the number of days from the staging, 2 to 1800, or 0 for
   * at once.
   * @default { effectiveInDays: 30 }
   */
  rollover?: Pick<OAuthCertificateRolloverArgs, "effectiveInDays"> | undefined;
  /**
   * Verifies the proxy at the end with Exchange's own probe; `{}` for its defaults. The default of its `ignoreServers` is
   * the component's. A change runs the probe again.
   * @default no probe runs
   */
  probe?: Omit<PushNotificationProbeArgs, keyof ExchangeResourceArgs> | undefined;
  /**
   * The name of a new auth server. Never a diff.
   * @default "MicrosoftSts"
   */
  authServerName?: pulumi.Input<string | undefined>;
}

const ACKNOWLEDGEMENT: Field = {
  required: true,
  reason: (value) =>
    value === true
      ? undefined
      : "it must be true, to acknowledge that the certificate is added to the service principal of Exchange " +
        "Online that Microsoft's services share; since CVE-2025-53786 Microsoft recommends a dedicated " +
        "hybrid application of the tenant instead (https://aka.ms/ExchangeHybridApp)",
};

/** From the warning of its end, 60 days before that, a certificate is to be renewed with the default of 30 days. */
const LEAST_DAYS_AS_CURRENT = 60;

// The generation is the component's to say.
const { generation: _number, ...MAKING_FIELDS } = CERTIFICATE_FIELDS;

// The children's own rules, so that a wrong argument stops the program before anything is registered.
const FIELDS: Record<string, Field> = {
  tenantDomain: PROXY_FIELDS.organization,
  tenantId: { ...AUTH_SERVER_FIELDS.tenantId, required: false },
  authMetadataUrl: AUTH_SERVER_FIELDS.authMetadataUrl,
  cloud: AUTH_SERVER_FIELDS.cloud,
  authServerName: AUTH_SERVER_FIELDS.name,
  ...MAKING_FIELDS,
  minimumBuild: PREREQUISITES_FIELDS.minimumBuild,
  ignoreServers: PREREQUISITES_FIELDS.ignoreServers,
  acknowledge: { reason: acknowledgeReason },
  verifyTenantDomain: truth,
  uri: PROXY_FIELDS.uri,
  probe: { reason: probeReason },
  alwaysWriteProxy: PROXY_FIELDS.alwaysWrite,
  certificateGenerations: { reason: generationsReason },
  rollover: {
    reason: (rollover) => reasonIn({ effectiveInDays: ROLLOVER_FIELDS.effectiveInDays }, "rollover", rollover),
  },
};

/** The certificates of a program: one, or two while one takes the other's place. */
function generationsReason(value: unknown): string | undefined {
  const isGeneration = (one: unknown) => CERTIFICATE_FIELDS.generation.reason(one) === undefined;
  const isRight =
    Array.isArray(value) &&
    (value.length === 1 || value.length === 2) &&
    value.every(isGeneration) &&
    (value.length === 1 || value[0] < value[1]);
  return isRight ? undefined : "it must be one generation from 1 to 64, or two in rising order, such as [1] or [1, 2]";
}

/**
 * What is plain text by now is checked by now; what is an output is checked by the resource that takes it.
 * @throws pulumi.RunError naming every argument that is missing or wrong.
 */
export function checkArguments(name: string, args: PushNotificationProxyingArgs): void {
  const fields = { ...plainly(FIELDS), acknowledgeSharedServicePrincipal: ACKNOWLEDGEMENT };
  const { failures } = checkFields(fields, args as unknown as Record<string, unknown>);
  if (isPlain(args.cloud)) failures.push(...cloudFailures(args));
  if (failures.length === 0) failures.push(...lifetimeFailures(args));
  if (failures.length === 0) return;
  const reasons = failures.map(({ property, reason }) => `${property}: ${reason}`);
  throw new pulumi.RunError(`PushNotificationProxying "${name}": ${reasons.join("; ")}.`);
}

function probeReason(probe: unknown): string | undefined {
  return reasonIn(PROBE_FIELDS, "probe", probe);
}

function reasonIn(fields: Record<string, Field>, what: string, args: unknown): string | undefined {
  if (typeof args !== "object" || args === null) return `it must be the ${what}'s arguments, or {} for its defaults`;
  const { failures } = checkFields(plainly(fields), args as Record<string, unknown>);
  return failures.length === 0
    ? undefined
    : failures.map(({ property, reason }) => `${property}: ${reason}`).join("; ");
}

/** The same rules, for what is plain text by now. */
function plainly(fields: Record<string, Field>): Record<string, Field> {
  const entries = Object.entries(fields).map(([property, field]): [string, Field] => [
    property,
    { ...field, reason: (value) => (isPlain(value) ? field.reason(value) : undefined) },
  ]);
  return Object.fromEntries(entries);
}

function isPlain(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isPlain);
  return !pulumi.Output.isInstance(value) && !(value instanceof Promise);
}

/** The default URI is the worldwide cloud's, and nobody else's tenant answers there. */
function cloudFailures({ cloud, uri }: { cloud?: unknown; uri?: unknown }): Failure[] {
  if (uri !== undefined || cloud === undefined || cloud === "worldwide") return [];
  const reason = `it is required when \`cloud\` is ${cloud}: the default, ${PROXY_FIELDS.uri.default}, is for the worldwide cloud`;
  return [{ property: "uri", reason }];
}

/** A later generation is valid from its creation on, and becomes current only days after that. */
function lifetimeFailures(args: PushNotificationProxyingArgs): Failure[] {
  const { lifetimeDays, certificateGenerations = [1], rollover } = args;
  const effectiveInDays = rollover?.effectiveInDays ?? ROLLOVER_FIELDS.effectiveInDays.default;
  const isRenewed = (certificateGenerations.at(-1) ?? 1) > 1;
  if (!isRenewed || typeof lifetimeDays !== "number" || typeof effectiveInDays !== "number") return [];
  if (lifetimeDays - effectiveInDays >= LEAST_DAYS_AS_CURRENT) return [];
  const reason =
    `${lifetimeDays} is too few for a certificate that becomes current ${effectiveInDays} days after it is created: it must ` +
    `be at least ${LEAST_DAYS_AS_CURRENT} days more than \`rollover.effectiveInDays\``;
  return [{ property: "lifetimeDays", reason }];
}

/** The proxy's URI; where it or the cloud is not known yet, the same failure comes when both are. */
export function uriOf(name: string, { cloud, uri }: PushNotificationProxyingArgs): PushNotificationProxyArgs["uri"] {
  if (isPlain(cloud) && isPlain(uri)) return uri;
  return pulumi.all([cloud, uri]).apply(([knownCloud, knownUri]) => {
    const [failure] = cloudFailures({ cloud: knownCloud, uri: knownUri });
    if (failure) throw new pulumi.RunError(`PushNotificationProxying "${name}": uri: ${failure.reason}.`);
    return knownUri;
  });
}
