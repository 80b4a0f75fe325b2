import * as pulumi from "@pulumi/pulumi";
import { PushNotificationProxying } from "pulumi-exchange-server";

const config = new pulumi.Config();

const proxying = new PushNotificationProxying("push-notifications", {
  tenantDomain: config.require("tenantDomain"),
  acknowledgeSharedServicePrincipal: true,
  certificateGenerations: config.requireObject<number[]>("certificateGenerations"),
  rollover: { effectiveInDays: config.getNumber("effectiveInDays") },
  lifetimeDays: config.getNumber("lifetimeDays"),
  acknowledge: ["retiredClients"],
});

/** The generations that the program declares: the end of each, and as what AuthConfig names it. */
export const certificateGenerations = proxying.certificateGenerations;
/** The certificate that signs now. */
export const certificateThumbprint = proxying.certificateThumbprint;
export const certificateNotAfter = proxying.certificateNotAfter;
/** When Exchange makes the next one current; empty where none is staged. */
export const certificateNextEffectiveDate = proxying.certificateNextEffectiveDate;
