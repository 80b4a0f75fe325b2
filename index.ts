import * as pulumi from "@pulumi/pulumi";
import { PushNotificationProxying } from "pulumi-exchange-server";

const config = new pulumi.Config();

const proxying = new PushNotificationProxying("push-notifications", {
  tenantDomain: config.require("tenantDomain"),
  acknowledgeSharedServicePrincipal: true,
  // The generations of the auth certificate: [1] is the organisation's own, [1, 2] renews it (docs/rotation.md).
  certificateGenerations: config.getObject<number[]>("certificateGenerations"),
  rollover: { effectiveInDays: config.getNumber("effectiveInDays") },
  verifyTenantDomain: config.getBoolean("verifyTenantDomain"),
  // The restart is what lets Exchange know of the probe, and only a shell on that server can do it.
  probe: config.getBoolean("probe") ? { restartHealthService: true } : undefined,
});

export const certificateThumbprint = proxying.certificateThumbprint;
export const certificatePem = proxying.certificatePem;
export const certificateNotAfter = proxying.certificateNotAfter;
export const authServerName = proxying.authServerName;
export const authServerRealm = proxying.authServerRealm;
export const servicePrincipalObjectId = proxying.servicePrincipalObjectId;
export const keyCredentialId = proxying.keyCredentialId;
export const proxyOrganization = proxying.proxyOrganization;
export const proxyUri = proxying.proxyUri;
export const proxyEnabled = proxying.proxyEnabled;
export const proxyStateSource = proxying.proxyStateSource;
export const organizationId = proxying.organizationId;
export const servers = proxying.servers;
export const hybrid = proxying.hybrid;
export const partnerApplicationEnabled = proxying.partnerApplicationEnabled;
export const probeResult = proxying.probeResult;
