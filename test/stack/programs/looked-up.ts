import {
  ExchangeAuthServer,
  ExchangePrerequisites,
  OAuthCertificate,
  PartnerApplication,
  PushNotificationProxy,
} from "pulumi-exchange-server";

const KINDS = {
  ExchangeAuthServer,
  ExchangePrerequisites,
  OAuthCertificate,
  PartnerApplication,
  PushNotificationProxy,
};

// One object that the test names, only looked up.
const { kind, id }: { kind: keyof typeof KINDS; id: string } = JSON.parse(process.env.DECLARED ?? "{}").lookedUp;

const found = KINDS[kind].get("looked-up", id);

export const name = "name" in found ? found.name : undefined;
