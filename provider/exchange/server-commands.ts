import { type Build, parseBuild } from "./builds";
import { WAY_TO_SERVER } from "./classify";
import type { Answer, ExchangeClient } from "./client";
import { CommandNotAvailable, NotAllowed, NotOnServer } from "./errors";
import { textOf } from "./properties";

/**
 * Restarts the service MSExchangeHM of the server that the shell runs on, and waits until it runs.
 * @param server the FQDN of the server that is meant.
 * @throws NotOnServer where the shell runs anywhere else.
 */
export async function restartHealthManager(client: ExchangeClient, server: string): Promise<void> {
  await runOnServer(client, "Restart-HealthManager", server, `restarting the service MSExchangeHM of ${server}`);
}

/**
 * The version of ExSetup.exe, which is a server's true build, security updates included.
 * @param server its FQDN.
 * @returns undefined where the shell runs on another server, or where the file has no such version.
 */
export async function getExSetupVersion(client: ExchangeClient, server: string): Promise<Build | undefined> {
  try {
    const answer = await runOnServer(client, "Get-ExSetupVersion", server, `reading the build of ${server}`);
    const [object] = answer.objects;
    return object && parseBuild(textOf(object, "FileVersion"));
  } catch (error) {
    if (error instanceof NotOnServer) return undefined;
    throw error;
  }
}

async function runOnServer(client: ExchangeClient, command: string, server: string, doing: string): Promise<Answer> {
  try {
    return await client.run(command, { Server: server }, doing);
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
