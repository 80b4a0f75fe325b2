import { randomBytes } from "node:crypto";
import { NotOnServer, Unauthorised } from "../errors";
import { Secret } from "../powershell/protocol";
import { type CertificateRequest, madeCertificate } from "./certificate-request";
import type { ExchangeClient } from "./client";
import { exportedFile } from "./exported-file";
import { isOfOneServer, type ServerFailure } from "./one-server";
import { exportMachineCertificate } from "./server-commands";
import { readCertificate, type StoredCertificate } from "./stored-certificate";

/** What one server's store lists. */
export interface CertificateList {
  certificates: StoredCertificate[];
  /** Thumbprints of the entries that cannot be read; empty where not even that can be seen. */
  unreadable: string[];
}

/** `Get-ExchangeCertificate -Server`: all certificates of one server, those that cannot be read by their thumbprints. */
export async function getCertificates(client: ExchangeClient, server: string): Promise<CertificateList> {
  const { objects } = await client.run(
    "Get-ExchangeCertificate",
    { Server: server },
    `listing the certificates of server ${server}`,
  );
  const entries = objects.map(readCertificate);
  return {
    certificates: entries.filter((entry) => typeof entry !== "string"),
    unreadable: entries.filter((entry) => typeof entry === "string"),
  };
}

/**
 * `New-ExchangeCertificate`: makes a self-signed certificate on one server, good for five years.
 * Only the service Federation is asked for: the default services would replace the default SMTP certificate.
 */
export async function newCertificate(
  client: ExchangeClient,
  server: string,
  request: CertificateRequest,
): Promise<StoredCertificate> {
  const doing = `creating the certificate with SubjectKeyIdentifier ${request.subjectKeyIdentifier} on server ${server}`;
  const cmdlet = "New-ExchangeCertificate";
  const parameters = {
    FriendlyName: request.friendlyName,
    SubjectName: request.subjectName,
    DomainName: [request.domainName],
    Services: "Federation",
    KeySize: request.keySize,
    PrivateKeyExportable: true,
    SubjectKeyIdentifier: request.subjectKeyIdentifier,
    Server: server,
    Confirm: false,
  };
  return madeCertificate(request, { cmdlet, doing }, () => client.run(cmdlet, parameters, doing));
}

/** What came of copying a certificate. */
export interface Copies {
  /** Why the key was not had from each server that holds it; empty where it was had. Nothing was changed then. */
  refusals: ServerFailure[];
  /** The servers that did not take it; all others have it. */
  failures: ServerFailure[];
}

/**
 * Copies a certificate with its key to servers that lack it: `Export-ExchangeCertificate` to PKCS#12 under a random
 * password that lives in memory for this call, then `Import-ExchangeCertificate` with an exportable key. Since the
 * October 2025 update Exchange exports no certificate that AuthConfig names: where no server exports it and our shell is
 * on one that holds it, that machine's store does.
 * @param from servers that hold it, asked one after the other until one gives it.
 * @param to servers that lack it, each tried whatever the others answer.
 */
export async function copyCertificate(
  client: ExchangeClient,
  thumbprint: string,
  from: { name: string; fqdn: string }[],
  to: string[],
): Promise<Copies> {
  const password = new Secret(randomBytes(32).toString("base64"));
  const { done: file, failures: refusals } = await firstOf(from, [
    ({ name }) => exportCertificate(client, thumbprint, name, password),
    ({ fqdn }) => exportMachineCertificate(client, fqdn, thumbprint, password),
  ]);
  if (!file) return { refusals, failures: [] };
  const failures: ServerFailure[] = [];
  for (const server of to) {
    const { failure } = await attempt(server, () => importCertificate(client, thumbprint, file, password, server));
    if (failure) failures.push(failure);
  }
  return { refusals: [], failures };
}

/** The first way that gives something, each tried with every server before the next one is. */
async function firstOf<T>(
  servers: { name: string; fqdn: string }[],
  ways: ((server: { name: string; fqdn: string }) => Promise<T>)[],
): Promise<{ done?: T; failures: ServerFailure[] }> {
  const failures: ServerFailure[] = [];
  for (const way of ways) {
    for (const server of servers) {
      const { done, failure } = await attempt(server.name, () => way(server));
      if (done !== undefined) return { done, failures };
      // That our shell is elsewhere is no answer of that server's.
      if (failure && !(failure.error instanceof NotOnServer)) failures.push(failure);
    }
  }
  return { failures };
}

/** One server that fails, or a right that it alone may not grant, must not decide for the others. */
async function attempt<T>(server: string, work: () => Promise<T>): Promise<{ done?: T; failure?: ServerFailure }> {
  try {
    return { done: await work() };
  } catch (error) {
    const isItsOwn = isOfOneServer(error) || error instanceof Unauthorised || error instanceof NotOnServer;
    if (!isItsOwn) throw error;
    return { failure: { server, error } };
  }
}

async function importCertificate(
  client: ExchangeClient,
  thumbprint: string,
  file: Uint8Array,
  password: Secret,
  server: string,
): Promise<void> {
  const parameters = {
    FileData: file,
    Password: password,
    PrivateKeyExportable: true,
    Server: server,
    Confirm: false,
  };
  const doing = `importing the certificate ${thumbprint} on server ${server}`;
  await client.run("Import-ExchangeCertificate", parameters, doing);
}

async function exportCertificate(
  client: ExchangeClient,
  thumbprint: string,
  server: string,
  password: Secret,
): Promise<Uint8Array> {
  const doing = `exporting the certificate ${thumbprint} from server ${server}`;
  const parameters = {
    Thumbprint: thumbprint,
    BinaryEncoded: true,
    Password: password,
    Server: server,
    Confirm: false,
  };
  const cmdlet = "Export-ExchangeCertificate";
  const next = "run the cmdlet in the Exchange Management Shell to see what it returns";
  return exportedFile(await client.run(cmdlet, parameters, doing), { cmdlet, doing, next });
}

/** `Remove-ExchangeCertificate` from one server's store. One that is in use is refused. */
export async function removeCertificate(client: ExchangeClient, thumbprint: string, server: string): Promise<void> {
  const parameters = { Thumbprint: thumbprint, Server: server, Confirm: false };
  const doing = `removing the certificate ${thumbprint} from server ${server}`;
  await client.run("Remove-ExchangeCertificate", parameters, doing);
}
