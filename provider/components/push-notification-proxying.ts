import * as azuread from "@pulumi/azuread";
import * as pulumi from "@pulumi/pulumi";
import { checkFields, type Field } from "../resources/check";
import {
  ExchangeAuthServer,
  type ExchangeAuthServerArgs,
} from "../resources/exchange-auth-server/exchange-auth-server";
import { FIELDS as AUTH_SERVER_FIELDS } from "../resources/exchange-auth-server/fields";
import type { ExchangeResourceArgs } from "../resources/exchange-resource";
import { FIELDS as CERTIFICATE_FIELDS } from "../resources/oauth-certificate/fields";
import { OAuthCertificate, type OAuthCertificateArgs } from "../resources/oauth-certificate/oauth-certificate";
import { FIELDS as PROXY_FIELDS } from "../resources/push-notification-proxy/fields";
import {
  PushNotificationProxy,
  type PushNotificationProxyArgs,
} from "../resources/push-notification-proxy/push-notification-proxy";

/** The application id of Exchange Online, the same in every tenant. */
export const EXCHANGE_ONLINE = "00000002-0000-0ff1-ce00-000000000000";

/** What {@link PushNotificationProxying} needs to know; the rest are arguments of its children. */
export interface PushNotificationProxyingArgs
  extends ExchangeResourceArgs,
    Omit<OAuthCertificateArgs, keyof ExchangeResourceArgs>,
    Pick<ExchangeAuthServerArgs, "authMetadataUrl" | "cloud">,
    Pick<PushNotificationProxyArgs, "uri"> {
  /** A domain of the organisation in Microsoft 365: the proxy's organisation, and where the metadata URL comes from. */
  tenantDomain: pulumi.Input<string>;
  /**
   * The tenant's guid.
   * @default the tenant that azuread is configured for
   */
  tenantId?: pulumi.Input<string>;
  /**
   * Must be true: the certificate is added to the service principal of Exchange Online that all of Microsoft's services
   * share, as the article does and as Microsoft now advises against (CVE-2025-53786). It is removed by destroy.
   */
  acknowledgeSharedServicePrincipal: true;
  /**
   * The name of the auth server, if one has to be made.
   * @default "MicrosoftSts"
   */
  authServerName?: pulumi.Input<string>;
}

/**
 * Push-notification proxying of an on-premises Exchange organisation, in the order of Microsoft's article: the auth
 * certificate, the auth server, the certificate on the tenant's Exchange Online principal, the proxy.
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
  /** SHA-1 of the auth certificate, 40 upper-case hexadecimal digits. */
  readonly certificateThumbprint: pulumi.Output<string>;
  /** The public auth certificate as PEM. */
  readonly certificatePem: pulumi.Output<string>;
  /** `YYYY-MM-DDTHH:MM:SSZ`. */
  readonly certificateNotAfter: pulumi.Output<string>;
  readonly authServerName: pulumi.Output<string>;
  /** The tenant's guid. */
  readonly authServerRealm: pulumi.Output<string>;
  /** The object id of the tenant's Exchange Online principal. */
  readonly servicePrincipalObjectId: pulumi.Output<string>;
  /** The id of the key credential that was added to it. */
  readonly keyCredentialId: pulumi.Output<string>;
  readonly proxyOrganization: pulumi.Output<string>;
  readonly proxyUri: pulumi.Output<string>;
  readonly proxyEnabled: pulumi.Output<boolean>;
  /** The Guid of AuthConfig. */
  readonly organizationId: pulumi.Output<string>;

  /** @throws pulumi.RunError at once, for an argument that is missing or wrong. */
  constructor(name: string, args: PushNotificationProxyingArgs, options?: pulumi.ComponentResourceOptions) {
    checkArguments(name, args);
    super("exchange:index:PushNotificationProxying", name, {}, options);
    const { tenantDomain, domainName, subjectName, friendlyName, keySize, authMetadataUrl, cloud, uri } = args;
    const common = { domainController: args.domainController, timeoutSeconds: args.timeoutSeconds };
    const tenantId = args.tenantId ?? azuread.getClientConfigOutput({ parent: this }).tenantId;
    const principal = azuread.getServicePrincipalOutput({ clientId: EXCHANGE_ONLINE }, { parent: this });

    const certificate = new OAuthCertificate(
      `${name}-certificate`,
      { ...common, domainName, subjectName, friendlyName, keySize },
      { parent: this },
    );
    const authServer = new ExchangeAuthServer(
      `${name}-auth-server`,
      { ...common, tenantId, tenantDomain, authMetadataUrl, cloud, name: args.authServerName },
      { parent: this, dependsOn: certificate },
    );
    // Dates are left out: with dates given, a tenant that answers milliseconds makes every preview a replacement.
    const credential = new azuread.ServicePrincipalCertificate(
      `${name}-key-credential`,
      { servicePrincipalId: principal.id, type: "AsymmetricX509Cert", value: certificate.certificatePem },
      { parent: this, dependsOn: authServer },
    );
    const proxy = new PushNotificationProxy(
      `${name}-proxy`,
      { ...common, organization: tenantDomain, uri },
      { parent: this, dependsOn: credential },
    );

    this.certificateThumbprint = certificate.thumbprint;
    this.certificatePem = certificate.certificatePem;
    this.certificateNotAfter = certificate.notAfter;
    this.authServerName = authServer.name;
    this.authServerRealm = authServer.realm;
    this.servicePrincipalObjectId = principal.objectId;
    this.keyCredentialId = credential.keyId;
    this.proxyOrganization = proxy.organization;
    this.proxyUri = proxy.uri;
    this.proxyEnabled = proxy.enabled;
    this.organizationId = certificate.organizationId;
    this.registerOutputs({
      certificateThumbprint: this.certificateThumbprint,
      certificatePem: this.certificatePem,
      certificateNotAfter: this.certificateNotAfter,
      authServerName: this.authServerName,
      authServerRealm: this.authServerRealm,
      servicePrincipalObjectId: this.servicePrincipalObjectId,
      keyCredentialId: this.keyCredentialId,
      proxyOrganization: this.proxyOrganization,
      proxyUri: this.proxyUri,
      proxyEnabled: this.proxyEnabled,
      organizationId: this.organizationId,
    });
  }
}

const ACKNOWLEDGEMENT: Field = {
  required: true,
  fault: (value) =>
    value === true
      ? undefined
      : "it must be true: the certificate is added to the service principal of Exchange Online that Microsoft's services " +
        "share, which Microsoft advises against (CVE-2025-53786, https://aka.ms/ExchangeHybridApp)",
};

// The children's own rules, so that a wrong argument stops the program before anything is registered.
const FIELDS: Record<string, Field> = {
  tenantDomain: PROXY_FIELDS.organization,
  tenantId: { ...AUTH_SERVER_FIELDS.tenantId, required: false },
  authMetadataUrl: AUTH_SERVER_FIELDS.authMetadataUrl,
  cloud: AUTH_SERVER_FIELDS.cloud,
  authServerName: AUTH_SERVER_FIELDS.name,
  ...CERTIFICATE_FIELDS,
  uri: PROXY_FIELDS.uri,
};

/** What is plain text by now is checked by now; what is an output is checked by the resource that takes it. */
function checkArguments(name: string, args: PushNotificationProxyingArgs): void {
  const plainFields = Object.entries(FIELDS).map(([property, field]) => [property, plain(field)]);
  const fields = { ...Object.fromEntries(plainFields), acknowledgeSharedServicePrincipal: ACKNOWLEDGEMENT };
  const { failures } = checkFields(fields, args as unknown as Record<string, unknown>);
  if (failures.length === 0) return;
  const reasons = failures.map(({ property, reason }) => `${property}: ${reason}`);
  throw new pulumi.RunError(`PushNotificationProxying "${name}": ${reasons.join("; ")}.`);
}

function plain(field: Field): Field {
  const waits = (value: unknown) => pulumi.Output.isInstance(value) || value instanceof Promise;
  return { ...field, fault: (value) => (waits(value) ? undefined : field.fault(value)) };
}
