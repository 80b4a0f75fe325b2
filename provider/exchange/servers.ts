import type { ExchangeClient } from "./client";
import { textOf, truthOf } from "./properties";

/** A server that holds the organisation's auth certificate: every one but Edge. */
export interface ExchangeServer {
  name: string;
  fqdn: string;
  /** The Active Directory domain that it is in. */
  domain: string;
}

/** `Get-ExchangeServer` without the Edge servers, sorted by name. */
export async function getExchangeServers(client: ExchangeClient): Promise<ExchangeServer[]> {
  const { objects } = await client.run("Get-ExchangeServer", {}, "listing the Exchange servers");
  return objects
    .filter((object) => !truthOf(object, "IsEdgeServer"))
    .map((object) => ({
      name: textOf(object, "Name"),
      fqdn: textOf(object, "Fqdn"),
      domain: textOf(object, "Domain"),
    }))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}
