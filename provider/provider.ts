/**
 * What the provider text in a stack's state loads, in Pulumi's process of dynamic providers:
 * `exports.handler=()=>require("pulumi-exchange-server/provider").<Name>;`. The names are state format, kept for ever
 * (docs/decisions/001-constant-provider-text.md).
 */

import "./node-version";

import type { dynamic } from "@pulumi/pulumi";
import { ExchangeConnection } from "./configuration/exchange-connection";
import { handlersOver } from "./resources/handlers";

const handlers = handlersOver(new ExchangeConnection());

export const OAuthCertificate: dynamic.ResourceProvider = handlers.OAuthCertificate;
export const OAuthCertificateHold: dynamic.ResourceProvider = handlers.OAuthCertificateHold;
export const OAuthCertificateRollover: dynamic.ResourceProvider = handlers.OAuthCertificateRollover;
export const ExchangeAuthServer: dynamic.ResourceProvider = handlers.ExchangeAuthServer;
export const PushNotificationProxy: dynamic.ResourceProvider = handlers.PushNotificationProxy;
export const ExchangePrerequisites: dynamic.ResourceProvider = handlers.ExchangePrerequisites;
export const PartnerApplication: dynamic.ResourceProvider = handlers.PartnerApplication;
export const PushNotificationProbe: dynamic.ResourceProvider = handlers.PushNotificationProbe;
