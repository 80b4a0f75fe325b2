import { COMMON_FIELDS, domain, type Field, httpsUrl, truth } from "../check";

const DEFAULT_URI = "https://outlook.office365.com/PushNotifications";

/** What the arguments of a PushNotificationProxy must be. */
export const FIELDS = {
  ...COMMON_FIELDS,
  organization: { ...domain("contoso.example"), required: true },
  uri: { ...httpsUrl(DEFAULT_URI), default: DEFAULT_URI },
  alwaysWrite: truth,
} satisfies Record<string, Field>;
