import type { Properties, Value } from "../../../provider/powershell/protocol";
import type { Kind } from "./built-provider";
import type { Wrong } from "./wrong-values";

/** The properties by which it is decided whether something is written: each has to be read, or nothing may follow. */
const DECIDING: Record<Kind, Record<string, readonly string[]>> = {
  OAuthCertificate: {
    "Get-AuthConfig": ["Guid", "CurrentCertificateThumbprint"],
    "Get-ExchangeServer": ["Name", "IsEdgeServer"],
  },
  OAuthCertificateRollover: {
    "Get-AuthConfig": ["Guid", "CurrentCertificateThumbprint", "NextCertificateThumbprint"],
    "Get-ExchangeServer": ["Name", "IsEdgeServer"],
  },
  ExchangeAuthServer: {
    "Get-AuthConfig": ["Guid"],
    "Get-AuthServer": ["Type", "Guid", "Realm", "Enabled", "AuthMetadataUrl"],
  },
  PushNotificationProxy: { "Get-AuthConfig": ["Guid"] },
  PartnerApplication: {
    "Get-AuthConfig": ["Guid"],
    "Get-PartnerApplication": ["Guid", "ApplicationIdentifier", "Enabled", "Realm"],
  },
  ExchangePrerequisites: { "Get-AuthConfig": ["Guid"] },
  PushNotificationProbe: { "Get-AuthConfig": ["Guid"] },
};

export function decides(kind: Kind, cmdlet: string, object: Properties, property: string): boolean {
  // What the hybrid application trusts is no auth server of ours: only its Type says so, whatever else it shows.
  if (cmdlet === "Get-AuthServer" && object.Type !== "MicrosoftACS") return property === "Type";
  return DECIDING[kind][cmdlet]?.includes(property) ?? false;
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
