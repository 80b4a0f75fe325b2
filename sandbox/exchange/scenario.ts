import { FAULT_KINDS, type Fault } from "./faults";

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
  /** The proxy, where it was enabled once. @default none */
  pushNotificationProxy?: { enabled: boolean; organization: string; uri?: string };
  /** Undocumented cmdlets that this organisation has: "Get-PushNotificationApp". @default none */
  offers?: string[];
  /** Certificates with all properties, as in a session on the server itself. @default false */
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
  /** @default true */
  enabled?: boolean;
  /** @default [] */
  domainNames?: string[];
}

/** A scenario that does not follow the form. */
export class InvalidScenario extends Error {
  override readonly name = "InvalidScenario";
}

type Check = (value: unknown) => boolean;

const text: Check = (value) => typeof value === "string" && value !== "";
const truth: Check = (value) => typeof value === "boolean";
const whole: Check = (value) => Number.isInteger(value) && (value as number) >= 0;
const moment: Check = (value) => Number.isFinite(value) || (text(value) && !Number.isNaN(Date.parse(value as string)));
const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);
const oneOf =
  (...values: unknown[]): Check =>
  (value) =>
    values.includes(value);
const date: Check = (value) => typeof value === "string" && moment(value);

/** A form: each key with what it takes; a key ending in "!" must be there. */
type Form = { [key: string]: Check | { list: Form } | { object: Form } };

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
      enabled: truth,
      domainNames: listOf(text),
    },
  },
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
  follow(name, value, SCENARIO, "");
  const scenario = value as Scenario;
  const mailboxes = scenario.servers?.filter((server) => server.role !== "Edge").map((server) => server.name);
  if (mailboxes?.length === 0)
    throw new InvalidScenario(`The scenario "${name}" has no Mailbox server under its key "servers".`);
  if (mailboxes && scenario.sessionServer && !mailboxes.includes(scenario.sessionServer)) {
    throw new InvalidScenario(
      `The scenario "${name}" has no Mailbox server of the name under its key "sessionServer".`,
    );
  }
  return scenario;
}

/** @throws InvalidScenario for a fault that does not follow the form. */
export function checkFault(fault: unknown): Fault {
  follow("fault", fault, FAULT, "");
  return fault as Fault;
}

function follow(name: string, value: unknown, form: Form, path: string): void {
  const wrong = (key: string, why: string) =>
    new InvalidScenario(`The scenario "${name}" is wrong at "${path}${key}": ${why}.`);
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw wrong("", "an object was expected");
  const fields = value as Record<string, unknown>;
  for (const key of Object.keys(form)
    .filter((declared) => declared.endsWith("!"))
    .map((declared) => declared.slice(0, -1))) {
    if (!(key in fields)) throw wrong(key, "it is missing");
  }
  for (const [key, field] of Object.entries(fields)) {
    const rule = form[key] ?? form[`${key}!`];
    if (rule === undefined) throw wrong(key, "there is no such key");
    if (typeof rule === "function") {
      if (!rule(field)) throw wrong(key, `${JSON.stringify(field)} is no value for it`);
    } else if ("object" in rule) follow(name, field, rule.object, `${path}${key}.`);
    else {
      if (!Array.isArray(field)) throw wrong(key, "a list was expected");
      field.forEach((item, index) => {
        follow(name, item, rule.list, `${path}${key}[${index}].`);
      });
    }
  }
}
