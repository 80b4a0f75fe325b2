import * as exchange from "pulumi-exchange-server";

// One object that the test names, only looked up.
const { kind, id }: { kind: Kind; id: string } = JSON.parse(process.env.DECLARED ?? "{}").lookedUp;
type Kind =
  | "ExchangeAuthServer"
  | "ExchangePrerequisites"
  | "OAuthCertificate"
  | "PartnerApplication"
  | "PushNotificationProxy";

const found = exchange[kind].get("looked-up", id);

export const name = "name" in found ? found.name : undefined;
