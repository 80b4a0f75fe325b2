import { namedCertificates } from "../../exchange/auth-config";
import { getCertificates } from "../../exchange/certificates";
import type { ExchangeClient } from "../../exchange/client";
import { CmdletFailed, ExchangeError, ServerUnreachable, TimedOut } from "../../exchange/errors";
import { requireOrganization } from "../../exchange/exchange";
import { type ExchangeServer, getExchangeServers } from "../../exchange/servers";
import { certificatesSeen, type Named, type OrganisationFacts, type ServerFacts } from "./rules";

/** What was seen, and the servers by which it was seen. */
export interface Observation {
  facts: OrganisationFacts;
  servers: ExchangeServer[];
}

/**
 * Looks at AuthConfig and at the certificates of every server but Edge. A server that cannot be asked is a fact.
 * @param organizationId the organisation in the state; undefined where nothing is in it yet.
 */
export async function observe(client: ExchangeClient, organizationId: string | undefined): Promise<Observation> {
  const config = await requireOrganization(client, organizationId);
  const named = { ...namedCertificates(config), now: config.now };
  const servers = await getExchangeServers(client);
  const certificates: ServerFacts[] = [];
  for (const { name } of servers) {
    certificates.push({ name, certificates: await certificatesOf(client, name, named) });
  }
  return {
    servers,
    facts: {
      organizationId: config.guid,
      ...named,
      ourNow: new Date(),
      servers: certificates,
    },
  };
}

async function certificatesOf(
  client: ExchangeClient,
  server: string,
  named: Named,
): Promise<ServerFacts["certificates"]> {
  try {
    return certificatesSeen(await getCertificates(client, server), named);
  } catch (error) {
    // A list cannot miss anything, so whatever else Exchange says of it means that the server could not be asked
    // (microsoft/CSS-Exchange decides so too). A refused right or a lost connection is no fact about a server.
    const couldNotBeAsked = [ServerUnreachable, TimedOut, CmdletFailed].some((kind) => error instanceof kind);
    if (couldNotBeAsked && error instanceof ExchangeError) return { unreachable: error.answer };
    throw error;
  }
}
