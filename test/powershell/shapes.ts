import type { Properties, Value } from "../../provider/powershell/protocol";

/** What a property is after normalising. `text?` may be null, which is how an unset value arrives. */
export type Shape = "text" | "text?" | "truth" | "truth?" | "number" | "date" | "date?" | "texts" | "guid" | "bytes";

const HOLDS: Record<Shape, (value: Value | undefined) => boolean> = {
  text: (value) => typeof value === "string",
  "text?": (value) => value === null || typeof value === "string",
  truth: (value) => typeof value === "boolean",
  "truth?": (value) => value === null || typeof value === "boolean",
  number: (value) => Number.isSafeInteger(value),
  date: (value) => value instanceof Date,
  "date?": (value) => value === null || value instanceof Date,
  texts: (value) => Array.isArray(value) && value.every((item) => typeof item === "string"),
  guid: (value) => typeof value === "string" && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value),
  bytes: (value) => value instanceof Uint8Array && value.length > 0,
};

/** What every directory object has. Source: recordings of Exchange 2016 and 2019. */
export const DIRECTORY: Record<string, Shape> = {
  ExchangeVersion: "text",
  Name: "text",
  DistinguishedName: "text",
  Identity: "text",
  Guid: "guid",
  ObjectCategory: "text",
  ObjectClass: "texts",
  WhenChanged: "date",
  WhenCreated: "date",
  WhenChangedUTC: "date",
  WhenCreatedUTC: "date",
  OrganizationId: "text",
  Id: "text",
  OriginatingServer: "text",
  IsValid: "truth",
  ObjectState: "text",
};

/** The properties of each noun beside those. */
export const NOUNS: Record<string, Record<string, Shape>> = {
  AuthConfig: {
    CurrentCertificateThumbprint: "text",
    PreviousCertificateThumbprint: "text",
    NextCertificateThumbprint: "text",
    NextCertificateEffectiveDate: "date?",
    ServiceName: "text",
    Realm: "text",
    DeploymentId: "text",
    IssuerIdentifier: "text",
    ...DIRECTORY,
  },
  ExchangeServer: {
    Fqdn: "text",
    Domain: "text",
    Edition: "text",
    Site: "text",
    ServerRole: "text",
    IsMailboxServer: "truth",
    IsEdgeServer: "truth",
    AdminDisplayVersion: "text",
    CurrentDomainControllers: "texts",
    ExchangeLegacyServerRole: "number",
    MitigationsEnabled: "truth?",
    RemainingTrialPeriod: "text",
    ...DIRECTORY,
  },
  PartnerApplication: {
    Enabled: "truth",
    ApplicationIdentifier: "text",
    CertificateStrings: "texts",
    AuthMetadataUrl: "text",
    Realm: "text",
    UseAuthServer: "truth",
    LinkedAccount: "text?",
    AccountType: "text",
    AppOnlyPermissions: "text?",
    ...DIRECTORY,
  },
  SettingOverride: {
    ComponentName: "text",
    SectionName: "text",
    IsFlight: "truth",
    Parameters: "texts",
    Status: "text",
    Server: "text?",
    ...DIRECTORY,
  },
  HybridConfiguration: { Features: "texts", Domains: "texts", ServiceInstance: "number", ...DIRECTORY },
  ExchangeCertificate: { RawData: "bytes" },
};

/** The properties that are not of their shape, and those that no result may have. */
export function misshapen(object: Properties, shapes: Record<string, Shape>): string[] {
  const wrong = Object.entries(shapes).filter(([name, shape]) => !HOLDS[shape](object[name]));
  const foreign = ["RunspaceId", "PSComputerName", "PSShowComputerName", "SerializationData"].filter(
    (name) => name in object,
  );
  return [...wrong.map(([name, shape]) => `${name} is no ${shape}: ${String(object[name])}`), ...foreign];
}
