import { mkdir, readFile, rename } from "node:fs/promises";
import path from "node:path";
import { lock } from "proper-lockfile";
import writeFileAtomic from "write-file-atomic";
import type { Directory, DirectoryObject } from "./directory";
import { DamagedState } from "./errors";
import type { Fault } from "./faults";

/** The version of the state file's form. */
const VERSION = 1;

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
  /** Certificates come with the properties of a session on the server itself, not as RawData alone. */
  certificatesAsOnServer: boolean;
  /** Cmdlets offered beside the documented ones. */
  offers: string[];
  servers: Server[];
  authConfig: AuthConfig;
  authServers: AuthServer[];
  /** Null until the proxy is first enabled. */
  pushNotificationApp: PushNotificationApp | null;
  faults: Fault[];
}

/** The organisation's clock. */
export function clockOf(state: State): Date {
  return new Date(Date.now() + state.clockOffset);
}

/** The file that holds the organisation of a sandbox. */
export function stateFile(home: string): string {
  return path.join(home, "exchange.json");
}

/**
 * The state as last saved; undefined where there is none yet.
 * @throws DamagedState for a file that is none of ours.
 */
export async function loadState(home: string): Promise<State | undefined> {
  const file = stateFile(home);
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new DamagedState(file, (error as Error).message);
  }
  return parseState(file, text);
}

function parseState(file: string, text: string): State {
  let value: Partial<State>;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new DamagedState(file, `it is not JSON (${(error as Error).message})`);
  }
  if (typeof value !== "object" || value === null) throw new DamagedState(file, "it holds no object");
  if (value.version !== VERSION) throw new DamagedState(file, `its version is ${value.version}, not ${VERSION}`);
  const lists = ["servers", "authServers", "faults", "offers"] as const;
  const missing =
    lists.find((key) => !Array.isArray(value[key])) ??
    (["directory", "authConfig"] as const).find((key) => typeof value[key] !== "object" || value[key] === null);
  if (missing) throw new DamagedState(file, `its key "${missing}" is missing or of another type`);
  if (!value.servers?.some((server) => server.name === value.sessionServer)) {
    throw new DamagedState(file, 'its key "sessionServer" names no server in it');
  }
  return value as State;
}

/** A new state's first fields. */
export function emptyState(scenario: string): Pick<State, "version" | "scenario"> {
  return { version: VERSION, scenario };
}

/** Puts a state file that cannot be read aside, under a name that says when. */
export async function putAside(home: string): Promise<void> {
  const file = stateFile(home);
  await rename(file, `${file}.damaged-${new Date().toISOString().replace(/[:.]/g, "-")}`);
}

/** What a holder of the lock may do. */
export interface LockedState {
  save(state: State): Promise<void>;
}

/**
 * Runs `action` while no other process holds the organisation. A lock whose holder was killed is taken over after ten
 * seconds.
 */
export async function withLock<T>(home: string, action: (locked: LockedState) => Promise<T>): Promise<T> {
  await mkdir(home, { recursive: true });
  let lost: Error | undefined;
  const release = await lock(stateFile(home), {
    realpath: false,
    stale: 10_000,
    update: 2000,
    retries: { retries: 1200, factor: 1, minTimeout: 25, maxTimeout: 50 },
    onCompromised: (error) => {
      lost = error;
    },
  });
  try {
    return await action({
      save: async (state) => {
        if (lost) throw lost;
        // Private keys are in it: nobody else's to read.
        await writeFileAtomic(stateFile(home), `${JSON.stringify(state, null, 2)}\n`, {
          mode: 0o600,
          // Whole against a killed process, which is what happens here; a lost disk is not worth the wait.
          fsync: false,
        });
      },
    });
  } finally {
    if (!lost) await release();
  }
}
