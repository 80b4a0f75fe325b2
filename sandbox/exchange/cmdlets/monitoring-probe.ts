import type { Cmdlet, CmdletCall } from "../cmdlet";
import { CmdletError, objectNotFound, serverUnavailable } from "../errors";
import type { Server, State } from "../state";
import { findServer, isReachable } from "../store";

// Source: the article.
const PROBE = "PushNotifications.Proxy\\PushNotificationsEnterpriseConnectivityProbe";

/**
 * Runs the article's probe. Source of what it returns: the article's output; of when it is known: the article, which
 * restarts the health manager after enabling and gives it 120 seconds.
 */
export const invokeMonitoringProbe: Cmdlet = {
  name: "Invoke-MonitoringProbe",
  typeName: "Microsoft.Exchange.Monitoring.InvokeMonitoringProbe",
  // Source: the cmdlet reference. What overrides a probe's account and endpoint is not here.
  parameters: {
    sets: { Default: { Identity: { type: "String", mandatory: true }, Server: { type: "String", mandatory: true } } },
    shared: { TimeOutSeconds: { type: "String" } },
  },
  run(call) {
    const server = probedServer(call);
    if ((call.text("Identity") ?? "").toLowerCase() !== PROBE.toLowerCase() || !isKnown(call, server)) {
      // Guess: class and category; the text is known from public samples.
      throw new CmdletError({
        reason: "TaskException",
        category: "InvalidArgument",
        message: `Could not find assembly or object type associated with monitor identity '${call.text("Identity")}'. Please ensure that the given monitor identity exists on the server.`,
      });
    }
    const reason = failureReason(call.state, server, call.now);
    // Guess: how a probe that fails says so; the article shows one that succeeds alone.
    return reason === undefined
      ? [{ Server: server.fqdn, MonitorIdentity: PROBE, ResultType: "Succeeded", Error: "", Exception: "" }]
      : [
          {
            Server: server.fqdn,
            MonitorIdentity: PROBE,
            ResultType: "Failed",
            Error: reason,
            Exception: `Microsoft.Exchange.PushNotifications.PushNotificationException: ${reason}`,
          },
        ];
  },
};

function probedServer(call: CmdletCall): Server {
  const name = call.text("Server") ?? "";
  const server = findServer(call.state.servers, name);
  if (!server) throw objectNotFound(name, call.domainController);
  if (!isReachable(server, call.state.sessionServer)) throw serverUnavailable(server.name);
  return server;
}

/** A health manager learns at its start whether the proxy is enabled, and needs a while to load. */
function isKnown({ state, now }: CmdletCall, server: Server): boolean {
  const app = state.pushNotificationApp;
  const started = new Date(server.healthManagerStarted).getTime();
  if (!app?.enabled || started < new Date(app.whenChanged).getTime()) return false;
  return now.getTime() >= started + state.probeLoadSeconds * 1000;
}

/** Guess: the probe needs what the article sets up on premises; whether the tenant knows the key it cannot see here. */
function failureReason(state: State, server: Server, now: Date): string | undefined {
  const own = server.certificates.find(({ thumbprint }) => thumbprint === state.authConfig.current);
  if (!own) return `The auth certificate '${state.authConfig.current}' was not found on ${server.name}.`;
  if (new Date(own.notAfter) < now) return `The auth certificate '${own.thumbprint}' has expired.`;
  const trusted = state.authServers.some(({ type, enabled }) => type === "MicrosoftACS" && enabled);
  if (!trusted) return "No auth server of type MicrosoftACS is enabled.";
  const partner = state.partnerApplications.find(({ applicationIdentifier, realm }) => {
    return applicationIdentifier === "00000002-0000-0ff1-ce00-000000000000" && realm === "";
  });
  return partner?.enabled ? undefined : "The partner application of Exchange Online is not enabled.";
}
