import * as pulumi from "@pulumi/pulumi";
import type { Known } from "../exchange/properties";
import type { DeclaredOutputs, GivenOutputs } from "../resources/declared-outputs";
import { ExchangeAuthServer } from "../resources/exchange-auth-server/exchange-auth-server";
import { ExchangePrerequisites } from "../resources/exchange-prerequisites/exchange-prerequisites";
import type { CheckedServer } from "../resources/exchange-prerequisites/rules";
import { PartnerApplication } from "../resources/partner-application/partner-application";
import { PushNotificationProbe } from "../resources/push-notification-probe/push-notification-probe";
import { PushNotificationProxy } from "../resources/push-notification-proxy/push-notification-proxy";
import type { ProxyStateSource } from "../resources/push-notification-proxy/rules";
import { isOfType } from "../resources/resource-type";
import {
  currentCredential,
  declareCertificates,
  declareCredentials,
  declareHolds,
  declareRollover,
  requireRollover,
  type ShownGeneration,
  showGenerations,
  warnOfLaterGeneration,
} from "./certificate-generations";
import { checkArguments, type PushNotificationProxyingArgs, uriOf } from "./push-notification-proxying-arguments";
import { lookUpTenant } from "./tenant";

export type { PushNotificationProxyingArgs } from "./push-notification-proxying-arguments";

/**
 * Push-notification proxying of an on-premises Exchange organisation, in the order of Microsoft's article. The component
 * looks up the tenant and its Exchange Online, and checks every server's build. Then it deploys the auth certificate, the
 * auth server, the partner application, the key credential on the tenant's Exchange Online principal, the proxy, and the
 * probe if you declare it. Each step waits for the one before.
 *
 * @example
 * ```ts
 * const proxying = new PushNotificationProxying("push-notifications", {
 *   tenantDomain: "contoso.example",
 *   acknowledgeSharedServicePrincipal: true,
 * });
 * export const thumbprint = proxying.certificateThumbprint;
 * ```
 */
export class PushNotificationProxying extends pulumi.ComponentResource {
  /** The type by which Pulumi's engine, and its policies, know this class. */
  static readonly __pulumiType = "exchange:index:PushNotificationProxying";

  /** Whether a value is a PushNotificationProxying, made by any copy of this package. */
  static override isInstance(value: unknown): value is PushNotificationProxying {
    return isOfType(value, PushNotificationProxying.__pulumiType);
  }

  /** SHA-1 of the auth certificate, 40 upper-case hexadecimal digits. */
  declare readonly certificateThumbprint: pulumi.Output<string>;
  /** The public auth certificate as PEM. */
  declare readonly certificatePem: pulumi.Output<string>;
  /** When the auth certificate ends, `YYYY-MM-DDTHH:MM:SSZ`. */
  declare readonly certificateNotAfter: pulumi.Output<string>;
  /** The thumbprint that AuthConfig will switch to; empty when none is staged. */
  declare readonly certificateNextThumbprint: pulumi.Output<string>;
  /** When AuthConfig will switch, `YYYY-MM-DDTHH:MM:SSZ`; empty if none is staged, or the date is not shown. */
  declare readonly certificateNextEffectiveDate: pulumi.Output<string>;
  /** The generations that the program declares, the earliest first, and as what AuthConfig names each. */
  declare readonly certificateGenerations: pulumi.Output<ShownGeneration[]>;
  /** The name of the auth server; an adopted one keeps its own. */
  declare readonly authServerName: pulumi.Output<string>;
  /** The tenant's guid. */
  declare readonly authServerRealm: pulumi.Output<string>;
  /** The object id of the tenant's Exchange Online principal. */
  declare readonly servicePrincipalObjectId: pulumi.Output<string>;
  /** The id of the key credential that was added to it for the current certificate. */
  declare readonly keyCredentialId: pulumi.Output<string>;
  /** The organisation in Microsoft 365 for which the proxy is enabled. */
  declare readonly proxyOrganization: pulumi.Output<string>;
  /** Where notifications are sent. */
  declare readonly proxyUri: pulumi.Output<string>;
  /** Whether the proxy is enabled; the last known state if `proxyStateSource` is `last known`. */
  declare readonly proxyEnabled: pulumi.Output<boolean>;
  /**
   * The source of the proxy's outputs: `Get-PushNotificationApp`, or `last known` if this Exchange does not have that
   * cmdlet. They were then true when this stack wrote the proxy last, and drift cannot be detected.
   */
  declare readonly proxyStateSource: pulumi.Output<ProxyStateSource>;
  /** The Guid of AuthConfig. */
  declare readonly organizationId: pulumi.Output<string>;
  /** Every server of version 15 or later, except Edge and ignored servers, sorted by name, with its build. */
  declare readonly servers: pulumi.Output<CheckedServer[]>;
  /** Whether the hybrid wizard set the organisation up: `yes`, `no` or `unknown`. */
  declare readonly hybrid: pulumi.Output<Known>;
  /** Whether the organisation accepts tokens of Exchange Online. */
  declare readonly partnerApplicationEnabled: pulumi.Output<boolean>;
  /** The result of the probe, such as `Succeeded`; empty if no probe is declared. */
  declare readonly probeResult: pulumi.Output<string>;

  /** @throws pulumi.RunError at once, for an argument that is missing or wrong. */
  constructor(name: string, args: PushNotificationProxyingArgs, options?: pulumi.ComponentResourceOptions) {
    checkArguments(name, args);
    super(PushNotificationProxying.__pulumiType, name, {}, options);
    const { tenantDomain, authMetadataUrl, cloud } = args;
    const { expectedOrganizationId, domainController, timeoutSeconds, acknowledge, minimumBuild, ignoreServers } = args;
    const common = { expectedOrganizationId, domainController, timeoutSeconds, acknowledge };
    const { tenantId, verifyTenantDomain = false } = args;
    const tenant = lookUpTenant({ tenantId, tenantDomain, verifyTenantDomain }, this);

    const prerequisites = new ExchangePrerequisites(
      `${name}-prerequisites`,
      { ...common, minimumBuild, ignoreServers },
      { parent: this },
    );
    // Whatever is added to a deployed stack later must not be made in another organisation.
    const here = { ...common, expectedOrganizationId: prerequisites.organizationId };
    const generations = declareCertificates(name, args, here, {
      parent: this,
      after: tenant.ready.apply(() => prerequisites),
    });
    const [{ certificate }] = generations;
    const authServer = new ExchangeAuthServer(
      `${name}-auth-server`,
      { ...here, tenantId: tenant.tenantId, tenantDomain, authMetadataUrl, cloud, name: args.authServerName },
      { parent: this, dependsOn: certificate },
    );
    const partnerApplication = new PartnerApplication(`${name}-partner-application`, here, {
      parent: this,
      dependsOn: authServer,
    });
    const credentials = declareCredentials(name, generations, tenant.principal.id, {
      parent: this,
      dependsOn: partnerApplication,
    });
    const holds = declareHolds(name, args, here, generations, credentials, this);
    const rollover = declareRollover(name, args, here, generations, credentials, { parent: this, holds });
    if (rollover) requireRollover(generations, rollover, this);
    else certificate.supersededBy.apply((thumbprint) => warnOfLaterGeneration(thumbprint, this));
    const proxy = new PushNotificationProxy(
      `${name}-proxy`,
      { ...here, organization: tenantDomain, uri: uriOf(name, args), alwaysWrite: args.alwaysWriteProxy },
      { parent: this, dependsOn: credentials.map(({ credential }) => credential) },
    );
    const probe =
      args.probe &&
      new PushNotificationProbe(
        `${name}-probe`,
        { ...here, ignoreServers, ...args.probe },
        { parent: this, dependsOn: proxy },
      );

    const outputs: PushNotificationProxyingOutputs = {
      certificateThumbprint: rollover?.currentThumbprint ?? certificate.thumbprint,
      certificatePem: rollover?.currentCertificatePem ?? certificate.certificatePem,
      certificateNotAfter: rollover?.currentNotAfter ?? certificate.notAfter,
      certificateNextThumbprint:
        rollover?.nextThumbprint ?? certificate.nextThumbprint.apply((thumbprint) => thumbprint ?? ""),
      certificateNextEffectiveDate:
        rollover?.effectiveDate ?? certificate.nextEffectiveDate.apply((date) => date ?? ""),
      certificateGenerations: showGenerations(generations, rollover),
      authServerName: authServer.name,
      authServerRealm: authServer.realm,
      servicePrincipalObjectId: tenant.principal.objectId,
      keyCredentialId: currentCredential(credentials, rollover),
      proxyOrganization: proxy.organization,
      proxyUri: proxy.uri,
      proxyEnabled: proxy.enabled,
      proxyStateSource: proxy.stateSource,
      organizationId: certificate.organizationId,
      servers: prerequisites.servers,
      hybrid: prerequisites.hybrid,
      partnerApplicationEnabled: partnerApplication.enabled,
      probeResult: probe?.resultType ?? pulumi.output(""),
    };
    Object.assign(this, outputs);
    this.registerOutputs(outputs);
  }
}

/** What the class declares, by the same names: each is given to the program and to the engine. */
type PushNotificationProxyingOutputs = GivenOutputs<
  DeclaredOutputs<PushNotificationProxying, pulumi.ComponentResource>
>;
