import type { KeyedCertificate } from "../shared/x509/pkcs12";
import type { CmdletCall } from "./cmdlet";
import { certificateRefused, objectNotFound, serverUnavailable } from "./errors";
import type { Server, StoredCertificate } from "./state";
import { sameText } from "./text";

/** A server by name, full name or guid, without regard to case. */
export function findServer(servers: Server[], identity: string): Server | undefined {
  return servers.find((server) => [server.name, server.fqdn, server.guid].some((name) => sameText(name, identity)));
}

/** The server and the thumbprint that a certificate cmdlet means: -Identity `Server\Thumbprint`, -Server, -Thumbprint. */
export function targetOf(call: CmdletCall): { server: Server; thumbprint: string | undefined } {
  const [first, second] = (call.text("Identity") ?? "").split("\\");
  const named = second === undefined ? call.text("Server") : first;
  const thumbprint = call.text("Thumbprint") ?? (second || first);
  return {
    server: reachable(call, named),
    thumbprint: thumbprint ? thumbprint.replaceAll(" ", "").toUpperCase() : undefined,
  };
}

/** The certificate of that thumbprint. Source of the class: CSS-Exchange; the text is a guess. */
export function storedCertificate(server: Server, thumbprint: string): StoredCertificate {
  const found = server.certificates.find((certificate) => certificate.thumbprint === thumbprint);
  if (found) return found;
  throw certificateRefused(server.name, `The certificate with thumbprint ${thumbprint} was not found.`);
}

/** The certificate and its key, as a file of both is made of them. */
export function keyedCertificate({ rawData, privateKey }: StoredCertificate): KeyedCertificate {
  return { der: Buffer.from(rawData, "base64"), privateKey };
}

/** No -Server means the session's server only. Source: the cmdlet reference. */
function reachable(call: CmdletCall, name: string | undefined): Server {
  if (name === undefined || name === "") return call.sessionServer;
  const server = findServer(call.state.servers, name);
  if (!server) throw objectNotFound(name, call.domainController);
  if (!isReachable(server, call.state.sessionServer)) throw serverUnavailable(server.name);
  return server;
}

/** Whether the session's server reaches another one. An Edge server is outside the domain and never answers. */
export function isReachable(server: Server, sessionServer: string): boolean {
  return server.name === sessionServer || (server.reachable && server.role !== "Edge");
}
