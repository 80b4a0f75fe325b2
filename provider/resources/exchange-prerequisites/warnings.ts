import type { Known } from "../../exchange/properties";
import type { Warning } from "../outputs";
import { blockingSubscriptionEdition, type CheckedServer, pastEndOfSupport } from "./rules";

/** Where builds are listed and downloaded. */
export const BUILDS_LINK = "https://learn.microsoft.com/exchange/new-features/build-numbers-and-release-dates";

/**
 * What is to be said of an organisation.
 * @param servers every server of version 15 or later, except Edge and ignored servers.
 * @param now the far end's clock.
 */
export function organisationWarnings(
  servers: CheckedServer[],
  minimumBuild: string,
  hybrid: Known,
  now: Date,
): Warning[] {
  const unknown = servers.filter(({ state }) => state === "unknown");
  const old = pastEndOfSupport(servers, now);
  const blocking = blockingSubscriptionEdition(servers);
  return [
    ...(unknown.length > 0 ? [unknownBuilds(unknown, minimumBuild)] : []),
    ...(hybrid === "yes" ? [HYBRID] : []),
    ...(old.length > 0 ? [endOfSupport(old)] : []),
    ...(blocking.length > 0 ? [coexistence(blocking)] : []),
  ];
}

const HYBRID: Warning = {
  name: "hybrid",
  text:
    "The hybrid wizard set this organisation up: free/busy, mailbox moves and archives sign with the same auth " +
    "certificate. A valid one is never replaced here; hybrid features themselves should use the dedicated hybrid " +
    "application (CVE-2025-53786).",
  link: "https://learn.microsoft.com/exchange/hybrid-deployment/deploy-dedicated-hybrid-app",
};

function unknownBuilds(servers: CheckedServer[], minimumBuild: string): Warning {
  return {
    name: "unknownBuilds",
    text:
      `Whether ${named(servers)} is at ${minimumBuild} or later is not known: AdminDisplayVersion shows no security ` +
      "updates. Read the version of ExSetup.exe there, or connect to that server itself.",
    link: BUILDS_LINK,
  };
}

function endOfSupport(servers: CheckedServer[]): Warning {
  return {
    name: "endOfSupport",
    text: `Microsoft no longer supports ${named(servers)}: only Exchange Server Subscription Edition gets security updates.`,
    link: "https://learn.microsoft.com/exchange/plan-and-deploy/supportability-matrix",
  };
}

function coexistence(servers: CheckedServer[]): Warning {
  return {
    name: "coexistence",
    text:
      "Cumulative update 2 of Exchange Server Subscription Edition, expected in the first half of 2027, will refuse to be " +
      `installed in an organisation that still has ${named(servers)}.`,
    link: "https://learn.microsoft.com/exchange/plan-and-deploy/supportability-matrix",
  };
}

function named(servers: CheckedServer[]): string {
  return servers
    .map(
      ({ name, product, build }) => `${name} (${[product, build].filter(Boolean).join(", ") || "no build is shown"})`,
    )
    .join(", ");
}
