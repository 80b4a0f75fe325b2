import { PushNotificationProxying } from "pulumi-exchange-server";

// The component with the arguments that the test says, beside the two that it must have.
const declared = JSON.parse(process.env.DECLARED ?? "{}");

const proxying = new PushNotificationProxying("push-notifications", {
  tenantDomain: "contoso.example",
  acknowledgeSharedServicePrincipal: true,
  ...declared.component,
});

export const { servers, hybrid, partnerApplicationEnabled, probeResult } = proxying;
