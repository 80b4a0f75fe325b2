import { ConnectionLost, ExchangeError, NotOnServer } from "../../errors";
import { type Copies, copyCertificate, newCertificate } from "../../exchange/certificates";
import type { ExchangeClient } from "../../exchange/client";
import { newMachineCertificate } from "../../exchange/server-commands";
import type { StoredCertificate } from "../../exchange/stored-certificate";
import { noServer } from "./failures";
import type { Observation } from "./observe";
import type { OAuthCertificateInputs } from "./outputs";
import { exportingServers, serversWhere } from "./rules";

/**
 * Makes a certificate as the program wants it, on the first server that answers.
 * @throws NotOnServer where it is to have a lifetime of its own, and our shell runs on none of them.
 */
export async function make(
  client: ExchangeClient,
  inputs: OAuthCertificateInputs,
  { facts, servers }: Observation,
  subjectKeyIdentifier: string,
): Promise<StoredCertificate> {
  const { subjectName, friendlyName, keySize, lifetimeDays } = inputs;
  const requestFor = (domain: string) => {
    const domainName = inputs.domainName ?? domain;
    return { domainName, subjectName, friendlyName, keySize, subjectKeyIdentifier };
  };
  const answers = (name: string) => facts.servers.some((one) => one.name === name && Array.isArray(one.certificates));
  const [server, ...others] = servers.counted.filter(({ name }) => answers(name));
  if (!server) throw noServer(servers);
  if (lifetimeDays === undefined) return newCertificate(client, server.name, requestFor(server.domain));
  // Only one of them can be the one that our shell runs on.
  let notThere: unknown;
  for (const { fqdn, domain } of [server, ...others]) {
    try {
      return await newMachineCertificate(client, fqdn, { ...requestFor(domain), lifetimeDays });
    } catch (error) {
      if (!(error instanceof NotOnServer)) throw error;
      notThere ??= error;
    }
  }
  throw notThere;
}

/** Copies a certificate to the servers that lack it. */
export async function distribute(
  client: ExchangeClient,
  { facts, servers }: Observation,
  thumbprint: string,
): Promise<Copies> {
  const missing = serversWhere(facts, thumbprint, "missing");
  if (missing.length === 0) return { refusals: [], failures: [] };
  const holders = exportingServers(facts, thumbprint);
  const from = servers.counted.filter(({ name }) => holders.includes(name));
  return copyCertificate(client, thumbprint, from, missing);
}

/** Copies where a certificate serves as it is, so that nothing which a copy comes to is a reason to fail. */
export async function copyIfAllowed(
  client: ExchangeClient,
  observation: Observation,
  thumbprint: string,
): Promise<Copies> {
  try {
    return await distribute(client, observation, thumbprint);
  } catch (error) {
    if (!(error instanceof ExchangeError) || error instanceof ConnectionLost) throw error;
    const missing = serversWhere(observation.facts, thumbprint, "missing");
    return { refusals: [], failures: missing.map((server) => ({ server, error })) };
  }
}
