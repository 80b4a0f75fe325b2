import { ConnectionLost, ExchangeError } from "../../errors";
import { type Copies, copyCertificate, newCertificate, type StoredCertificate } from "../../exchange/certificates";
import type { ExchangeClient } from "../../exchange/client";
import { noServer } from "./failures";
import type { Observation } from "./observe";
import type { OAuthCertificateInputs } from "./outputs";
import { exportingServers, serversWhere } from "./rules";

/** Makes a certificate as the program wants it, on the first server that answers. */
export async function make(
  client: ExchangeClient,
  inputs: OAuthCertificateInputs,
  { facts, servers }: Observation,
  subjectKeyIdentifier: string,
): Promise<StoredCertificate> {
  const answers = (name: string) => facts.servers.some((one) => one.name === name && Array.isArray(one.certificates));
  const server = servers.counted.find(({ name }) => answers(name));
  if (!server) throw noServer(servers);
  const { subjectName, friendlyName, keySize } = inputs;
  const domainName = inputs.domainName ?? server.domain;
  return newCertificate(client, server.name, { domainName, subjectName, friendlyName, keySize, subjectKeyIdentifier });
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
