import { toSecond } from "./directory";
import { type AuthConfig, clockOf, type Server, type State } from "./state";
import { isReachable } from "./store";

const HOUR = 60 * 60 * 1000;

/**
 * Hours from a next certificate's effective date until it is made current. Source: CSS-Exchange, whose documentation says
 * that it takes about 12 to 24.
 */
const SERVICELET_HOURS = 12;

/** The next certificate becomes the current one. Source: the reference of Set-AuthConfig. */
export function promoteNext(config: AuthConfig): void {
  config.previous = config.current;
  config.current = config.next;
  config.next = "";
  config.nextEffectiveDate = null;
}

/**
 * Exchange copies the certificate to the other servers of the same Active Directory site, and to no others.
 * Guess: what cannot be copied (no exportable key, a server out of reach) is left without a word.
 */
export function spreadCertificate(servers: Server[], from: Server, thumbprint: string): void {
  const certificate = from.certificates.find((candidate) => candidate.thumbprint === thumbprint);
  if (!certificate?.privateKeyExportable) return;
  for (const server of servers) {
    if (server.site !== from.site || !isReachable(server, from.name)) continue;
    if (server.certificates.some((candidate) => candidate.thumbprint === thumbprint)) continue;
    server.certificates.push(structuredClone(certificate));
  }
}

/**
 * What the AuthAdmin servicelet has done by the organisation's clock: a next certificate whose date has come is current.
 * Source of that: CSS-Exchange. Guesses: that it stays the next one where it is not valid, or the server that sessions are
 * opened to lacks it or its key; and that the servicelet copies it as Set-AuthConfig does.
 * What it does depends on nothing that passes, so that whoever reads the state finds the same, kept or not.
 */
export function runServicelet(state: State): void {
  const { authConfig, servers, sessionServer, serviceletHours = SERVICELET_HOURS } = state;
  const { next, nextEffectiveDate } = authConfig;
  if (next === "" || nextEffectiveDate === null || serviceletHours === null) return;
  const due = new Date(Date.parse(nextEffectiveDate) + serviceletHours * HOUR);
  if (!(clockOf(state) >= due)) return;
  const from = servers.find(({ name }) => name === sessionServer) as Server;
  const certificate = from.certificates.find(({ thumbprint }) => thumbprint === next);
  if (!certificate || certificate.privateKey === null) return;
  if (due < new Date(certificate.notBefore) || due >= new Date(certificate.notAfter)) return;
  promoteNext(authConfig);
  authConfig.whenChanged = toSecond(due);
  spreadCertificate(servers, from, next);
}
