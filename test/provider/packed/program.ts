// A user's program, compiled against the packed package alone. It never runs.
import * as pulumi from "@pulumi/pulumi";
import {
  type AuthServerValues,
  type BuildState,
  type CertificatePresence,
  type CertificateRole,
  type CertificateServer,
  type CheckedServer,
  type Cloud,
  ExchangeAuthServer,
  type ExchangeAuthServerArgs,
  ExchangePrerequisites,
  type ExchangePrerequisitesArgs,
  type ExchangeProduct,
  ExchangeProvider,
  type ExchangeProviderArgs,
  type ExchangeResource,
  type ExchangeResourceArgs,
  type Known,
  OAuthCertificate,
  type OAuthCertificateArgs,
  OAuthCertificateHold,
  type OAuthCertificateHoldArgs,
  OAuthCertificateRollover,
  type OAuthCertificateRolloverArgs,
  PartnerApplication,
  type PartnerApplicationArgs,
  type PartnerApplicationValues,
  type Provenance,
  PushNotificationProbe,
  type PushNotificationProbeArgs,
  PushNotificationProxy,
  type PushNotificationProxyArgs,
  PushNotificationProxying,
  type PushNotificationProxyingArgs,
  PushNotificationProxyingReference,
  type PushNotificationProxyValues,
  type ShownGeneration,
  type Warning,
  type WarningName,
  type WrittenProxyValues,
} from "pulumi-exchange-server";
import { PROTOCOL_VERSION, type Reply } from "pulumi-exchange-server/protocol";
import { OAuthCertificate as handler } from "pulumi-exchange-server/provider";

/** The optional arguments of a class that refuse an undefined value. */
type Refusing<Args> = {
  [Name in keyof Args]-?: object extends Pick<Args, Name>
    ? undefined extends Required<Args>[Name]
      ? never
      : Name
    : never;
}[keyof Args];
type NoneRefuses<Args> = Refusing<Args> extends never ? true : Refusing<Args>;

export const undefinedIsTaken: [
  NoneRefuses<ExchangeAuthServerArgs>,
  NoneRefuses<ExchangePrerequisitesArgs>,
  NoneRefuses<ExchangeProviderArgs>,
  NoneRefuses<ExchangeResourceArgs>,
  NoneRefuses<OAuthCertificateArgs>,
  NoneRefuses<OAuthCertificateHoldArgs>,
  NoneRefuses<OAuthCertificateRolloverArgs>,
  NoneRefuses<PartnerApplicationArgs>,
  NoneRefuses<PushNotificationProbeArgs>,
  NoneRefuses<PushNotificationProxyArgs>,
  NoneRefuses<PushNotificationProxyingArgs>,
] = [true, true, true, true, true, true, true, true, true, true, true];

const config = new pulumi.Config();
const domainController = config.get("domainController");

const provider = new ExchangeProvider("berlin", {
  connection: "process",
  command: ["far-end"],
  timeoutSeconds: config.getNumber("timeoutSeconds"),
  password: config.getSecret("password"),
});
const prerequisites = new ExchangePrerequisites("prerequisites", { domainController }, { provider });
const certificate = new OAuthCertificate("auth", { keySize: 4096, domainController }, { dependsOn: prerequisites });
// @ts-expect-error Exchange is asked for keys of 2048 or 4096 bits alone.
export const odd = new OAuthCertificate("odd", { keySize: 1024 });
const tenantId = "11111111-2222-3333-4444-555555555555";
const cloud: Cloud = "worldwide";
const later = new OAuthCertificate("auth-2", { generation: 2 }, { dependsOn: certificate });
const rollover = new OAuthCertificateRollover("rollover", {
  generation: 2,
  thumbprint: later.thumbprint,
  formerThumbprint: certificate.thumbprint,
  keyCredentialId: "1",
});
export const hold = new OAuthCertificateHold("hold", {
  generation: 2,
  thumbprint: later.thumbprint,
  keyCredentialId: "1",
});
export const role: pulumi.Output<CertificateRole> = rollover.state;
export const authServer = new ExchangeAuthServer("sts", { tenantId, cloud });
export const partnerApplication = new PartnerApplication("exchange-online");
const proxy = new PushNotificationProxy("proxy", { organization: "contoso.example" });
export const probe = new PushNotificationProbe("probe", { triggers: [certificate.thumbprint] }, { dependsOn: proxy });
export const proxying = new PushNotificationProxying("push-notifications", {
  tenantDomain: config.require("tenantDomain"),
  tenantId: config.get("tenantId"),
  acknowledgeSharedServicePrincipal: true,
  acknowledge: ["retiredClients"] satisfies WarningName[],
  probe: config.getBoolean("probe") ? {} : undefined,
});
export const reference = new PushNotificationProxyingReference("organization/exchange/production");

export const generations: pulumi.Output<ShownGeneration[]> = proxying.certificateGenerations;
export const servers: pulumi.Output<CertificateServer[]> = certificate.servers;
export const checked: pulumi.Output<CheckedServer[]> = prerequisites.servers;
export const build: pulumi.Output<BuildState | undefined> = checked.apply((list) => list[0]?.state);
export const presence: pulumi.Output<CertificatePresence | undefined> = servers.apply((list) => list[0]?.state);
export const product: pulumi.Output<ExchangeProduct | "" | undefined> = checked.apply((list) => list[0]?.product);
export const hybrid: pulumi.Output<Known> = proxying.hybrid;
export const authServerValues: pulumi.Output<AuthServerValues | undefined> = authServer.adopted;
export const applicationValues: pulumi.Output<PartnerApplicationValues | undefined> = partnerApplication.adopted;
export const proxyValues: pulumi.Output<PushNotificationProxyValues | undefined> = proxy.adopted;
export const written: pulumi.Output<WrittenProxyValues | undefined> = proxy.written;
export const resources: ExchangeResource[] = [certificate, proxy];
export const provenance: pulumi.Output<Provenance> = certificate.provenance;
export const warnings: pulumi.Output<Warning[]> = certificate.warnings;
export const reply: Reply | undefined = undefined;
export const version: number = PROTOCOL_VERSION;
export const lifecycle: pulumi.dynamic.ResourceProvider = handler;
