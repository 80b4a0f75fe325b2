import type { Properties } from "./wire";

/** What the provider needs to know of its tenant. */
export interface Configuration {
  /** `host:port`, on this machine. */
  metadataHost: string;
  tenantId: string;
  clientId: string;
  clientSecret: string;
  /** PEM file of authorities to trust; the system's where absent. */
  certificateAuthorities: string | undefined;
}

/** A configuration value, and the variable that stands in for it. Source: the azuread provider's documentation. */
const SETTINGS = {
  metadataHost: "ARM_METADATA_HOSTNAME",
  tenantId: "ARM_TENANT_ID",
  clientId: "ARM_CLIENT_ID",
  clientSecret: "ARM_CLIENT_SECRET",
} as const;

/** Configuration values that the real provider's schema marks sensitive. */
export const SECRET_SETTINGS: readonly string[] = ["clientCertificatePassword", "clientId", "clientSecret"];

// The real provider's other ways to sign in. To pass one over in silence would let a stack run here that cannot run there.
const REFUSED = [
  "adoPipelineServiceConnectionId",
  "clientCertificate",
  "clientCertificatePassword",
  "clientCertificatePath",
  "clientIdFilePath",
  "clientSecretFilePath",
  "oidcRequestToken",
  "oidcRequestUrl",
  "oidcToken",
  "oidcTokenFilePath",
  "useAksWorkloadIdentity",
  "useMsi",
  "useOidc",
];

const LOOPBACK = ["localhost", "127.0.0.1", "[::1]"];

/**
 * The provider's configuration: what the engine gave, else the environment.
 * @throws Error that names every setting that is missing or refused.
 */
export function resolveConfiguration(given: Properties, environment: NodeJS.ProcessEnv): Configuration {
  const refused = REFUSED.filter((name) => isSet(given[name]));
  if (refused.length > 0) {
    throw new Error(
      `The sandbox's azuread provider signs in with clientId and clientSecret only; azuread:${refused.join(", azuread:")} ` +
        "cannot be used in the sandbox.",
    );
  }
  const settings = Object.entries(SETTINGS).map(
    ([name, variable]) => [name, text(given[name]) ?? text(environment[variable]), variable] as const,
  );
  const missing = settings.filter(([, value]) => value === undefined);
  if (missing.length > 0) {
    const names = missing.map(([name, , variable]) => `azuread:${name} (or ${variable})`).join(", ");
    throw new Error(`The sandbox's azuread provider lacks ${names}. The sandbox sets them when it starts its tenant.`);
  }
  const found = Object.fromEntries(settings) as Record<keyof typeof SETTINGS, string>;
  const { hostname } = new URL(`https://${found.metadataHost}`);
  if (!LOOPBACK.includes(hostname)) {
    throw new Error(
      `The sandbox's azuread provider speaks to a tenant on this machine only, but azuread:metadataHost is ` +
        `${found.metadataHost}. Deploy to a real tenant with Pulumi's own CLI.`,
    );
  }
  return { ...found, certificateAuthorities: text(environment.SSL_CERT_FILE) };
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** The engine sends booleans as text. */
function isSet(value: unknown): boolean {
  return value !== undefined && value !== "" && value !== "false" && value !== false;
}
