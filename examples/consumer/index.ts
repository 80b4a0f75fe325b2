import * as pulumi from "@pulumi/pulumi";
import { PushNotificationProxyingReference } from "pulumi-exchange-server";

const config = new pulumi.Config();
const exchange = new PushNotificationProxyingReference(config.require("exchangeStack"));

/** For a calendar or a monitor: when the organisation's auth certificate ends. */
export const certificateExpires = exchange.certificateNotAfter.apply((date) => date.slice(0, 10));
/** What a partner of the organisation needs to verify its tokens. */
export const certificatePem = exchange.certificatePem;
export const summary = pulumi.interpolate`${exchange.proxyOrganization} sends notifications to ${exchange.proxyUri}`;
/** What an upgrade plan starts from: the servers that Microsoft no longer supports, with their builds. */
export const serversToUpgrade = exchange.servers.apply((servers) =>
  servers
    .filter(({ product }) => product !== "Exchange Server Subscription Edition")
    .map(({ name, build }) => `${name} ${build}`),
);
/** Whether others than this stack depend on the certificate. */
export const isHybrid = exchange.hybrid.apply((hybrid) => hybrid !== "no");
