import {
  ExchangeAuthServer,
  OAuthCertificate,
  PartnerApplication,
  PushNotificationProxy,
  PushNotificationProxying,
} from "pulumi-exchange-server";

// What the test declares, under the names that it says; a kind that is not there is not declared.
const { component, certificate, authServer, partnerApplication, proxy } = JSON.parse(
  process.env.DECLARED ?? "{}",
).arranged;

if (component) {
  const { name, aliases = [] } = component;
  new PushNotificationProxying(
    name,
    { tenantDomain: "contoso.example", acknowledgeSharedServicePrincipal: true },
    { aliases },
  );
}
const kinds = [
  [OAuthCertificate, certificate],
  [ExchangeAuthServer, authServer],
  [PartnerApplication, partnerApplication],
  [PushNotificationProxy, proxy],
] as const;
for (const [Kind, declared] of kinds) {
  if (declared) new Kind(declared.name, declared.arguments ?? {}, { aliases: declared.aliases ?? [] });
}
