import type { Cmdlet, CmdletCall } from "../cmdlet";
import { notOnServer, objectNotFound } from "../errors";
import type { ParameterTable } from "../parameters";
import type { Server } from "../state";
import { findServer } from "../store";

// What a bridge offers beside Exchange's cmdlets where its shell is on the server itself (the provider's allowlist.ts).
const SERVER: ParameterTable = { Server: { type: "String", mandatory: true } };

/** Source: the article restarts MSExchangeHM so that the health manager learns of a proxy that was enabled since. */
export const restartHealthManager: Cmdlet = {
  name: "Restart-HealthManager",
  typeName: "Restart-HealthManager",
  parameters: { sets: { Default: SERVER }, shared: {} },
  run(call) {
    ownServer(call).healthManagerStarted = call.now.toISOString();
    return [];
  },
};

/** Source: CSS-Exchange reads ExSetup.exe's version, where `15.02.2562.041` is the form; the properties' set is ours. */
export const getExSetupVersion: Cmdlet = {
  name: "Get-ExSetupVersion",
  typeName: "Get-ExSetupVersion",
  parameters: { sets: { Default: SERVER }, shared: {} },
  run(call) {
    const [major = "", minor = "", build = "", revision = ""] = ownServer(call).build.split(".");
    return [
      { FileVersion: [major, minor.padStart(2, "0"), build.padStart(4, "0"), revision.padStart(3, "0")].join(".") },
    ];
  },
};

function ownServer(call: CmdletCall): Server {
  const name = call.text("Server") ?? "";
  const server = findServer(call.state.servers, name);
  if (!server) throw objectNotFound(name, call.domainController);
  if (call.onServer && server.name === call.state.sessionServer) return server;
  throw notOnServer(server.fqdn, call.sessionServer.fqdn);
}
