import { COMMON_FIELDS, guid, truth } from "../check";

/** The application id of Exchange Online, the same in every tenant. */
export const EXCHANGE_ONLINE = "00000002-0000-0ff1-ce00-000000000000";

/** What each argument must be. */
export const FIELDS = {
  ...COMMON_FIELDS,
  applicationIdentifier: { ...guid, default: EXCHANGE_ONLINE },
  enabled: { ...truth, default: true },
};
