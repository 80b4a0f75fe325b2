import { createHash, randomBytes } from "node:crypto";
import { type Properties, Secret } from "../powershell/protocol";
import { type Certificate, parseCertificate } from "../x509/certificate";
import type { ExchangeClient } from "./client";
import { NotFound, NotOnServer, ProtocolError, Unauthorised } from "./errors";
import { exportedFile } from "./exported-file";
import { type Known, knownTruthOf, textOf, thumbprintIn } from "./properties";
import { exportMachineCertificate } from "./server-commands";

/** A certificate in one server's store. Over the endpoint only RawData travels, so the key's state is unknown there. */
export interface StoredCertificate extends Certificate {
  privateKey: Known;
  exportable: Known;
}

/** What one server's store lists. */
export interface CertificateList {
  certificates: StoredCertificate[];
  /** Thumbprints of the entries that cannot be read; empty where not even that can be seen. */
  unreadable: string[];
}

/** What a new certificate shall be. */
export interface CertificateRequest {
  domainName: string;
  subjectName: string;
  friendlyName: string;
  keySize: number;
  subjectKeyIdentifier: string;
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
  const doing = `making the certificate with SubjectKeyIdentifier ${request.subjectKeyIdentifier} on server ${server}`;
  const { objects } = await client.run(
    "New-ExchangeCertificate",
    {
      FriendlyName: request.friendlyName,
      SubjectName: request.subjectName,
      DomainName: [request.domainName],
      Services: "Federation",
      KeySize: request.keySize,
      PrivateKeyExportable: true,
      SubjectKeyIdentifier: request.subjectKeyIdentifier,
      Server: server,
      Confirm: false,
    },
    doing,
  );
  const made = objects.map(readCertificate).find((entry) => typeof entry !== "string");
  if (made) return made;
  throw new ProtocolError({
    doing,
    answer: "New-ExchangeCertificate returned no certificate",
    next: "run `pulumi up` again: it looks for the certificate before it makes one",
    outcomeUnknown: true,
  });
}

/**
 * Copies a certificate with its key to servers that lack it: `Export-ExchangeCertificate` to PKCS#12 under a random
 * password that lives in memory for this call, then `Import-ExchangeCertificate` with an exportable key. Where Exchange
 * refuses and our shell is on a server that holds it, that machine's store exports it.
 * @param from servers that hold it; Exchange is asked for the first one's.
 * @returns false when the key cannot be had: it may not leave, or, since the October 2025 update, Exchange exports no
 * certificate that AuthConfig names, and our shell is on none of the servers. Nothing was changed then.
 */
export async function copyCertificate(
  client: ExchangeClient,
  thumbprint: string,
  from: { name: string; fqdn: string }[],
  to: string[],
): Promise<boolean> {
  const password = new Secret(randomBytes(32).toString("base64"));
  const file =
    (from[0] && (await exportCertificate(client, thumbprint, from[0].name, password))) ??
    (await exportFromOwnStore(client, thumbprint, from, password));
  if (!file) return false;
  for (const server of to) {
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
  return true;
}

/** From the store of whichever of the servers our shell runs on. */
async function exportFromOwnStore(
  client: ExchangeClient,
  thumbprint: string,
  from: { fqdn: string }[],
  password: Secret,
): Promise<Uint8Array | undefined> {
  for (const { fqdn } of from) {
    try {
      return await exportMachineCertificate(client, fqdn, thumbprint, password);
    } catch (error) {
      // Neither another server nor a store that we may not read is a fault: there is merely no copy to be had.
      if (![NotOnServer, NotFound, Unauthorised].some((kind) => error instanceof kind)) throw error;
    }
  }
  return undefined;
}

async function exportCertificate(
  client: ExchangeClient,
  thumbprint: string,
  server: string,
  password: Secret,
): Promise<Uint8Array | undefined> {
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
  return exportedFile(client.run(cmdlet, parameters, doing), { cmdlet, doing, next });
}

/** `Remove-ExchangeCertificate` from one server's store. One that is in use is refused. */
export async function removeCertificate(client: ExchangeClient, thumbprint: string, server: string): Promise<void> {
  const parameters = { Thumbprint: thumbprint, Server: server, Confirm: false };
  const doing = `removing the certificate ${thumbprint} from server ${server}`;
  await client.run("Remove-ExchangeCertificate", parameters, doing);
}

/**
 * A server may list what we cannot read and Exchange can. It is there all the same, so its thumbprint takes the
 * certificate's place: a certificate that is not seen must not pass for one that is gone.
 */
function readCertificate(object: Properties): StoredCertificate | string {
  const { RawData } = object;
  if (!(RawData instanceof Uint8Array)) return thumbprintIn(textOf(object, "Thumbprint")) ?? "";
  try {
    return {
      ...parseCertificate(RawData),
      privateKey: knownTruthOf(object, "HasPrivateKey"),
      exportable: knownTruthOf(object, "PrivateKeyExportable"),
    };
  } catch {
    return createHash("sha1").update(RawData).digest("hex").toUpperCase();
  }
}
