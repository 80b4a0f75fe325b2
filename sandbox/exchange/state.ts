import { z } from "zod";
import { DIRECTORY, DIRECTORY_OBJECT } from "./directory";
import { FAULT } from "./faults";

/** The version of the state file's form. */
export const STATE_VERSION = 1;

const STORED_CERTIFICATE = z.object({
  /** SHA-1 of the DER, 40 upper-case hexadecimal digits. */
  thumbprint: z.string(),
  /** DER, base64. */
  rawData: z.string(),
  /** PKCS#8 PEM, or null where the store holds the certificate alone. */
  privateKey: z.string().nullable(),
  privateKeyExportable: z.boolean(),
  friendlyName: z.string(),
  /** Names as Exchange's flags have them: IMAP, POP, UM, IIS, SMTP, Federation, UMCallRouter. */
  services: z.array(z.string()),
  /** As .NET prints it. */
  subject: z.string(),
  domains: z.array(z.string()),
  /** Upper-case hexadecimal; empty when there is none. */
  subjectKeyIdentifier: z.string(),
  serialNumber: z.string(),
  keySize: z.number(),
  notBefore: z.string(),
  notAfter: z.string(),
});
/** A certificate in one server's machine store. */
export type StoredCertificate = z.infer<typeof STORED_CERTIFICATE>;

const SERVER = DIRECTORY_OBJECT.extend({
  /** Full name. */
  fqdn: z.string(),
  domain: z.string(),
  role: z.enum(["Mailbox", "Edge"]),
  /** The true build, security updates included. */
  build: z.string(),
  site: z.string(),
  edition: z.string(),
  /** Whether other servers reach its certificate service. */
  reachable: z.boolean(),
  certificates: z.array(STORED_CERTIFICATE),
  /** Thumbprint of the default SMTP (internal transport) certificate; empty when none. */
  smtpCertificate: z.string(),
  /** Thumbprint of the certificate bound to IIS; empty when none. */
  iisCertificate: z.string(),
  /** When its service MSExchangeHM was last started. */
  healthManagerStarted: z.string(),
});
/** A server of the organisation. */
export type Server = z.infer<typeof SERVER>;

const AUTH_CONFIG = DIRECTORY_OBJECT.extend({
  current: z.string(),
  previous: z.string(),
  next: z.string(),
  nextEffectiveDate: z.string().nullable(),
  serviceName: z.string(),
  realm: z.string(),
});
export type AuthConfig = z.infer<typeof AUTH_CONFIG>;

const AUTH_SERVER = DIRECTORY_OBJECT.extend({
  type: z.string(),
  issuerIdentifier: z.string(),
  realm: z.string(),
  tokenIssuingEndpoint: z.string(),
  authorizationEndpoint: z.string(),
  applicationIdentifier: z.string(),
  authMetadataUrl: z.string(),
  graphBaseUrl: z.string(),
  domainNames: z.array(z.string()),
  enabled: z.boolean(),
  isDefaultAuthorizationEndpoint: z.boolean(),
});
export type AuthServer = z.infer<typeof AUTH_SERVER>;

const PARTNER_APPLICATION = DIRECTORY_OBJECT.extend({
  enabled: z.boolean(),
  applicationIdentifier: z.string(),
  realm: z.string(),
  acceptSecurityIdentifierInformation: z.boolean(),
  linkedAccount: z.string(),
});
export type PartnerApplication = z.infer<typeof PARTNER_APPLICATION>;

const HYBRID_CONFIGURATION = DIRECTORY_OBJECT.extend({
  onPremisesSmartHost: z.string(),
  domains: z.array(z.string()),
  features: z.array(z.string()),
});
/** What the hybrid wizard leaves in the organisation. */
export type HybridConfiguration = z.infer<typeof HYBRID_CONFIGURATION>;

const PUSH_NOTIFICATION_APP = DIRECTORY_OBJECT.extend({
  displayName: z.string(),
  enabled: z.boolean(),
  organization: z.string(),
  uri: z.string(),
});
export type PushNotificationApp = z.infer<typeof PUSH_NOTIFICATION_APP>;

export const STATE = z.object({
  version: z.number(),
  /** The name of the scenario that it began as. */
  scenario: z.string(),
  /** The organisation's clock minus this machine's, in milliseconds. */
  clockOffset: z.number(),
  directory: DIRECTORY,
  /** Name of the server that sessions are opened to. */
  sessionServer: z.string(),
  /**
   * Sessions are shells on their server itself: certificates come with all their properties, not as RawData alone, and the
   * server's own commands are there.
   */
  certificatesAsOnServer: z.boolean(),
  /** Cmdlets offered beside the documented ones. */
  offers: z.array(z.string()),
  servers: z.array(SERVER),
  authConfig: AUTH_CONFIG,
  /**
   * Hours from a next certificate's effective date until Exchange makes it current; null where it never does. A state that
   * does not say has the default of rollover.ts.
   */
  serviceletHours: z.number().nullable().optional(),
  authServers: z.array(AUTH_SERVER),
  partnerApplications: z.array(PARTNER_APPLICATION),
  /** Null where no hybrid wizard ever ran. */
  hybridConfiguration: HYBRID_CONFIGURATION.nullable(),
  /** Seconds from a start of MSExchangeHM until its probes are known. */
  probeLoadSeconds: z.number(),
  /** Null until the proxy is first enabled. */
  pushNotificationApp: PUSH_NOTIFICATION_APP.nullable(),
  faults: z.array(FAULT),
});
/** The whole organisation, as its file holds it. */
export type State = z.infer<typeof STATE>;

/** The organisation's clock. */
export function clockOf(state: State): Date {
  return new Date(Date.now() + state.clockOffset);
}
