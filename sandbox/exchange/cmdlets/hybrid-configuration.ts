import type { Cmdlet } from "../cmdlet";
import { directoryProperties, type ObjectKind } from "../directory";
import { DOMAIN_CONTROLLER } from "../parameters";

/** Source: recorded from Exchange 2019. */
const HYBRID_CONFIGURATION: ObjectKind = {
  containers: ["Hybrid Configuration"],
  category: "ms-Exch-Coexistence-Relationship",
  objectClass: ["top", "msExchCoexistenceRelationship"],
  exchangeVersion: "0.20 (15.0.0.0)",
};

/** Guess: where no hybrid wizard ever ran it lists nothing. */
export const getHybridConfiguration: Cmdlet = {
  name: "Get-HybridConfiguration",
  typeName: "Microsoft.Exchange.Management.SystemConfigurationTasks.GetHybridConfiguration",
  // Source: the cmdlet reference.
  parameters: { sets: { Default: {} }, shared: DOMAIN_CONTROLLER },
  run(call) {
    const { directory, hybridConfiguration: hybrid } = call.state;
    if (!hybrid) return [];
    // Source: recorded from Exchange 2019, in its order; it says "Changed" of itself.
    return [
      {
        ClientAccessServers: [],
        EdgeTransportServers: [],
        ReceivingTransportServers: [],
        SendingTransportServers: [],
        OnPremisesSmartHost: hybrid.onPremisesSmartHost,
        Domains: [...hybrid.domains],
        Features: [...hybrid.features],
        ExternalIPAddresses: [],
        TlsCertificateName: "",
        ServiceInstance: 0,
        ...directoryProperties(directory, HYBRID_CONFIGURATION, hybrid, call.domainController),
        ObjectState: "Changed",
      },
    ];
  },
};
