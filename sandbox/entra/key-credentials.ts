import { randomUUID, X509Certificate } from "node:crypto";
import { GraphError } from "./errors";
import type { KeyCredential } from "./state";

/** One element of the collection that a client sends. Every property may be left out. */
interface SentKeyCredential {
  customKeyIdentifier?: unknown;
  displayName?: unknown;
  startDateTime?: unknown;
  endDateTime?: unknown;
  key?: unknown;
  keyId?: unknown;
  type?: unknown;
  usage?: unknown;
}

// The values of the keyCredential resource type in the Microsoft Graph reference. That others are refused is likely,
// not measured.
const TYPES = ["AsymmetricX509Cert", "X509CertAndPassword"];
const USAGES = ["Sign", "Verify"];

/**
 * The collection that a PATCH leaves behind. It replaces the stored one as a whole; an element sent without its key
 * keeps the stored key of the same keyId.
 *
 * Source: the keyCredential resource type of the Microsoft Graph reference, and what the azuread provider relies on.
 * @throws GraphError 400, when an element cannot be taken; nothing is changed then.
 */
export function patchKeyCredentials(stored: readonly KeyCredential[], sent: unknown): KeyCredential[] {
  if (!Array.isArray(sent)) {
    throw invalid("Invalid value specified for property 'keyCredentials' of resource 'ServicePrincipal'.");
  }
  const result = sent.map((element: unknown) => patchOne(stored, element));
  const keyIds = new Set(result.map(({ keyId }) => keyId.toLowerCase()));
  if (keyIds.size < result.length) {
    // A guess: the reference only says that a keyId is unique.
    throw invalid("Two key credentials have the same keyId.");
  }
  return result;
}

function patchOne(stored: readonly KeyCredential[], element: unknown): KeyCredential {
  if (typeof element !== "object" || element === null || Array.isArray(element)) {
    throw invalid("Invalid value specified for property 'keyCredentials' of resource 'ServicePrincipal'.");
  }
  const sent = element as SentKeyCredential;
  const keyId = text(sent.keyId, "keyId") ?? randomUUID();
  const key = text(sent.key, "key");
  if (key === undefined) {
    const known = stored.find((credential) => credential.keyId.toLowerCase() === keyId.toLowerCase());
    if (known === undefined) {
      // That it is 400 is measured, the text is a guess.
      throw invalid(`Key credential ${keyId} has no key, and this principal has no key credential with that keyId.`);
    }
    // What was sent beside the keyId is what was read before; that nothing of it can be changed so is a guess.
    return known;
  }
  return newKeyCredential(sent, keyId, key);
}

function newKeyCredential(sent: SentKeyCredential, keyId: string, key: string): KeyCredential {
  const type = text(sent.type, "type") ?? "";
  const usage = text(sent.usage, "usage") ?? "";
  if (!TYPES.includes(type)) throw invalid(`Key credential type '${type}' is invalid.`);
  if (!USAGES.includes(usage)) throw invalid(`Key credential usage '${usage}' is invalid.`);
  const certificate = parseCertificate(key);
  const notAfter = new Date(certificate.validTo);
  const endDateTime = date(sent.endDateTime, "endDateTime") ?? notAfter;
  if (endDateTime.getTime() > notAfter.getTime()) {
    // The code is that of azuread's output in the documentation of Worklytics/psoxy.
    throw new GraphError(400, "KeyCredentialsInvalidEndDate", "Key credential end date is invalid.");
  }
  return {
    customKeyIdentifier:
      text(sent.customKeyIdentifier, "customKeyIdentifier") ?? certificate.fingerprint.replaceAll(":", ""),
    displayName: text(sent.displayName, "displayName") ?? null,
    startDateTime: graphDate(date(sent.startDateTime, "startDateTime") ?? new Date(certificate.validFrom)),
    endDateTime: graphDate(endDateTime),
    key: certificate.raw.toString("base64"),
    keyId,
    type,
    usage,
  };
}

/** The azuread provider sends base64 of the PEM text, others base64 of the DER; X509Certificate reads both. */
function parseCertificate(key: string): X509Certificate {
  try {
    return new X509Certificate(Buffer.from(key, "base64"));
  } catch {
    // That it is 400 follows from the reference, the text is a guess.
    throw invalid("Key credential key is not a certificate.");
  }
}

function text(value: unknown, property: string): string | undefined {
  if (value === undefined || value === null || typeof value === "string") return value ?? undefined;
  throw invalid(`Invalid value specified for property '${property}' of resource 'KeyCredential'.`);
}

function date(value: unknown, property: string): Date | undefined {
  const written = text(value, property);
  if (written === undefined) return undefined;
  const parsed = new Date(written);
  if (Number.isNaN(parsed.getTime())) {
    throw invalid(`Invalid value specified for property '${property}' of resource 'KeyCredential'.`);
  }
  return parsed;
}

/** Graph writes dates to the second where there is no fraction: `2031-11-23T00:49:00Z`. */
function graphDate(value: Date): string {
  return `${value.toISOString().slice(0, 19)}Z`;
}

function invalid(message: string): GraphError {
  return new GraphError(400, "Request_BadRequest", message);
}
