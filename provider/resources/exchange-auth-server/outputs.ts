import type { AuthServer, AuthServerValues } from "../../exchange/auth-servers";
import type { CommonInputs, CommonOutputs } from "../outputs";
import type { Cloud } from "./metadata-url";

/** The checked arguments: the metadata URL is there, by default or as given. */
export interface ExchangeAuthServerInputs extends CommonInputs {
  tenantId: string;
  tenantDomain?: string;
  authMetadataUrl: string;
  cloud: Cloud;
  enabled: boolean;
  name: string;
}

/** Everything that the state holds of the auth server. */
export interface ExchangeAuthServerOutputs extends CommonOutputs, ExchangeAuthServerInputs {
  realm: string;
  issuerIdentifier: string;
  tokenIssuingEndpoint: string;
  guid: string;
  adopted?: AuthServerValues;
  written?: AuthServerValues;
}

/** The outputs for a server as it was seen: what the program said, then what is true. */
export function outputsOf(
  inputs: ExchangeAuthServerInputs,
  server: AuthServer,
  common: CommonOutputs & Pick<ExchangeAuthServerOutputs, "adopted" | "written">,
): ExchangeAuthServerOutputs {
  return {
    ...inputs,
    ...common,
    tenantId: server.realm,
    name: server.name,
    authMetadataUrl: server.authMetadataUrl,
    enabled: server.enabled,
    realm: server.realm,
    issuerIdentifier: server.issuerIdentifier,
    tokenIssuingEndpoint: server.tokenIssuingEndpoint,
    guid: server.guid,
  };
}
