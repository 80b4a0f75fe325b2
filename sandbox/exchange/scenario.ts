import { z } from "zod";
import { APP_MANAGEMENT_POLICY } from "../entra/app-management-policy";
import { DATE, firstProblemShown, text, whole } from "../shared/schema";
import { FAULT, type Fault } from "./faults";

const MOMENT = z.union([z.number(), DATE], "a number of days or a date such as 2026-01-31T12:00:00Z");
export type Moment = z.infer<typeof MOMENT>;

const SCENARIO_SERVER = z.strictObject({
  /** NetBIOS name. */
  name: text,
  /** @default "Mailbox" */
  role: z.enum(["Mailbox", "Edge"]).optional(),
  /** The true build, security updates included. @default "15.2.2562.41", Subscription Edition of May 2026 */
  build: z
    .string()
    .regex(/^\d+\.\d+\.\d+\.\d+$/, 'a build such as "15.2.2562.41"')
    .optional(),
  /** Active Directory site. @default "Default-First-Site-Name" */
  site: text.optional(),
  /** Whether its certificate service answers other servers. @default true */
  reachable: z.boolean().optional(),
});
export type ScenarioServer = z.infer<typeof SCENARIO_SERVER>;

const SCENARIO_CERTIFICATE = z.strictObject({
  /** How this file refers to it. */
  key: text,
  /** @default "CN=Microsoft Exchange Server Auth Certificate" */
  subject: text.optional(),
  /** @default "Microsoft Exchange Server Auth Certificate" */
  friendlyName: text.optional(),
  /** Bits: 1024, 2048 or 4096. @default 2048 */
  keySize: z.literal([1024, 2048, 4096]).optional(),
  /** @default true, as setup makes its own */
  exportable: z.boolean().optional(),
  /** Whether the servers hold its private key. @default true */
  privateKey: z.boolean().optional(),
  /** @default -400 */
  notBefore: MOMENT.optional(),
  /** @default 1426, five years in all */
  notAfter: MOMENT.optional(),
  /** Subject alternative names. @default none */
  domains: z.array(text).optional(),
  /** Hexadecimal. @default none */
  subjectKeyIdentifier: z
    .string()
    .regex(/^([0-9A-F]{2})+$/i, "hexadecimal digits in pairs")
    .optional(),
  /** @default ["SMTP"], as setup makes its own */
  services: z.array(text).optional(),
  /** Names of the servers that lack it. @default none of the Mailbox servers */
  missingOn: z.array(text).optional(),
});
export type ScenarioCertificate = z.infer<typeof SCENARIO_CERTIFICATE>;

const SCENARIO_AUTH_SERVER = z.strictObject({
  name: text,
  /** Guid of the tenant. */
  realm: text,
  authMetadataUrl: text,
  /** @default "MicrosoftACS" */
  type: text.optional(),
  /** @default that of Azure ACS */
  issuerIdentifier: text.optional(),
  /** The dedicated hybrid application's, on a server of type AzureAD. @default "" */
  applicationIdentifier: text.optional(),
  /** @default true */
  enabled: z.boolean().optional(),
  /** @default [] */
  domainNames: z.array(text).optional(),
});
export type ScenarioAuthServer = z.infer<typeof SCENARIO_AUTH_SERVER>;

const SCENARIO_PARTNER_APPLICATION = z.strictObject({
  name: text,
  applicationIdentifier: text,
  /** @default "" */
  realm: text.optional(),
  /** @default true */
  enabled: z.boolean().optional(),
});
export type ScenarioPartnerApplication = z.infer<typeof SCENARIO_PARTNER_APPLICATION>;

const SCENARIO = z.strictObject({
  /** One sentence: what is special about it. */
  description: text,
  /** The Active Directory domain. @default "corp.contoso.example" */
  domain: text.optional(),
  /** The Exchange organisation's name. @default "Contoso" */
  organization: text.optional(),
  /** When the organisation's clock starts, ISO 8601. @default this machine's time */
  clock: DATE.optional(),
  /** @default MBX1 and MBX2 (Mailbox, one site) and EDGE1 (Edge) */
  servers: z.array(SCENARIO_SERVER).optional(),
  /** Name of the server that sessions are opened to. @default the first Mailbox server */
  sessionServer: text.optional(),
  /** Certificates beside those that setup makes for each server. @default setup's auth certificate on every Mailbox server */
  certificates: z.array(SCENARIO_CERTIFICATE).optional(),
  /** What AuthConfig names: a key of `certificates`, or any thumbprint. @default the first of `certificates` */
  authConfig: z
    .strictObject({
      current: z.string().optional(),
      previous: text.optional(),
      next: text.optional(),
      nextEffectiveDate: MOMENT.optional(),
    })
    .optional(),
  /**
   * Hours from the effective date of the next certificate until Exchange makes it current; null: it never does.
   * @default 12; a real one takes 12 to 24
   */
  serviceletHours: z.number().min(0, "a number from 0 on").nullable().optional(),
  /** @default none */
  authServers: z.array(SCENARIO_AUTH_SERVER).optional(),
  /** @default setup's own "Exchange Online", enabled */
  partnerApplications: z.array(SCENARIO_PARTNER_APPLICATION).optional(),
  /** The domains that the hybrid wizard set up. @default none: no wizard ever ran */
  hybridDomains: z.array(text).optional(),
  /** Seconds from a start of the health manager until its probes are known. @default 2; a real one takes about 120 */
  probeLoadSeconds: whole.optional(),
  /** The proxy, where it was enabled once. @default none */
  pushNotificationProxy: z.strictObject({ enabled: z.boolean(), organization: text, uri: text.optional() }).optional(),
  /** Undocumented cmdlets that this organisation has: "Get-PushNotificationApp". @default none */
  offers: z.array(z.enum(["Get-PushNotificationApp"])).optional(),
  /** A session on the server itself: certificates with all properties, and the server's own commands. @default false */
  certificatesAsOnServer: z.boolean().optional(),
  /** @default none */
  faults: z.array(FAULT).optional(),
  /** What is special about the tenant; `reset` begins one that is so. @default nothing */
  tenant: z.strictObject({ defaultAppManagementPolicy: APP_MANAGEMENT_POLICY.optional() }).optional(),
});
/**
 * How an organisation begins. A scenario file is JSON of this form; every key but `description` may be left out.
 * A moment is a number of days from the organisation's present (negative: before it), or an ISO 8601 date.
 */
export type Scenario = z.infer<typeof SCENARIO>;

/** A scenario that does not follow the form. */
export class InvalidScenario extends Error {
  override readonly name = "InvalidScenario";
}

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
  const problem = firstProblemShown(value, SCENARIO) ?? dangling(value as Scenario);
  if (problem) throw new InvalidScenario(`The scenario "${name}" is wrong: ${problem}.`);
  return value as Scenario;
}

/** @throws InvalidScenario for a fault that does not follow the form. */
export function checkFault(fault: unknown): Fault {
  const problem = firstProblemShown(fault, FAULT);
  if (problem) throw new InvalidScenario(`The fault is wrong: ${problem}.`);
  return fault as Fault;
}

/** The servers of an organisation whose scenario names none. */
export const DEFAULT_SERVERS: ScenarioServer[] = [{ name: "MBX1" }, { name: "MBX2" }, { name: "EDGE1", role: "Edge" }];

/** The certificates of an organisation whose scenario names none. */
export const DEFAULT_CERTIFICATES: ScenarioCertificate[] = [{ key: "auth" }];

/** A name in the scenario that leads nowhere. */
function dangling(scenario: Scenario): string | undefined {
  const { servers = DEFAULT_SERVERS, certificates = DEFAULT_CERTIFICATES, sessionServer, authConfig = {} } = scenario;
  const mailboxes = servers.filter((server) => server.role !== "Edge").map((server) => server.name);
  if (mailboxes.length === 0) return '"servers" has no Mailbox server';
  if (sessionServer && !mailboxes.includes(sessionServer)) {
    return `"sessionServer" is not a Mailbox server: "${sessionServer}"`;
  }
  for (const [index, { missingOn = [] }] of certificates.entries()) {
    const stranger = missingOn.find((name) => !mailboxes.includes(name));
    if (stranger) return `"certificates[${index}].missingOn" names what is not a Mailbox server: "${stranger}"`;
  }
  for (const key of ["current", "previous", "next"] as const) {
    const named = authConfig[key] ?? "";
    if (named === "" || /^[0-9A-F]{40}$/i.test(named) || certificates.some((known) => known.key === named)) continue;
    return `"authConfig.${key}" is neither the key of a certificate nor a thumbprint: "${named}"`;
  }
  return undefined;
}
