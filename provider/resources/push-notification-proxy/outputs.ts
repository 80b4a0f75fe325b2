import type { CommonInputs, CommonOutputs } from "../outputs";
import type { ProxyStateSource, ProxyValues, WrittenValues } from "./rules";

/** The checked arguments. */
export interface PushNotificationProxyInputs extends CommonInputs {
  organization: string;
  uri: string;
  alwaysWrite?: boolean;
}

/** Everything that the state holds of the proxy. */
export interface PushNotificationProxyOutputs extends CommonOutputs, PushNotificationProxyInputs {
  enabled: boolean;
  stateSource: ProxyStateSource;
  /** When we wrote it last, by the far end's clock; absent in states from before there was this output. */
  writtenAt?: string;
  adopted?: ProxyValues;
  written?: WrittenValues;
}
