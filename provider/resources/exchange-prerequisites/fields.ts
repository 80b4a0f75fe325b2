import { parseBuild } from "../../exchange/builds";
import { COMMON_FIELDS, type Field, serverNames } from "../check";

/** Cumulative update 3 of Exchange Server 2013, which the article asks for. */
export const MINIMUM_BUILD = "15.0.775.38";

/** What each argument must be. */
export const FIELDS = {
  ...COMMON_FIELDS,
  minimumBuild: {
    default: MINIMUM_BUILD,
    reason: (value) =>
      typeof value === "string" && parseBuild(value)
        ? undefined
        : `it must be a build of four numbers, such as ${MINIMUM_BUILD}`,
  },
  ignoreServers: serverNames,
} satisfies Record<string, Field>;
