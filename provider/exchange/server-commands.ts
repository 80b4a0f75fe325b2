import {
  CmdletFailed,
  CommandNotAvailable,
  InvalidInput,
  NotAllowed,
  NotFound,
  NotOnServer,
  Unauthorised,
} from "../errors";
import type { Properties, Secret } from "../powershell/protocol";
import { type Build, parseBuild } from "./builds";
import { type CertificateRequest, madeCertificate } from "./certificate-request";
import { WAY_TO_SERVER } from "./classify";
import type { Answer, ExchangeClient } from "./client";
import { exportedFile } from "./exported-file";
import { textOf } from "./properties";
import type { StoredCertificate } from "./stored-certificate";

/**
 * Restarts the service MSExchangeHM of the server that the shell runs on, and waits until it runs.
 * @param server the FQDN of the server that is meant.
 * @throws NotOnServer where the shell runs anywhere else.
 */
export async function restartHealthManager(client: ExchangeClient, server: string): Promise<void> {
  await runOnServer(client, "Restart-HealthManager", server, `restarting the service MSExchangeHM of ${server}`);
}

/**
 * A certificate with its key from the store of the machine that the shell runs on: the auth certificate too, which
 * `Export-ExchangeCertificate` refuses since the October 2025 update.
 * @param server the FQDN of the server that is meant.
 * @param thumbprint 40 hexadecimal digits.
 * @param password for the file: random, and kept in memory alone.
 * @returns PKCS#12.
 * @throws NotOnServer where the shell runs anywhere else; NotFound where the store has no such certificate; InvalidInput
 * where there is no key, or it may not leave.
 */
export async function exportMachineCertificate(
  client: ExchangeClient,
  server: string,
  thumbprint: string,
  password: Secret,
): Promise<Uint8Array> {
  const doing = `exporting the certificate ${thumbprint} from the machine store of ${server}`;
  const parameters = { Thumbprint: thumbprint, Password: password };
  const cmdlet = "Export-MachineCertificate";
  return exportedFile(await runOnServer(client, cmdlet, server, doing, parameters), {
    cmdlet,
    doing,
    next: "report this as a bug in pulumi-exchange-server",
  });
}

/**
 * Makes a self-signed certificate of a chosen lifetime in the store of the machine that the shell runs on, with a key that
 * may be exported: `New-ExchangeCertificate` gives five years, always. Microsoft's own script (CSS-Exchange,
 * New-ExchangeSelfSignedCertificate) makes it in this way.
 * @param server the FQDN of the server that is meant.
 * @param request with `lifetimeDays`: days from now, 1 or more.
 * @throws NotOnServer where the shell runs anywhere else; InvalidInput where the request is refused.
 */
export async function newMachineCertificate(
  client: ExchangeClient,
  server: string,
  request: CertificateRequest & { lifetimeDays: number },
): Promise<StoredCertificate> {
  const { subjectKeyIdentifier, lifetimeDays } = request;
  const doing = `creating the certificate with SubjectKeyIdentifier ${subjectKeyIdentifier} in the machine store of ${server}`;
  const cmdlet = "New-MachineCertificate";
  const parameters = {
    SubjectName: request.subjectName,
    DomainName: [request.domainName],
    FriendlyName: request.friendlyName,
    KeySize: request.keySize,
    SubjectKeyIdentifier: subjectKeyIdentifier,
    LifetimeDays: lifetimeDays,
  };
  return madeCertificate(request, { cmdlet, doing }, () => runOnServer(client, cmdlet, server, doing, parameters));
}

/**
 * The version of ExSetup.exe, which is a server's true build, security updates included.
 * @param server its FQDN.
 * @returns undefined where the shell runs on another server, or where the file cannot be read or has no such version.
 */
export async function getExSetupVersion(client: ExchangeClient, server: string): Promise<Build | undefined> {
  try {
    const [object] = (await exSetup(client, server)).objects;
    return object && parseBuild(textOf(object, "FileVersion"));
  } catch (error) {
    if (UNREADABLE.some((kind) => error instanceof kind)) return undefined;
    throw error;
  }
}

/**
 * Whether our shell runs on a server, so that its machine store is within reach.
 * @param server its FQDN.
 */
export async function hasShellOn(client: ExchangeClient, server: string): Promise<boolean> {
  try {
    await exSetup(client, server);
    return true;
  } catch (error) {
    if (error instanceof NotOnServer) return false;
    if (UNREADABLE.some((kind) => error instanceof kind)) return true;
    throw error;
  }
}

function exSetup(client: ExchangeClient, server: string): Promise<Answer> {
  return runOnServer(client, "Get-ExSetupVersion", server, `reading the build of ${server}`);
}

// A file that is not there, or that the account may not read, leaves the build unknown: nothing else depends on it.
const UNREADABLE = [NotOnServer, NotFound, Unauthorised, InvalidInput, CmdletFailed];

async function runOnServer(
  client: ExchangeClient,
  command: string,
  server: string,
  doing: string,
  parameters: Properties = {},
): Promise<Answer> {
  try {
    return await client.run(command, { Server: server, ...parameters }, doing);
  } catch (error) {
    // A far end without such commands, such as an Exchange endpoint alone, is never on the server.
    if (!(error instanceof CommandNotAvailable || error instanceof NotAllowed)) throw error;
    throw new NotOnServer({
      doing,
      answer: `this session has no shell on ${server}`,
      next: WAY_TO_SERVER,
      cause: error,
    });
  }
}
