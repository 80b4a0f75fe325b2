/**
 * Push-notification proxying of an on-premises Exchange organisation, as Pulumi resources.
 *
 * @packageDocumentation
 */
export {
  PushNotificationProxying,
  type PushNotificationProxyingArgs,
} from "./components/push-notification-proxying";
export { PushNotificationProxyingReference } from "./components/push-notification-proxying-reference";
export {
  ExchangeAuthServer,
  type ExchangeAuthServerArgs,
} from "./resources/exchange-auth-server/exchange-auth-server";
export { ExchangeProvider, type ExchangeProviderArgs } from "./resources/exchange-provider";
export type { ExchangeResource, ExchangeResourceArgs } from "./resources/exchange-resource";
export { OAuthCertificate, type OAuthCertificateArgs } from "./resources/oauth-certificate/oauth-certificate";
export type { CertificateServer } from "./resources/oauth-certificate/outputs";
export type { Provenance, Warning } from "./resources/outputs";
export {
  PushNotificationProxy,
  type PushNotificationProxyArgs,
} from "./resources/push-notification-proxy/push-notification-proxy";
