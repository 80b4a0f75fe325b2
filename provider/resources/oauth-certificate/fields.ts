import { COMMON_FIELDS, domain, type Field, line, oneOf, serverNames, wholeNumber } from "../check";
import { MOST_CERTIFICATES } from "./identifiers";

/** What a certificate is called and how strong it is, where the program does not say. */
export const DEFAULTS = {
  subjectName: "CN=Microsoft Exchange Server Auth Certificate",
  friendlyName: "Exchange S2S OAuth",
  keySize: 2048,
};

const TEXT = line(256, DEFAULTS.subjectName);

/** A distinguished name, as far as its beginning tells: Exchange reads the rest. */
const DISTINGUISHED_NAME: Field = {
  reason: (value) =>
    TEXT.reason(value) ??
    (/^\s*[A-Za-z0-9.]+\s*=/.test(String(value))
      ? undefined
      : `it must be a distinguished name, such as ${DEFAULTS.subjectName}`),
};

/** What the arguments of an OAuthCertificate must be. */
export const FIELDS = {
  ...COMMON_FIELDS,
  generation: { ...wholeNumber(1, MOST_CERTIFICATES, "generation"), fixed: "declare another OAuthCertificate for it" },
  domainName: domain("contoso.example"),
  subjectName: { ...DISTINGUISHED_NAME, default: DEFAULTS.subjectName },
  friendlyName: { ...line(63, DEFAULTS.friendlyName), default: DEFAULTS.friendlyName },
  keySize: { ...oneOf(2048, 4096), default: DEFAULTS.keySize },
  lifetimeDays: wholeNumber(30, 1825, "days"),
  ignoreServers: serverNames,
} satisfies Record<string, Field>;
