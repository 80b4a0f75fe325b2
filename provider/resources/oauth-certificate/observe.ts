import { ExchangeError, Unauthorised } from "../../errors";
import { lastChange, namedCertificates } from "../../exchange/auth-config";
import { getHybridApplications } from "../../exchange/auth-servers";
import { getCertificates } from "../../exchange/certificates";
import type { ExchangeClient } from "../../exchange/client";
import { getHybrid } from "../../exchange/hybrid";
import { isOfOneServer } from "../../exchange/one-server";
import type { Organization } from "../../exchange/organization";
import { type ExchangeServer, type ExchangeServers, getExchangeServers } from "../../exchange/servers";
import type { FollowUpFacts } from "./follow-up";
import { certificatesSeen, type Named, type OrganisationFacts, type ServerFacts, serversListing } from "./rules";

/** What was seen, and the servers by which it was seen. */
export interface Observation {
  facts: OrganisationFacts;
  servers: ExchangeServers;
}

/**
 * Looks at what AuthConfig names and at the certificates of every server that counts. A server that cannot be asked is a
 * fact.
 * @throws what concerns the session or the organisation: no server's state says that.
 */
export async function observe(
  { client, organizationId, now, authConfig }: Organization,
  ignoreServers: string[],
): Promise<Observation> {
  const named = { ...namedCertificates(authConfig), now };
  const servers = await getExchangeServers(client, ignoreServers);
  const facts: OrganisationFacts = {
    organizationId,
    ...named,
    changedAt: lastChange(authConfig),
    ourNow: new Date(),
    servers: await listed(client, servers.counted, named, false),
  };
  // A valid certificate that only an ignored server holds is not gone: nothing is written there, but it is looked at.
  const isLost = facts.current !== "" && serversListing(facts, facts.current).length === 0;
  const ignored = isLost ? await listed(client, servers.ignored, named, true) : [];
  return { servers, facts: { ...facts, ignored } };
}

/** @param needNotAnswer whether even a right that none of these servers grants is only their own state. */
async function listed(
  client: ExchangeClient,
  servers: ExchangeServer[],
  named: Named,
  needNotAnswer: boolean,
): Promise<ServerFacts[]> {
  const facts: ServerFacts[] = [];
  const refusals: Unauthorised[] = [];
  for (const { name, build } of servers) {
    const rest = build ? {} : { versionUnknown: true };
    try {
      const certificates = certificatesSeen(await getCertificates(client, name), named);
      facts.push({ name, certificates, ...rest });
    } catch (error) {
      // A list cannot miss anything, so whatever Exchange says of it means that the server could not be asked
      // (microsoft/CSS-Exchange decides so too).
      if (error instanceof Unauthorised) refusals.push(error);
      else if (!isOfOneServer(error)) throw error;
      facts.push({ name, certificates: { unreachable: error.answer }, ...rest });
    }
  }
  // A right that one server grants is no right that the account lacks.
  const isGranted = facts.some(({ certificates }) => Array.isArray(certificates));
  if (refusals[0] && !isGranted && !needNotAnswer) throw refusals[0];
  return facts;
}

/** Looks at what the steps depend on. The certificate is named by now: what cannot be seen is unknown, never a failure. */
export async function lookAtFollowUp(client: ExchangeClient, servers: { fqdn: string }[]): Promise<FollowUpFacts> {
  return {
    servers: servers.map(({ fqdn }) => fqdn),
    hybrid: await seen(getHybrid(client), "unknown"),
    applications: await seen(getHybridApplications(client), []),
  };
}

async function seen<T>(look: Promise<T>, unseen: T): Promise<T> {
  try {
    return await look;
  } catch (error) {
    if (!(error instanceof ExchangeError)) throw error;
    return unseen;
  }
}
