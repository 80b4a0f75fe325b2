import { randomBytes } from "node:crypto";
import type { KeyCredential, ServicePrincipal } from "./graph-client";
import type { Properties } from "./wire";

/** The credential that is added for these inputs. Dates that were left out are left to Graph. */
export function newKeyCredential(inputs: Properties): KeyCredential {
  const { startDate, endDate } = inputs;
  return {
    ...(endDate === undefined ? {} : { endDateTime: toTheSecond(String(endDate)) }),
    key: Buffer.from(pemText(String(inputs.encoding), String(inputs.value))).toString("base64"),
    keyId: typeof inputs.keyId === "string" ? inputs.keyId : randomKeyId(),
    ...(startDate === undefined ? {} : { startDateTime: toTheSecond(String(startDate)) }),
    type: String(inputs.type ?? ""),
    usage: "Verify",
  };
}

/** Every encoding ends as PEM text; pem itself is sent as it is. */
function pemText(encoding: string, value: string): string {
  if (encoding === "pem") return value;
  const der = Buffer.from(value.trim(), encoding === "hex" ? "hex" : "base64").toString("base64");
  return `-----BEGIN CERTIFICATE-----\n${der.replace(/.{1,64}/g, "$&\n")}-----END CERTIFICATE-----\n`;
}

/** Random bytes in a UUID's dress, as the real one's: not a version 4. */
function randomKeyId(): string {
  return randomBytes(16)
    .toString("hex")
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function toTheSecond(date: string): string {
  return date.replace(/\.\d+/, "");
}

/** The principal's credential with that key id. */
export function findKey(principal: ServicePrincipal, keyId: string): KeyCredential | undefined {
  return (principal.keyCredentials ?? []).find((credential) => isKey(credential, keyId));
}

/** Key ids are compared without regard to case. */
export function isKey(credential: KeyCredential, keyId: string): boolean {
  return credential.keyId.toLowerCase() === keyId.toLowerCase();
}
