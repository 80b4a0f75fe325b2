import { type Build, parseAdminDisplayVersion } from "./builds";
import type { ExchangeClient } from "./client";
import { ShownObject, textOf } from "./properties";

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
  const source = { cmdlet: "Get-ExchangeServer", doing: "listing the Exchange servers" };
  const { objects } = await client.run(source.cmdlet, {}, source.doing);
  return objects
    .map((object) => ({ object, shown: new ShownObject(object, source) }))
    .filter(({ shown }) => !shown.truth("IsEdgeServer"))
    .map(({ object, shown }) => ({
      name: shown.setText("Name"),
      fqdn: shown.setText("Fqdn"),
      domain: textOf(object, "Domain"),
      isMailbox: object.IsMailboxServer === true,
      // ExchangeVersion, beside it, is the version of the directory object's schema.
      build: parseAdminDisplayVersion(object.AdminDisplayVersion),
    }))
    .sort((one, other) => (one.name.toLowerCase() < other.name.toLowerCase() ? -1 : 1));
}
