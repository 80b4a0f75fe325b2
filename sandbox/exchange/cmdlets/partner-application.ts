import type { Properties } from "pulumi-exchange-server/protocol";
import type { Cmdlet, CmdletCall } from "../cmdlet";
import { directoryProperties, identifies, type ObjectKind, toSecond } from "../directory";
import { objectNotFound } from "../errors";
import { DOMAIN_CONTROLLER, type ParameterTable, SHOULD_PROCESS } from "../parameters";
import type { PartnerApplication } from "../state";

const NAMESPACE = "Microsoft.Exchange.Management.SystemConfigurationTasks";

/** Source: recorded from Exchange 2019. */
const PARTNER_APPLICATION: ObjectKind = {
  containers: ["Partner Applications", "Auth Configuration"],
  category: "ms-Exch-Auth-Partner-Application",
  objectClass: ["top", "msExchAuthPartnerApplication"],
  exchangeVersion: "0.20 (15.0.0.0)",
};

// Source: the cmdlet reference. What changes keys, permissions and metadata of an application is not here.
const SHARED: ParameterTable = {
  Identity: { type: "String", mandatory: true },
  Enabled: { type: "Boolean" },
  AcceptSecurityIdentifierInformation: { type: "Boolean" },
  ...DOMAIN_CONTROLLER,
  ...SHOULD_PROCESS,
};

export const getPartnerApplication: Cmdlet = {
  name: "Get-PartnerApplication",
  typeName: `${NAMESPACE}.GetPartnerApplication`,
  parameters: {
    sets: { Identity: {} },
    shared: { Identity: { type: "String", nullable: true }, ...DOMAIN_CONTROLLER },
  },
  run(call) {
    const found = call.has("Identity") ? [find(call)] : call.state.partnerApplications;
    return found.map((application) => show(call, application));
  },
};

export const setPartnerApplication: Cmdlet = {
  name: "Set-PartnerApplication",
  typeName: `${NAMESPACE}.SetPartnerApplication`,
  parameters: {
    sets: { ACSTrustApplication: { ApplicationIdentifier: { type: "String" }, Realm: { type: "String" } } },
    shared: SHARED,
  },
  run(call) {
    const application = find(call);
    const changed: PartnerApplication = {
      ...application,
      enabled: call.truth("Enabled") ?? application.enabled,
      applicationIdentifier: call.text("ApplicationIdentifier") ?? application.applicationIdentifier,
      realm: call.text("Realm") ?? application.realm,
      acceptSecurityIdentifierInformation:
        call.truth("AcceptSecurityIdentifierInformation") ?? application.acceptSecurityIdentifierInformation,
    };
    if (!call.shouldProcess()) return [];
    if (JSON.stringify(changed) === JSON.stringify(application)) {
      // Source: what Exchange's Set-* cmdlets say.
      call.warnings.push(
        `The command completed successfully but no settings of '${application.name}' have been modified.`,
      );
      return [];
    }
    Object.assign(application, changed, { whenChanged: toSecond(call.now) });
    return [];
  },
};

function find(call: CmdletCall): PartnerApplication {
  const identity = call.text("Identity") ?? "";
  const { directory, partnerApplications } = call.state;
  const found = partnerApplications.find((other) => identifies(identity, directory, PARTNER_APPLICATION, other));
  if (!found) throw objectNotFound(identity, call.domainController);
  return found;
}

/** Source: recorded from Exchange 2019, in its order. */
function show(call: CmdletCall, application: PartnerApplication): Properties {
  return {
    Enabled: application.enabled,
    ApplicationIdentifier: application.applicationIdentifier,
    CertificateStrings: [],
    AuthMetadataUrl: "",
    Realm: application.realm,
    UseAuthServer: true,
    AcceptSecurityIdentifierInformation: application.acceptSecurityIdentifierInformation,
    LinkedAccount: application.linkedAccount,
    DeploymentId: "",
    IssuerIdentifier: "",
    AccountType: "OrganizationalAccount",
    AppOnlyPermissions: null,
    ActAsPermissions: null,
    ...directoryProperties(call.state.directory, PARTNER_APPLICATION, application, call.domainController),
  };
}
