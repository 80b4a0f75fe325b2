import * as azuread from "@pulumi/azuread";
import * as pulumi from "@pulumi/pulumi";
import { PushNotificationProxying } from "pulumi-exchange-server";

const config = new pulumi.Config();
const { tenantId } = azuread.getClientConfigOutput();

const proxying = new PushNotificationProxying("push-notifications", {
  tenantDomain: config.require("tenantDomain"),
  acknowledgeSharedServicePrincipal: true,
  // The wizard's own form of the URL, so that the auth server which it made is adopted as it is.
  authMetadataUrl: pulumi.interpolate`https://accounts.accesscontrol.windows.net/${tenantId}/metadata/json/1`,
  acknowledge: ["hybrid"],
});

/** The wizard's name for the auth server, which it keeps. */
export const authServerName = proxying.authServerName;
/** The certificate that the organisation had before, and has still. */
export const certificateThumbprint = proxying.certificateThumbprint;
export const hybrid = proxying.hybrid;
export const partnerApplicationEnabled = proxying.partnerApplicationEnabled;
export const proxyEnabled = proxying.proxyEnabled;
