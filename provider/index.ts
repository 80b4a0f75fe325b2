/**
 * Push-notification proxying of an on-premises Exchange organisation, as Pulumi resources.
 *
 * @packageDocumentation
 */
import "./node-version";

export type { ShownGeneration } from "./components/certificate-generations";
export {
  PushNotificationProxying,
  type PushNotificationProxyingArgs,
} from "./components/push-notification-proxying";
export { PushNotificationProxyingReference } from "./components/push-notification-proxying-reference";
export type { AuthServerValues } from "./exchange/auth-servers";
export type { Product as ExchangeProduct } from "./exchange/builds";
export type { PartnerApplicationValues } from "./exchange/partner-applications";
export type { Known } from "./exchange/properties";
export {
  ExchangeAuthServer,
  type ExchangeAuthServerArgs,
} from "./resources/exchange-auth-server/exchange-auth-server";
export type { Cloud } from "./resources/exchange-auth-server/metadata-url";
export {
  ExchangePrerequisites,
  type ExchangePrerequisitesArgs,
} from "./resources/exchange-prerequisites/exchange-prerequisites";
export type { BuildState, CheckedServer } from "./resources/exchange-prerequisites/rules";
export { ExchangeProvider, type ExchangeProviderArgs } from "./resources/exchange-provider";
export type { ExchangeResource, ExchangeResourceArgs } from "./resources/exchange-resource";
export { OAuthCertificate, type OAuthCertificateArgs } from "./resources/oauth-certificate/oauth-certificate";
export type { CertificateServer } from "./resources/oauth-certificate/outputs";
export type { Presence as CertificatePresence } from "./resources/oauth-certificate/rules";
export {
  OAuthCertificateHold,
  type OAuthCertificateHoldArgs,
} from "./resources/oauth-certificate-hold/oauth-certificate-hold";
export {
  OAuthCertificateRollover,
  type OAuthCertificateRolloverArgs,
} from "./resources/oauth-certificate-rollover/oauth-certificate-rollover";
export type { CertificateRole } from "./resources/oauth-certificate-rollover/rules";
export type { Provenance, Warning, WarningName } from "./resources/outputs";
export {
  PartnerApplication,
  type PartnerApplicationArgs,
} from "./resources/partner-application/partner-application";
export {
  PushNotificationProbe,
  type PushNotificationProbeArgs,
} from "./resources/push-notification-probe/push-notification-probe";
export {
  PushNotificationProxy,
  type PushNotificationProxyArgs,
} from "./resources/push-notification-proxy/push-notification-proxy";
export type {
  ProxyStateSource,
  ProxyValues as PushNotificationProxyValues,
  WrittenValues as WrittenProxyValues,
} from "./resources/push-notification-proxy/rules";
