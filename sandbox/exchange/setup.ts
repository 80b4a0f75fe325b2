import { type Directory, type DirectoryObject, setupGuid, toSecond } from "./directory";
import { parseDistinguishedName } from "./distinguished-name";
import {
  InvalidScenario,
  type Moment,
  type Scenario,
  type ScenarioAuthServer,
  type ScenarioCertificate,
  type ScenarioServer,
} from "./scenario";
import {
  type AuthServer,
  emptyState,
  type PushNotificationApp,
  type Server,
  type State,
  type StoredCertificate,
} from "./state";
import { mint } from "./x509";

const DAY = 24 * 60 * 60 * 1000;
/** Before the organisation's present, in days: when its servers were installed. */
const INSTALLED = -400;
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
  const known = scenario.servers ?? [{ name: "MBX1" }, { name: "MBX2" }, { name: "EDGE1", role: "Edge" as const }];
  const wanted = scenario.certificates ?? [{ key: "auth" }];
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
    ...emptyState(name),
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
    authServers: authServers(scenario, directory, installed),
    pushNotificationApp: pushNotificationApp(scenario, directory, installed),
    faults: scenario.faults ?? [],
  };
}

async function installServer(directory: Directory, wish: ScenarioServer, now: Date): Promise<Server> {
  const { name, role = "Mailbox", build = "15.2.2562.41", site = "Default-First-Site-Name", reachable = true } = wish;
  // Guess: a perimeter network has a domain name of its own.
  const domain = role === "Edge" ? `perimeter.${directory.domain}` : directory.domain;
  const fqdn = `${name}.${domain}`;
  const server: Server = {
    ...setupObject(directory, name, at(now, INSTALLED)),
    fqdn,
    domain,
    role,
    build,
    site,
    edition: "Standard",
    reachable,
    certificates: [],
    smtpCertificate: "",
    iisCertificate: "",
  };
  // Nothing of the organisation reaches an Edge server's store, so what is in it does not matter here.
  if (role === "Edge") return server;
  const [own, webManagement] = await Promise.all([
    makeCertificate(
      {
        key: "",
        subject: `CN=${name}`,
        friendlyName: "Microsoft Exchange",
        domains: [name, fqdn],
        services: ["IMAP", "POP", "IIS", "SMTP"],
        exportable: false,
      },
      now,
    ),
    // Source: recorded; IIS brings one of its own, good for ten years, which Exchange lists and does not use.
    makeCertificate(
      {
        key: "",
        subject: `CN=WMSvc-SHA2-${name}`,
        friendlyName: "WMSVC-SHA2",
        services: [],
        exportable: false,
        notBefore: INSTALLED - 1,
        notAfter: INSTALLED + 3649,
      },
      now,
      "webManagement",
    ),
  ]);
  server.certificates.push(own, webManagement);
  server.smtpCertificate = own.thumbprint;
  server.iisCertificate = own.thumbprint;
  return server;
}

async function makeCertificate(
  wish: ScenarioCertificate,
  now: Date,
  maker: "exchange" | "webManagement" = "exchange",
): Promise<StoredCertificate> {
  // Source: the names and the services of setup's own auth certificate, recorded.
  const name = "Microsoft Exchange Server Auth Certificate";
  const subject = parseDistinguishedName(wish.subject ?? `CN=${name}`);
  if (!subject)
    throw new InvalidScenario(`The subject "${wish.subject}" of certificate "${wish.key}" is no distinguished name.`);
  const minted = await mint({
    subject,
    domains: wish.domains ?? [],
    keySize: wish.keySize ?? 2048,
    subjectKeyIdentifier: (wish.subjectKeyIdentifier ?? "").toUpperCase(),
    notBefore: at(now, wish.notBefore ?? INSTALLED),
    notAfter: at(now, wish.notAfter ?? INSTALLED + 1826),
    maker,
  });
  return {
    ...minted,
    privateKey: (wish.privateKey ?? true) ? minted.privateKey : null,
    privateKeyExportable: wish.exportable ?? true,
    friendlyName: wish.friendlyName ?? name,
    services: wish.services ?? ["SMTP"],
  };
}

function authServers(scenario: Scenario, directory: Directory, installed: Date): AuthServer[] {
  return (scenario.authServers ?? []).map((wish) => ({
    ...setupObject(directory, wish.name, installed),
    type: wish.type ?? "MicrosoftACS",
    issuerIdentifier: wish.issuerIdentifier ?? ACS,
    realm: wish.realm,
    ...endpointsOf(wish),
    applicationIdentifier: "",
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

function setupObject(directory: Directory, name: string, installed: Date): DirectoryObject {
  const stamp = toSecond(installed);
  return { guid: setupGuid(directory, name), name, whenCreated: stamp, whenChanged: stamp };
}

function at(now: Date, moment: Moment): Date {
  return typeof moment === "number" ? new Date(now.getTime() + moment * DAY) : new Date(moment);
}
