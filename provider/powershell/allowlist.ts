/**
 * Everything that this package ever asks of Exchange: each cmdlet with the parameters it is given and the management
 * roles that grant it. The provider refuses to send anything else, a bridge refuses to run anything else, and
 * docs/permissions.md is made from it. Plain data, so that a bridge in another language can read it as JSON.
 */

/** One cmdlet, or one command of the second list. */
export interface AllowedCommand {
  /** The only parameters it is ever given, by their declared names. */
  parameters: readonly string[];
  /** Whether it can change anything. */
  access: "reads" | "writes";
  /** `organisation`: over any session. `server`: only where the shell runs on the server that `Server` names. */
  where: "organisation" | "server";
  /**
   * Built-in management roles that grant the cmdlet; one of them is enough, the one that grants least comes first.
   * Empty for a command of the server, which asks for a local administrator instead.
   */
  roles: readonly string[];
}

const reads = (roles: readonly string[], ...parameters: string[]): AllowedCommand => ({
  parameters,
  access: "reads",
  where: "organisation",
  roles,
});

const writes = (roles: readonly string[], ...parameters: string[]): AllowedCommand => ({
  ...reads(roles, ...parameters),
  access: "writes",
});

// Source: the role group that CSS-Exchange makes for managing the auth certificate, of these three (and View-Only
// Recipients); Microsoft365DSC gives the last and the first for partner applications.
const VIEW = "View-Only Configuration";
const CERTIFICATES = "Exchange Server Certificates";
const CLIENT_ACCESS = "Organization Client Access";
// Guess: the cmdlet reference names the role groups Organization Management and Recipient Management, which both hold it.
const PROXY = "Recipient Policies";
// Guess, after what the role is for.
const MONITORING = "Monitoring";

/** The Exchange cmdlets. Where DomainController is not listed, the cmdlet reference gives the cmdlet none. */
export const CMDLETS: Readonly<Record<string, AllowedCommand>> = {
  "Get-AuthConfig": reads([VIEW, CLIENT_ACCESS], "DomainController"),
  "Set-AuthConfig": writes(
    [CLIENT_ACCESS],
    "CertificateThumbprint",
    "PublishCertificate",
    "NewCertificateThumbprint",
    "NewCertificateEffectiveDate",
    "ClearPreviousCertificate",
    "Force",
    "Confirm",
    "DomainController",
  ),
  "Get-AuthServer": reads([VIEW, CLIENT_ACCESS], "DomainController"),
  "New-AuthServer": writes([CLIENT_ACCESS], "Name", "AuthMetadataUrl", "Enabled", "Confirm", "DomainController"),
  "Set-AuthServer": writes([CLIENT_ACCESS], "Identity", "AuthMetadataUrl", "Enabled", "Confirm", "DomainController"),
  "Remove-AuthServer": writes([CLIENT_ACCESS], "Identity", "Confirm", "DomainController"),
  "Get-PartnerApplication": reads([VIEW, CLIENT_ACCESS], "DomainController"),
  "Set-PartnerApplication": writes([CLIENT_ACCESS], "Identity", "Enabled", "Confirm", "DomainController"),
  "Get-ExchangeCertificate": reads([VIEW, CERTIFICATES], "Server", "DomainController"),
  "New-ExchangeCertificate": writes(
    [CERTIFICATES],
    "FriendlyName",
    "SubjectName",
    "DomainName",
    "Services",
    "KeySize",
    "PrivateKeyExportable",
    "SubjectKeyIdentifier",
    "Server",
    "Confirm",
    "DomainController",
  ),
  "Export-ExchangeCertificate": writes(
    [CERTIFICATES],
    "Thumbprint",
    "BinaryEncoded",
    "Password",
    "Server",
    "Confirm",
    "DomainController",
  ),
  "Import-ExchangeCertificate": writes(
    [CERTIFICATES],
    "FileData",
    "Password",
    "PrivateKeyExportable",
    "Server",
    "Confirm",
    "DomainController",
  ),
  "Remove-ExchangeCertificate": writes([CERTIFICATES], "Thumbprint", "Server", "Confirm", "DomainController"),
  "Get-ExchangeServer": reads([VIEW], "DomainController"),
  "Get-HybridConfiguration": reads([VIEW], "DomainController"),
  "Get-PushNotificationApp": reads([VIEW]),
  "Enable-PushNotificationProxy": writes([PROXY], "Organization", "Uri", "Confirm"),
  "Disable-PushNotificationProxy": writes([PROXY], "Confirm"),
  "Invoke-MonitoringProbe": reads([MONITORING], "Identity", "Server"),
};

/** The cmdlets of which no documentation was found that says which built-in role grants them: their roles are a guess. */
export const GUESSED_ROLES: readonly string[] = [
  "Get-PushNotificationApp",
  "Enable-PushNotificationProxy",
  "Disable-PushNotificationProxy",
  "Invoke-MonitoringProbe",
];

/**
 * The second list: what no Exchange cmdlet does. A bridge offers these commands itself, and runs them only where its
 * shell is on the server that `Server` (an FQDN) names; elsewhere it writes an error record whose reason is
 * `NotOnServerException`, of category InvalidOperation, and does nothing.
 *
 * - `Restart-HealthManager` restarts the Windows service MSExchangeHM, waits until it runs, and returns nothing.
 * - `Export-MachineCertificate` returns one object whose `FileData` are the bytes of a certificate and its key in the
 *   machine's store, as PKCS#12 under the password. Its own error ids: `CertificateNotFoundException` (ObjectNotFound),
 *   `PrivateKeyMissing` and `PrivateKeyNotExportable` (InvalidArgument).
 * - `New-MachineCertificate` makes a self-signed RSA certificate in the machine's store, good for `LifetimeDays` from now,
 *   for server authentication, with a key of the machine's that may be exported, and returns one object with its
 *   `RawData`. Its own error id, where it is not made of what was asked for: `CertificateRequestRefused` (InvalidArgument).
 * - `Get-ExSetupVersion` returns one object whose `FileVersion` is the text of ExSetup.exe's file version, such as
 *   `15.02.2562.041`: the true build, security updates included.
 */
export const SERVER_COMMANDS: Readonly<Record<string, AllowedCommand>> = {
  "Restart-HealthManager": { parameters: ["Server"], access: "writes", where: "server", roles: [] },
  "Export-MachineCertificate": {
    parameters: ["Server", "Thumbprint", "Password"],
    access: "reads",
    where: "server",
    roles: [],
  },
  "New-MachineCertificate": {
    parameters: [
      "Server",
      "SubjectName",
      "DomainName",
      "FriendlyName",
      "KeySize",
      "SubjectKeyIdentifier",
      "LifetimeDays",
    ],
    access: "writes",
    where: "server",
    roles: [],
  },
  "Get-ExSetupVersion": { parameters: ["Server"], access: "reads", where: "server", roles: [] },
};

/** Both lists. */
export const ALLOWLIST: Readonly<Record<string, AllowedCommand>> = { ...CMDLETS, ...SERVER_COMMANDS };
