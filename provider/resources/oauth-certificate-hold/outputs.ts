import { type CommonInputs, type CommonOutputs, commonInputsOf, SCHEMA_VERSION } from "../outputs";

/** The checked arguments. */
export interface HoldInputs extends CommonInputs {
  generation: number;
  thumbprint: string;
  keyCredentialId: string;
  ignoreServers?: string[];
}

/** Everything that the state holds: what AuthConfig names is looked at when it matters, and not noted. */
export interface HoldOutputs extends CommonOutputs, CommonInputs {
  generation: number;
  thumbprint: string;
  keyCredentialId: string;
  ignoreServers?: string[];
}

export function outputsOf(inputs: HoldInputs, organizationId: string): HoldOutputs {
  const { generation, thumbprint, keyCredentialId, ignoreServers } = inputs;
  return {
    ...commonInputsOf(inputs),
    generation,
    thumbprint,
    keyCredentialId,
    ignoreServers,
    organizationId,
    schemaVersion: SCHEMA_VERSION,
    provenance: "here",
    repair: [],
    warnings: [],
  };
}
