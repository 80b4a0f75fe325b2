import { type Build, parseAdminDisplayVersion } from "./builds";
import type { ExchangeClient } from "./client";
import { ShownObject, sameText, textOf } from "./properties";

/** One server of the organisation. */
export interface ExchangeServer {
  name: string;
  fqdn: string;
  /** The Active Directory domain that it is in. */
  domain: string;
  isMailbox: boolean;
  /** By AdminDisplayVersion, so the cumulative update alone; undefined where that could not be read. */
  build: Build | undefined;
}

/** The organisation's servers, each list sorted by name without regard to case. */
export interface ExchangeServers {
  /** Those that hold the auth certificate: version 15 or later, or one that cannot be read; not Edge, not ignored. */
  counted: ExchangeServer[];
  /** Those that would count, had the program not named them. */
  ignored: ExchangeServer[];
  /** Names that the program ignores and no server has, Edge and older ones included. */
  unmatched: string[];
}

// Exchange Server 2013, the first with OAuth. Setup puts the auth certificate on no older one.
const FIRST_MAJOR = 15;

/**
 * `Get-ExchangeServer`, and which of them count: one rule for every resource.
 * @param ignoreServers names or full names, without regard to case.
 */
export async function getExchangeServers(client: ExchangeClient, ignoreServers: string[]): Promise<ExchangeServers> {
  const source = { cmdlet: "Get-ExchangeServer", doing: "listing the Exchange servers" };
  const { objects } = await client.run(source.cmdlet, {}, source.doing);
  const all = objects
    .map((object) => ({ object, shown: new ShownObject(object, source) }))
    .map(({ object, shown }) => ({
      name: shown.setText("Name"),
      fqdn: shown.setText("Fqdn"),
      domain: textOf(object, "Domain"),
      isMailbox: object.IsMailboxServer === true,
      // ExchangeVersion, beside it, is the version of the directory object's schema.
      build: parseAdminDisplayVersion(object.AdminDisplayVersion),
      isEdge: shown.truth("IsEdgeServer"),
    }))
    .sort((one, other) => (one.name.toLowerCase() < other.name.toLowerCase() ? -1 : 1));
  const isIgnored = (server: ExchangeServer) => ignoreServers.some((ignored) => isNamed(server, ignored));
  const able = all
    .filter(({ isEdge, build }) => !isEdge && (build === undefined || build[0] >= FIRST_MAJOR))
    .map(({ isEdge: _, ...server }) => server);
  return {
    counted: able.filter((server) => !isIgnored(server)),
    ignored: able.filter(isIgnored),
    unmatched: ignoreServers.filter((ignored) => !all.some((server) => isNamed(server, ignored))),
  };
}

/** Whether a name or full name is this server's. */
export function isNamed({ name, fqdn }: Pick<ExchangeServer, "name" | "fqdn">, wanted: string): boolean {
  return sameText(name, wanted) || sameText(fqdn, wanted);
}
