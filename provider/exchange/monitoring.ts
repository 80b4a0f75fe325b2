import { ProtocolError } from "../errors";
import type { ExchangeClient } from "./client";
import { textOf } from "./properties";

/** The probe that sends a notification through the proxy to Microsoft 365. */
export const PROBE = "PushNotifications.Proxy\\PushNotificationsEnterpriseConnectivityProbe";

/** What a probe found, in Exchange's words. */
export interface ProbeResult {
  /** `Succeeded`, `Failed` or another word of Exchange's. */
  resultType: string;
  error: string;
  exception: string;
}

/**
 * `Invoke-MonitoringProbe`: runs the probe of push notifications once.
 * @param server the FQDN of the server that runs it.
 * @throws what Exchange answers while the server's health manager does not know the probe, among others.
 */
export async function invokeProbe(client: ExchangeClient, server: string): Promise<ProbeResult> {
  const doing = `running the push notification probe on ${server}`;
  const { objects } = await client.run("Invoke-MonitoringProbe", { Identity: PROBE, Server: server }, doing);
  const object = objects.find((candidate) => textOf(candidate, "ResultType") !== "");
  if (object) {
    return {
      resultType: textOf(object, "ResultType"),
      error: textOf(object, "Error"),
      exception: textOf(object, "Exception"),
    };
  }
  throw new ProtocolError({
    doing,
    answer: "Invoke-MonitoringProbe returned no object with a ResultType",
    next: "run the cmdlet in the Exchange Management Shell to see what it returns",
    outcomeUnknown: false,
  });
}
