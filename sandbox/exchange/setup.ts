import { type Directory, setupObject } from "./directory";
import { at, INSTALLED, installServer, makeCertificate } from "./installation";
import {
  DEFAULT_CERTIFICATES,
  DEFAULT_SERVERS,
  type Scenario,
  type ScenarioAuthServer,
  type ScenarioPartnerApplication,
} from "./scenario";
import {
  type AuthServer,
  type HybridConfiguration,
  type PartnerApplication,
  type PushNotificationApp,
  type Server,
  STATE_VERSION,
  type State,
} from "./state";

const ACS = "00000001-0000-0000-c000-000000000000";

/** Sets an organisation up as a scenario says, with keys and certificates made now. */
export async function setUp(name: string, scenario: Scenario): Promise<State> {
  const present = new Date();
  const now = scenario.clock ? new Date(scenario.clock) : present;
  const domain = (scenario.domain ?? "corp.contoso.example").toLowerCase();
  const directory: Directory = {
    domain,
    organization: scenario.organization ?? "Contoso",
    domainControllers: [`DC1.${domain}`, `DC2.${domain}`],
  };
  const known = scenario.servers ?? DEFAULT_SERVERS;
  const wanted = scenario.certificates ?? DEFAULT_CERTIFICATES;
  const [servers, certificates] = await Promise.all([
    Promise.all(known.map((server) => installServer(directory, server, now))),
    Promise.all(wanted.map(async (certificate) => [certificate, await makeCertificate(certificate, now)] as const)),
  ]);
  for (const [wish, certificate] of certificates) {
    const holders = servers.filter((server) => server.role === "Mailbox" && !wish.missingOn?.includes(server.name));
    for (const server of holders) server.certificates.push(structuredClone(certificate));
  }
  const thumbprintOf = (key: string) =>
    certificates.find(([wish]) => wish.key === key)?.[1].thumbprint ?? key.toUpperCase();
  const { current = wanted[0]?.key ?? "", previous = "", next = "", nextEffectiveDate } = scenario.authConfig ?? {};
  const installed = at(now, INSTALLED);
  return {
    version: STATE_VERSION,
    scenario: name,
    clockOffset: now.getTime() - present.getTime(),
    directory,
    sessionServer: scenario.sessionServer ?? (servers.find((server) => server.role === "Mailbox") as Server).name,
    certificatesAsOnServer: scenario.certificatesAsOnServer ?? false,
    offers: scenario.offers ?? [],
    servers,
    authConfig: {
      ...setupObject(directory, "Auth Configuration", installed),
      current: thumbprintOf(current),
      previous: thumbprintOf(previous),
      next: thumbprintOf(next),
      nextEffectiveDate: nextEffectiveDate === undefined ? null : at(now, nextEffectiveDate).toISOString(),
      serviceName: "00000002-0000-0ff1-ce00-000000000000",
      realm: "",
    },
    serviceletHours: scenario.serviceletHours,
    authServers: authServers(scenario, directory, installed),
    partnerApplications: partnerApplications(scenario, directory, installed),
    hybridConfiguration: hybridConfiguration(scenario, directory, installed),
    probeLoadSeconds: scenario.probeLoadSeconds ?? 2,
    pushNotificationApp: pushNotificationApp(scenario, directory, installed),
    faults: scenario.faults ?? [],
  };
}

function authServers(scenario: Scenario, directory: Directory, installed: Date): AuthServer[] {
  return (scenario.authServers ?? []).map((wish) => ({
    ...setupObject(directory, wish.name, installed),
    type: wish.type ?? "MicrosoftACS",
    issuerIdentifier: wish.issuerIdentifier ?? ACS,
    realm: wish.realm,
    ...endpointsOf(wish),
    applicationIdentifier: wish.applicationIdentifier ?? "",
    authMetadataUrl: wish.authMetadataUrl,
    graphBaseUrl: "",
    domainNames: wish.domainNames ?? [],
    enabled: wish.enabled ?? true,
    isDefaultAuthorizationEndpoint: false,
  }));
}

/** Source of the first: the documented endpoint of Azure ACS; the others are a guess. */
function endpointsOf({
  type,
  realm,
}: ScenarioAuthServer): Pick<AuthServer, "tokenIssuingEndpoint" | "authorizationEndpoint"> {
  const acs = `https://accounts.accesscontrol.windows.net/${realm}/tokens/OAuth/2`;
  if (type !== "AzureAD") return { tokenIssuingEndpoint: acs, authorizationEndpoint: "" };
  const host = "https://login.windows.net";
  return {
    tokenIssuingEndpoint: `${host}/${realm}/oauth2/token`,
    authorizationEndpoint: `${host}/${realm}/oauth2/authorize`,
  };
}

/** Source of the account: recorded from a 2019 organisation. That setup leaves the application enabled is a guess. */
function partnerApplications(scenario: Scenario, directory: Directory, installed: Date): PartnerApplication[] {
  const own: ScenarioPartnerApplication = {
    name: "Exchange Online",
    applicationIdentifier: "00000002-0000-0ff1-ce00-000000000000",
  };
  return (scenario.partnerApplications ?? [own]).map(({ name, applicationIdentifier, realm = "", enabled = true }) => ({
    ...setupObject(directory, name, installed),
    enabled,
    applicationIdentifier,
    realm,
    acceptSecurityIdentifierInformation: false,
    linkedAccount: `${directory.domain}/Users/${name}-ApplicationAccount`,
  }));
}

/** Source of the features' names: the cmdlet reference. */
function hybridConfiguration(scenario: Scenario, directory: Directory, installed: Date): HybridConfiguration | null {
  if (!scenario.hybridDomains) return null;
  return {
    ...setupObject(directory, "Hybrid Configuration", installed),
    onPremisesSmartHost: `mail.${scenario.hybridDomains[0] ?? directory.domain}`,
    domains: scenario.hybridDomains,
    features: ["FreeBusy", "MoveMailbox", "Mailtips", "MessageTracking", "OwaRedirection", "SecureMail", "Photos"],
  };
}

function pushNotificationApp(scenario: Scenario, directory: Directory, installed: Date): PushNotificationApp | null {
  const wish = scenario.pushNotificationProxy;
  if (!wish) return null;
  return {
    ...setupObject(directory, "OnPrem-Proxy", installed),
    displayName: "On Premises Proxy app",
    enabled: wish.enabled,
    organization: wish.organization,
    uri: wish.uri ?? "https://outlook.office365.com/PushNotifications",
  };
}
