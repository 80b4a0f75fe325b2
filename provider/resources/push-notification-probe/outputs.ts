import type { ProbeResult } from "../../exchange/monitoring";
import type { CommonInputs, CommonOutputs } from "../outputs";

/** The checked arguments. */
export interface PushNotificationProbeInputs extends CommonInputs {
  server?: string;
  /** Absent in states of earlier versions: none. */
  ignoreServers?: string[];
  restartHealthService: boolean;
  required: boolean;
  triggers: unknown[];
}

/** Everything that the state holds of the last run. */
export interface PushNotificationProbeOutputs extends CommonOutputs, PushNotificationProbeInputs, ProbeResult {
  /** The name of the server that ran it. */
  serverName: string;
  fqdn: string;
  /** When it was asked for, by the far end's clock. */
  checkedAt: string;
}
