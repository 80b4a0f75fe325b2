import { COMMON_FIELDS, domain, type Field, guid, httpsUrl, line, oneOf, truth } from "../check";

/** What the arguments of an ExchangeAuthServer must be. */
export const FIELDS = {
  ...COMMON_FIELDS,
  tenantId: { ...guid, required: true },
  tenantDomain: domain("contoso.example"),
  authMetadataUrl: httpsUrl("https://accounts.accesscontrol.windows.net/metadata/json/1/?realm=contoso.example"),
  cloud: { ...oneOf("worldwide", "usGovernment"), default: "worldwide" },
  enabled: { ...truth, default: true },
  name: { ...line(64, "MicrosoftSts"), default: "MicrosoftSts" },
} satisfies Record<string, Field>;
