import type { Directory, DirectoryObject } from "./directory";
import type { Fault } from "./faults";

/** The version of the state file's form. */
export const STATE_VERSION = 1;

/** A certificate in one server's machine store. */
export interface StoredCertificate {
  /** SHA-1 of the DER, 40 upper-case hexadecimal digits. */
  thumbprint: string;
  /** DER, base64. */
  rawData: string;
  /** PKCS#8 PEM, or null where the store holds the certificate alone. */
  privateKey: string | null;
  privateKeyExportable: boolean;
  friendlyName: string;
  /** Names as Exchange's flags have them: IMAP, POP, UM, IIS, SMTP, Federation, UMCallRouter. */
  services: string[];
  /** As .NET prints it. */
  subject: string;
  domains: string[];
  /** Upper-case hexadecimal; empty when there is none. */
  subjectKeyIdentifier: string;
  serialNumber: string;
  keySize: number;
  notBefore: string;
  notAfter: string;
}

/** A server of the organisation. */
export interface Server extends DirectoryObject {
  /** Full name. */
  fqdn: string;
  domain: string;
  role: "Mailbox" | "Edge";
  /** The true build, security updates included. */
  build: string;
  site: string;
  edition: string;
  /** Whether other servers reach its certificate service. */
  reachable: boolean;
  certificates: StoredCertificate[];
  /** Thumbprint of the default SMTP (internal transport) certificate; empty when none. */
  smtpCertificate: string;
  /** Thumbprint of the certificate bound to IIS; empty when none. */
  iisCertificate: string;
  /** When its service MSExchangeHM was last started. */
  healthManagerStarted: string;
}

export interface AuthConfig extends DirectoryObject {
  current: string;
  previous: string;
  next: string;
  nextEffectiveDate: string | null;
  serviceName: string;
  realm: string;
}

export interface AuthServer extends DirectoryObject {
  type: string;
  issuerIdentifier: string;
  realm: string;
  tokenIssuingEndpoint: string;
  authorizationEndpoint: string;
  applicationIdentifier: string;
  authMetadataUrl: string;
  graphBaseUrl: string;
  domainNames: string[];
  enabled: boolean;
  isDefaultAuthorizationEndpoint: boolean;
}

export interface PartnerApplication extends DirectoryObject {
  enabled: boolean;
  applicationIdentifier: string;
  realm: string;
  acceptSecurityIdentifierInformation: boolean;
  linkedAccount: string;
}

/** What the hybrid wizard leaves in the organisation. */
export interface HybridConfiguration extends DirectoryObject {
  onPremisesSmartHost: string;
  domains: string[];
  features: string[];
}

export interface PushNotificationApp extends DirectoryObject {
  displayName: string;
  enabled: boolean;
  organization: string;
  uri: string;
}

/** The whole organisation, as its file holds it. */
export interface State {
  version: number;
  /** The name of the scenario that it began as. */
  scenario: string;
  /** The organisation's clock minus this machine's, in milliseconds. */
  clockOffset: number;
  directory: Directory;
  /** Name of the server that sessions are opened to. */
  sessionServer: string;
  /**
   * Sessions are shells on their server itself: certificates come with all their properties, not as RawData alone, and the
   * server's own commands are there.
   */
  certificatesAsOnServer: boolean;
  /** Cmdlets offered beside the documented ones. */
  offers: string[];
  servers: Server[];
  authConfig: AuthConfig;
  authServers: AuthServer[];
  partnerApplications: PartnerApplication[];
  /** Null where no hybrid wizard ever ran. */
  hybridConfiguration: HybridConfiguration | null;
  /** Seconds from a start of MSExchangeHM until its probes are known. */
  probeLoadSeconds: number;
  /** Null until the proxy is first enabled. */
  pushNotificationApp: PushNotificationApp | null;
  faults: Fault[];
}

/** The organisation's clock. */
export function clockOf(state: State): Date {
  return new Date(Date.now() + state.clockOffset);
}
