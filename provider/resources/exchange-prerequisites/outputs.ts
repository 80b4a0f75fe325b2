import type { Known } from "../../exchange/properties";
import type { CommonInputs, CommonOutputs } from "../outputs";
import type { CheckedServer } from "./rules";

/** The checked arguments. */
export interface ExchangePrerequisitesInputs extends CommonInputs {
  minimumBuild: string;
  ignoreServers: string[];
}

/** Everything that the state holds of the check. */
export interface ExchangePrerequisitesOutputs extends CommonOutputs, ExchangePrerequisitesInputs {
  /** Every server of version 15 or later, except Edge and ignored servers, sorted by name. */
  servers: CheckedServer[];
  hybrid: Known;
}
