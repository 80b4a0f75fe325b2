/**
 * What the provider text in a stack's state loads, in Pulumi's process of dynamic providers:
 * `exports.handler=()=>require("pulumi-exchange-server/provider").<Name>;`. The names are state format, kept for ever
 * (docs/decisions/001-constant-provider-text.md).
 */

import "./node-version";

import type { dynamic } from "@pulumi/pulumi";
import { lifecycle as exchangeAuthServer } from "./resources/exchange-auth-server/lifecycle";
import { lifecycle as exchangePrerequisites } from "./resources/exchange-prerequisites/lifecycle";
import { handlerOf } from "./resources/lifecycle";
import { lifecycle as oAuthCertificate } from "./resources/oauth-certificate/lifecycle";
import { lifecycle as partnerApplication } from "./resources/partner-application/lifecycle";
import { lifecycle as pushNotificationProbe } from "./resources/push-notification-probe/lifecycle";
import { lifecycle as pushNotificationProxy } from "./resources/push-notification-proxy/lifecycle";

export const OAuthCertificate: dynamic.ResourceProvider = handlerOf(oAuthCertificate);
export const ExchangeAuthServer: dynamic.ResourceProvider = handlerOf(exchangeAuthServer);
export const PushNotificationProxy: dynamic.ResourceProvider = handlerOf(pushNotificationProxy);
export const ExchangePrerequisites: dynamic.ResourceProvider = handlerOf(exchangePrerequisites);
export const PartnerApplication: dynamic.ResourceProvider = handlerOf(partnerApplication);
export const PushNotificationProbe: dynamic.ResourceProvider = handlerOf(pushNotificationProbe);
