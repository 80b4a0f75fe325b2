import * as pulumi from "@pulumi/pulumi";
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
  // `alone`: the names that children had on their own, by type, as docs/renaming.md shows it.
  const { name, aliases = [], alone = {} } = component;
  const transformations: pulumi.ResourceTransformation[] = [
    ({ type, props, opts }) => {
      const former = alone[type];
      if (former === undefined) return undefined;
      const alias = { name: former, parent: pulumi.rootStackResource };
      return { props, opts: pulumi.mergeOptions(opts, { aliases: [alias] }) };
    },
  ];
  new PushNotificationProxying(
    name,
    { tenantDomain: "contoso.example", acknowledgeSharedServicePrincipal: true },
    { aliases, transformations },
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
