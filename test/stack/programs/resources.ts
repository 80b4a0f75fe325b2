import {
  ExchangeAuthServer,
  ExchangePrerequisites,
  OAuthCertificate,
  OAuthCertificateHold,
  OAuthCertificateRollover,
  PartnerApplication,
  PushNotificationProbe,
  PushNotificationProxy,
} from "pulumi-exchange-server";

// What the test declares, by kind; a kind that is not there is not declared.
const declared = JSON.parse(process.env.DECLARED ?? "{}");

if (declared.prerequisites) new ExchangePrerequisites("prerequisites", declared.prerequisites);
const certificate = declared.certificate && new OAuthCertificate("certificate", declared.certificate);
const later =
  declared.laterCertificate &&
  new OAuthCertificate("certificate-2", declared.laterCertificate, { dependsOn: certificate });
if (declared.hold) new OAuthCertificateHold("hold", { thumbprint: later.thumbprint, ...declared.hold });
if (declared.rollover) {
  new OAuthCertificateRollover("rollover", {
    thumbprint: later.thumbprint,
    formerThumbprint: certificate.thumbprint,
    ...declared.rollover,
  });
}
if (declared.authServer) new ExchangeAuthServer("auth-server", declared.authServer);
if (declared.partnerApplication) new PartnerApplication("partner-application", declared.partnerApplication);
const proxy = declared.proxy && new PushNotificationProxy("proxy", declared.proxy);
if (declared.probe) new PushNotificationProbe("probe", declared.probe, { dependsOn: proxy ? [proxy] : [] });
