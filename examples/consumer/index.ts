import * as pulumi from "@pulumi/pulumi";
import { PushNotificationProxyingReference } from "pulumi-exchange-server";

const config = new pulumi.Config();
const exchange = new PushNotificationProxyingReference(config.require("exchangeStack"));

/** A calendar or a monitor can take this: the day on which the organisation's auth certificate ends. */
export const certificateExpires = exchange.certificateNotAfter.apply((date) => date.slice(0, 10));
/** What a partner of the organisation needs to check its tokens. */
export const certificatePem = exchange.certificatePem;
export const summary = pulumi.interpolate`${exchange.proxyOrganization} sends notifications to ${exchange.proxyUri}`;
