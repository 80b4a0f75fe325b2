import { type Build, parseAdminDisplayVersion } from "./builds";
import type { ExchangeClient } from "./client";
import { textOf, truthOf } from "./properties";

/** A server that holds the organisation's auth certificate: every one but Edge. */
export interface ExchangeServer {
  name: string;
  fqdn: string;
  /** The Active Directory domain that it is in. */
  domain: string;
  isMailbox: boolean;
  /** By AdminDisplayVersion, so the cumulative update alone; undefined where that could not be read. */
  build: Build | undefined;
}

/** `Get-ExchangeServer` without the Edge servers, sorted by name without regard to case. */
export async function getExchangeServers(client: ExchangeClient): Promise<ExchangeServer[]> {
  const { objects } = await client.run("Get-ExchangeServer", {}, "listing the Exchange servers");
  return objects
    .filter((object) => !truthOf(object, "IsEdgeServer"))
    .map((object) => ({
      name: textOf(object, "Name"),
      fqdn: textOf(object, "Fqdn"),
      domain: textOf(object, "Domain"),
      isMailbox: truthOf(object, "IsMailboxServer"),
      // ExchangeVersion, beside it, is the version of the directory object's schema.
      build: parseAdminDisplayVersion(object.AdminDisplayVersion),
    }))
    .sort((one, other) => (one.name.toLowerCase() < other.name.toLowerCase() ? -1 : 1));
}
