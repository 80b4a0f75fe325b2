import { COMMON_FIELDS, type Field, line, serverNames, truth } from "../check";

/** What each argument must be. */
export const FIELDS = {
  ...COMMON_FIELDS,
  server: line(255, "MBX1"),
  ignoreServers: serverNames,
  restartHealthService: { ...truth, default: false },
  required: { ...truth, default: false },
  triggers: {
    default: [],
    reason: (value) => (Array.isArray(value) ? undefined : 'it must be a list of any values, such as ["2026-11"]'),
  },
} satisfies Record<string, Field>;
