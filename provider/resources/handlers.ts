import type { dynamic } from "@pulumi/pulumi";
import type { ExchangeConnection } from "../configuration/exchange-connection";
import { lifecycle as exchangeAuthServer } from "./exchange-auth-server/lifecycle";
import { lifecycle as exchangePrerequisites } from "./exchange-prerequisites/lifecycle";
import { handlerOf } from "./handler";
import { lifecycle as oAuthCertificate } from "./oauth-certificate/lifecycle";
import { lifecycle as oAuthCertificateHold } from "./oauth-certificate-hold/lifecycle";
import { lifecycle as oAuthCertificateRollover } from "./oauth-certificate-rollover/lifecycle";
import { lifecycle as partnerApplication } from "./partner-application/lifecycle";
import { lifecycle as pushNotificationProbe } from "./push-notification-probe/lifecycle";
import { lifecycle as pushNotificationProxy } from "./push-notification-proxy/lifecycle";

/** The handlers of all kinds of resources, by the names in the provider text, over one connection. */
export function handlersOver(connection: Pick<ExchangeConnection, "configure" | "failures" | "exchange">) {
  const declared = new Set<string>();
  return {
    OAuthCertificate: handlerOf(oAuthCertificate, connection, declared),
    OAuthCertificateHold: handlerOf(oAuthCertificateHold, connection, declared),
    OAuthCertificateRollover: handlerOf(oAuthCertificateRollover, connection, declared),
    ExchangeAuthServer: handlerOf(exchangeAuthServer, connection),
    PushNotificationProxy: handlerOf(pushNotificationProxy, connection),
    ExchangePrerequisites: handlerOf(exchangePrerequisites, connection),
    PartnerApplication: handlerOf(partnerApplication, connection),
    PushNotificationProbe: handlerOf(pushNotificationProbe, connection),
  } satisfies Record<string, dynamic.ResourceProvider>;
}
