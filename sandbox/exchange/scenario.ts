import { FAULT_KINDS, type Fault } from "./faults";
import { type Deviation, date, deviation, type Form, listOf, moment, oneOf, text, truth, whole } from "./form";

/**
 * How an organisation begins. A scenario file is JSON of this form; every key but `description` may be left out.
 * A moment is a number of days from the organisation's present (negative: before it), or an ISO 8601 date.
 */
export interface Scenario {
  /** One sentence: what is special about it. */
  description: string;
  /** The Active Directory domain. @default "corp.contoso.example" */
  domain?: string;
  /** The Exchange organisation's name. @default "Contoso" */
  organization?: string;
  /** When the organisation's clock starts, ISO 8601. @default this machine's time */
  clock?: string;
  /** @default MBX1 and MBX2 (Mailbox, one site) and EDGE1 (Edge) */
  servers?: ScenarioServer[];
  /** Name of the server that sessions are opened to. @default the first Mailbox server */
  sessionServer?: string;
  /** Certificates beside those that setup makes for each server. @default setup's auth certificate on every Mailbox server */
  certificates?: ScenarioCertificate[];
  /** What AuthConfig names: a key of `certificates`, or any thumbprint. @default the first of `certificates` */
  authConfig?: { current?: string; previous?: string; next?: string; nextEffectiveDate?: Moment };
  /** @default none */
  authServers?: ScenarioAuthServer[];
  /** @default setup's own "Exchange Online", enabled */
  partnerApplications?: ScenarioPartnerApplication[];
  /** The domains that the hybrid wizard set up. @default none: no wizard ever ran */
  hybridDomains?: string[];
  /** Seconds from a start of the health manager until its probes are known. @default 2; a real one takes about 120 */
  probeLoadSeconds?: number;
  /** The proxy, where it was enabled once. @default none */
  pushNotificationProxy?: { enabled: boolean; organization: string; uri?: string };
  /** Undocumented cmdlets that this organisation has: "Get-PushNotificationApp". @default none */
  offers?: string[];
  /** A session on the server itself: certificates with all properties, and the server's own commands. @default false */
  certificatesAsOnServer?: boolean;
  /** @default none */
  faults?: Fault[];
}

export type Moment = number | string;

export interface ScenarioServer {
  /** NetBIOS name. */
  name: string;
  /** @default "Mailbox" */
  role?: "Mailbox" | "Edge";
  /** The true build, security updates included. @default "15.2.2562.41", Subscription Edition of May 2026 */
  build?: string;
  /** Active Directory site. @default "Default-First-Site-Name" */
  site?: string;
  /** Whether its certificate service answers other servers. @default true */
  reachable?: boolean;
}

export interface ScenarioCertificate {
  /** How this file refers to it. */
  key: string;
  /** @default "CN=Microsoft Exchange Server Auth Certificate" */
  subject?: string;
  /** @default "Microsoft Exchange Server Auth Certificate" */
  friendlyName?: string;
  /** Bits: 1024, 2048 or 4096. @default 2048 */
  keySize?: number;
  /** @default true, as setup makes its own */
  exportable?: boolean;
  /** Whether the servers hold its private key. @default true */
  privateKey?: boolean;
  /** @default -400 */
  notBefore?: Moment;
  /** @default 1426, five years in all */
  notAfter?: Moment;
  /** Subject alternative names. @default none */
  domains?: string[];
  /** Hexadecimal. @default none */
  subjectKeyIdentifier?: string;
  /** @default ["SMTP"], as setup makes its own */
  services?: string[];
  /** Names of the servers that lack it. @default none of the Mailbox servers */
  missingOn?: string[];
}

export interface ScenarioAuthServer {
  name: string;
  /** Guid of the tenant. */
  realm: string;
  authMetadataUrl: string;
  /** @default "MicrosoftACS" */
  type?: string;
  /** @default that of Azure ACS */
  issuerIdentifier?: string;
  /** The dedicated hybrid application's, on a server of type AzureAD. @default "" */
  applicationIdentifier?: string;
  /** @default true */
  enabled?: boolean;
  /** @default [] */
  domainNames?: string[];
}

export interface ScenarioPartnerApplication {
  name: string;
  applicationIdentifier: string;
  /** @default "" */
  realm?: string;
  /** @default true */
  enabled?: boolean;
}

/** A scenario that does not follow the form. */
export class InvalidScenario extends Error {
  override readonly name = "InvalidScenario";
}

const FAULT: Form = {
  "cmdlet!": text,
  server: text,
  "when!": oneOf("before", "after"),
  "kind!": oneOf(...FAULT_KINDS),
  milliseconds: whole,
  times: whole,
  skip: whole,
  error: { object: { "reason!": text, "category!": text, "message!": text } },
};

const SCENARIO: Form = {
  "description!": text,
  domain: text,
  organization: text,
  clock: date,
  servers: {
    list: {
      "name!": text,
      role: oneOf("Mailbox", "Edge"),
      build: (value) => /^\d+\.\d+\.\d+\.\d+$/.test(String(value)),
      site: text,
      reachable: truth,
    },
  },
  sessionServer: text,
  certificates: {
    list: {
      "key!": text,
      subject: text,
      friendlyName: text,
      keySize: oneOf(1024, 2048, 4096),
      exportable: truth,
      privateKey: truth,
      notBefore: moment,
      notAfter: moment,
      domains: listOf(text),
      subjectKeyIdentifier: (value) => /^([0-9A-F]{2})+$/i.test(String(value)),
      services: listOf(text),
      missingOn: listOf(text),
    },
  },
  authConfig: {
    object: { current: (value) => typeof value === "string", previous: text, next: text, nextEffectiveDate: moment },
  },
  authServers: {
    list: {
      "name!": text,
      "realm!": text,
      "authMetadataUrl!": text,
      type: text,
      issuerIdentifier: text,
      applicationIdentifier: text,
      enabled: truth,
      domainNames: listOf(text),
    },
  },
  partnerApplications: { list: { "name!": text, "applicationIdentifier!": text, realm: text, enabled: truth } },
  hybridDomains: listOf(text),
  probeLoadSeconds: whole,
  pushNotificationProxy: { object: { "enabled!": truth, "organization!": text, uri: text } },
  offers: listOf(oneOf("Get-PushNotificationApp")),
  certificatesAsOnServer: truth,
  faults: { list: FAULT },
};

/**
 * Reads a scenario's JSON.
 * @param name for the message.
 * @throws InvalidScenario that names the key which is wrong.
 */
export function parseScenario(name: string, json: string): Scenario {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw new InvalidScenario(`The scenario "${name}" is not JSON: ${(error as Error).message}`);
  }
  const found = deviation(value, SCENARIO) ?? dangling(value as Scenario);
  if (found) throw new InvalidScenario(`The scenario "${name}" is wrong at "${found.at}": ${found.why}.`);
  return value as Scenario;
}

/** @throws InvalidScenario for a fault that does not follow the form. */
export function checkFault(fault: unknown): Fault {
  const found = deviation(fault, FAULT);
  if (found) throw new InvalidScenario(`The fault is wrong at "${found.at}": ${found.why}.`);
  return fault as Fault;
}

/** The servers of an organisation whose scenario names none. */
export const DEFAULT_SERVERS: ScenarioServer[] = [{ name: "MBX1" }, { name: "MBX2" }, { name: "EDGE1", role: "Edge" }];

/** The certificates of an organisation whose scenario names none. */
export const DEFAULT_CERTIFICATES: ScenarioCertificate[] = [{ key: "auth" }];

/** A name in the scenario that leads nowhere. */
function dangling(scenario: Scenario): Deviation | undefined {
  const { servers = DEFAULT_SERVERS, certificates = DEFAULT_CERTIFICATES, sessionServer, authConfig = {} } = scenario;
  const mailboxes = servers.filter((server) => server.role !== "Edge").map((server) => server.name);
  if (mailboxes.length === 0) return { at: "servers", why: "there is no Mailbox server" };
  const noMailbox = (name: string) => `"${name}" is the name of no Mailbox server`;
  if (sessionServer && !mailboxes.includes(sessionServer))
    return { at: "sessionServer", why: noMailbox(sessionServer) };
  for (const [index, { missingOn = [] }] of certificates.entries()) {
    const stranger = missingOn.find((name) => !mailboxes.includes(name));
    if (stranger) return { at: `certificates[${index}].missingOn`, why: noMailbox(stranger) };
  }
  for (const key of ["current", "previous", "next"] as const) {
    const named = authConfig[key] ?? "";
    if (named === "" || /^[0-9A-F]{40}$/i.test(named) || certificates.some((known) => known.key === named)) continue;
    return { at: `authConfig.${key}`, why: `"${named}" is neither the key of a certificate nor a thumbprint` };
  }
  return undefined;
}
