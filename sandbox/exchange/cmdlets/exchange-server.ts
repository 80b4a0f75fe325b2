import type { Properties } from "pulumi-exchange-server/protocol";
import { adminDisplayVersion, parseBuild } from "../builds";
import type { Cmdlet, CmdletCall } from "../cmdlet";
import { directoryProperties, type ObjectKind } from "../directory";
import { objectNotFound } from "../errors";
import { DOMAIN_CONTROLLER } from "../parameters";
import type { Server } from "../state";
import { findServer } from "../store";

const GROUP = "Exchange Administrative Group (FYDIBOHF23SPDLT)";

/** Source: recorded from Exchange 2019. Its ExchangeVersion is the schema's, never the build. */
const EXCHANGE_SERVER: ObjectKind = {
  containers: ["Servers", GROUP, "Administrative Groups"],
  category: "ms-Exch-Exchange-Server",
  objectClass: ["top", "server", "msExchExchangeServer"],
  exchangeVersion: "0.1 (8.0.535.0)",
};

export const getExchangeServer: Cmdlet = {
  name: "Get-ExchangeServer",
  typeName: "Microsoft.Exchange.Management.SystemConfigurationTasks.GetExchangeServer",
  // Source: the cmdlet reference.
  parameters: {
    sets: {
      Identity: { Identity: { type: "String", nullable: true } },
      Domain: { Domain: { type: "String", mandatory: true } },
    },
    shared: { Status: { type: "SwitchParameter" }, ...DOMAIN_CONTROLLER },
  },
  run(call) {
    const { servers } = call.state;
    const domain = call.text("Domain")?.toLowerCase();
    if (domain !== undefined) {
      return servers.filter((server) => server.domain === domain).map((server) => show(call, server));
    }
    const identity = call.text("Identity");
    if (identity === undefined) return servers.map((server) => show(call, server));
    const found = findServer(servers, identity);
    if (!found) throw objectNotFound(identity, call.domainController);
    return [show(call, found)];
  },
};

/** Source: recorded from Exchange 2019, in its order. An Edge server's flags are a guess. */
function show(call: CmdletCall, server: Server): Properties {
  const { directory } = call.state;
  const mailbox = server.role === "Mailbox";
  // -Status asks the server itself for what it uses at present.
  const status = call.truth("Status") && mailbox;
  const build = parseBuild(server.build);
  // A presentation object: it lacks this one property of other directory objects.
  const { AdminDisplayName: _, ...object } = directoryProperties(
    directory,
    EXCHANGE_SERVER,
    server,
    call.domainController,
  );
  return {
    Name: server.name,
    DataPath: "C:\\Program Files\\Microsoft\\Exchange Server\\V15\\Mailbox",
    Domain: server.domain,
    Edition: server.edition,
    ExchangeLegacyDN: `/o=${directory.organization}/ou=${GROUP}/cn=Configuration/cn=Servers/cn=${server.name}`,
    ExchangeLegacyServerRole: 0,
    Fqdn: server.fqdn,
    CustomerFeedbackEnabled: null,
    InternetWebProxy: null,
    InternetWebProxyBypassList: null,
    IsHubTransportServer: mailbox,
    IsClientAccessServer: mailbox,
    IsExchange2007OrLater: true,
    IsEdgeServer: !mailbox,
    IsMailboxServer: mailbox,
    IsE14OrLater: true,
    IsE15OrLater: true,
    IsProvisionedServer: false,
    IsUnifiedMessagingServer: false,
    IsFrontendTransportServer: mailbox,
    NetworkAddress: [
      `ncacn_vns_spp:${server.name}`,
      `netbios:${server.name}`,
      `ncacn_np:${server.name}`,
      `ncacn_spx:${server.name}`,
      `ncacn_ip_tcp:${server.fqdn}`,
      `ncalrpc:${server.name}`,
    ],
    OrganizationalUnit: `${server.domain}/${server.name}`,
    AdminDisplayVersion: build ? adminDisplayVersion(build) : server.build,
    Site: `${directory.domain}/Configuration/Sites/${server.site}`,
    ServerRole: server.role,
    ErrorReportingEnabled: status ? true : null,
    MitigationsEnabled: status ? true : null,
    StaticDomainControllers: [],
    StaticGlobalCatalogs: [],
    StaticConfigDomainController: "",
    StaticExcludedDomainControllers: [],
    MonitoringGroup: "",
    CurrentDomainControllers: status ? [...directory.domainControllers] : [],
    CurrentGlobalCatalogs: status ? [...directory.domainControllers] : [],
    CurrentConfigDomainController: status ? (directory.domainControllers[0] as string) : "",
    ProductID: "",
    IsExchangeTrialEdition: server.edition.endsWith("Evaluation"),
    IsExpiredExchangeTrialEdition: false,
    MailboxProvisioningAttributes: null,
    RemainingTrialPeriod: "00:00:00",
    ...object,
  };
}
