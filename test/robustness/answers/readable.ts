import type { Properties, Value } from "../../../provider/powershell/protocol";
import type { Kind } from "./built-provider";
import type { Wrong } from "./wrong-values";

/**
 * The properties by which it is decided whether something is written: each has to be read, or nothing may follow. By kind
 * and each cmdlet that answers it with objects, of which nothing may decide.
 */
const DECIDING: Record<Kind, Record<string, readonly string[]>> = {
  OAuthCertificate: {
    "Get-AuthConfig": ["Guid", "CurrentCertificateThumbprint"],
    "Get-ExchangeServer": ["Name", "IsEdgeServer"],
    "Get-ExchangeCertificate": [],
    "New-ExchangeCertificate": [],
    "Export-ExchangeCertificate": [],
    "Import-ExchangeCertificate": [],
  },
  OAuthCertificateHold: { "Get-AuthConfig": ["Guid"] },
  OAuthCertificateRollover: {
    "Get-AuthConfig": ["Guid", "CurrentCertificateThumbprint", "NextCertificateThumbprint"],
    "Get-ExchangeServer": ["Name", "IsEdgeServer"],
    "Get-ExchangeCertificate": [],
  },
  ExchangeAuthServer: {
    "Get-AuthConfig": ["Guid"],
    "Get-AuthServer": ["Type", "Guid", "Realm", "Enabled", "AuthMetadataUrl"],
    "New-AuthServer": [],
  },
  PushNotificationProxy: {
    "Get-AuthConfig": ["Guid"],
    "Get-PushNotificationApp": [],
    "Enable-PushNotificationProxy": [],
  },
  PartnerApplication: {
    "Get-AuthConfig": ["Guid"],
    "Get-PartnerApplication": ["Guid", "ApplicationIdentifier", "Enabled", "Realm"],
  },
  ExchangePrerequisites: { "Get-AuthConfig": ["Guid"], "Get-ExchangeServer": [] },
  PushNotificationProbe: { "Get-AuthConfig": ["Guid"], "Get-ExchangeServer": [], "Invoke-MonitoringProbe": [] },
};

export function decides(kind: Kind, cmdlet: string, object: Properties, property: string): boolean {
  // What the hybrid application trusts is no auth server of ours: only its Type says so, whatever else it shows.
  if (cmdlet === "Get-AuthServer" && object.Type !== "MicrosoftACS") return property === "Type";
  const deciding = DECIDING[kind][cmdlet];
  if (!deciding) throw new Error(`${kind} asks ${cmdlet}, of which DECIDING says nothing: name what decides, or []`);
  return deciding.includes(property);
}

/** Whether a readable value in its place is another organisation than the true one. */
export function canBeLie(cmdlet: string, property: string): boolean {
  if (cmdlet === "Get-AuthConfig") return /Thumbprint$/.test(property);
  if (cmdlet === "Get-ExchangeServer") return ["IsEdgeServer", "AdminDisplayVersion"].includes(property);
  return cmdlet === "Get-ExchangeCertificate";
}

/** Whether a value is an answer, be it a wrong one, where the true one stands. */
export function isReadable(cmdlet: string, property: string, original: Value, { form, value, name }: Wrong): boolean {
  if (/Thumbprint$/.test(property) && cmdlet === "Get-AuthConfig")
    return form === "null" || value === "" || (form === "text" && /thumbprint$/.test(name));
  if (property === "Guid") return name === "guid";
  if (property === "RawData") return name === "another certificate";
  switch (typeof original) {
    case "string":
      return form === "text" || form === "null";
    case "boolean":
      return form === "truth";
    default:
      return original === null ? form === "null" || form === "text" : formOf(original) === form || form === "null";
  }
}

function formOf(value: Value): Wrong["form"] {
  if (value instanceof Date) return "date";
  if (value instanceof Uint8Array) return "bytes";
  if (Array.isArray(value)) return "list";
  return typeof value === "number" ? "number" : "object";
}
