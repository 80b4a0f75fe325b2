import { InvalidInput, NotFound, ProtocolError } from "../errors";
import type { Properties } from "../powershell/protocol";
import type { ExchangeClient } from "./client";
import { ShownObject, textOf } from "./properties";

/** The organisation's OAuth configuration: a singleton whose Guid tells one organisation from another. */
export interface AuthConfig {
  guid: string;
  /** The far end's clock as it was read. */
  now: Date;
  /** The rest, which only those read who decide by it. */
  shown: ShownObject;
}

/** The certificates that AuthConfig names. */
export interface NamedCertificates {
  /** Upper-case hexadecimal digits; empty when none is named, like the two beside it. */
  current: string;
  previous: string;
  next: string;
  /** When Exchange makes the next one current; undefined where there is none, or it does not show when. */
  nextEffectiveDate: Date | undefined;
}

const DOING = "reading AuthConfig";
// Exchange 2013 was the first with an AuthConfig. The other end is beyond every certificate that Exchange makes.
const FIRST_YEAR = 2012;
const LAST_YEAR = 2100;

/**
 * `Get-AuthConfig`; pins the domain controller that answered.
 * @throws ProtocolError where there is none or there are several, where its Guid cannot be read, or where the far end's
 * clock shows no present.
 */
export async function getAuthConfig(client: ExchangeClient): Promise<AuthConfig> {
  const { objects, now } = await client.run("Get-AuthConfig", {}, DOING);
  const [object, ...others] = objects;
  if (!object) throw absent();
  if (others.length > 0) throw several(objects.length);
  const shown = new ShownObject(object, { cmdlet: "Get-AuthConfig", doing: DOING });
  const guid = shown.guid("Guid");
  const year = now.getUTCFullYear();
  if (year < FIRST_YEAR || year > LAST_YEAR) throw noPresent(now);
  client.pinDomainController(textOf(object, "OriginatingServer"));
  return { guid, now, shown };
}

/**
 * The certificates that AuthConfig names.
 * @throws ProtocolError where it cannot be told which they are: one that cannot be read is not unset.
 */
export function namedCertificates({ shown }: AuthConfig): NamedCertificates {
  const next = shown.thumbprint("NextCertificateThumbprint");
  return {
    current: shown.thumbprint("CurrentCertificateThumbprint"),
    previous: shown.thumbprint("PreviousCertificateThumbprint"),
    next,
    nextEffectiveDate: next === "" ? undefined : shown.date("NextCertificateEffectiveDate"),
  };
}

/** When AuthConfig was changed last, whatever in it; undefined where it does not show when. */
export function lastChange({ shown }: AuthConfig): Date | undefined {
  return shown.date("WhenChangedUTC");
}

/**
 * `Set-AuthConfig`: names the certificate that signs from now on. Previous becomes the one named before. The certificate
 * must be in the store of the server that runs the cmdlet. One that is staged as the next is published: Exchange refuses
 * to name it in any other way.
 * @param named what AuthConfig names now.
 */
export async function nameCertificate(
  client: ExchangeClient,
  thumbprint: string,
  { next }: NamedCertificates,
): Promise<void> {
  const which: Properties = thumbprint === next ? { PublishCertificate: true } : { CertificateThumbprint: thumbprint };
  await setCertificates(client, which, `naming the certificate ${thumbprint} in AuthConfig`);
}

/**
 * `Set-AuthConfig`: names the certificate that Exchange makes current by itself, half a day to a day after the date. One
 * that is staged already is no longer, and the certificate must be in the store of the server that runs the cmdlet.
 * Source: the reference of Set-AuthConfig, and CSS-Exchange for the delay.
 * @param thumbprint 40 hexadecimal digits; not those of the current one.
 * @param effectiveDate later than the far end's clock when the call runs, or Exchange refuses; less than 48 hours ahead it
 * warns. The moment is sent, so that no time zone is guessed.
 */
export async function stageCertificate(client: ExchangeClient, thumbprint: string, effectiveDate: Date): Promise<void> {
  const which = { NewCertificateThumbprint: thumbprint, NewCertificateEffectiveDate: effectiveDate };
  const doing = `staging the certificate ${thumbprint} in AuthConfig as the next, for ${effectiveDate.toISOString()}`;
  await setCertificates(client, which, doing);
}

/**
 * `Set-AuthConfig`: makes AuthConfig forget the previous certificate, with which nothing is then verified any more. It
 * stays in the servers' stores. Source: the reference of Set-AuthConfig.
 */
export async function clearPreviousCertificate(client: ExchangeClient): Promise<void> {
  await setCertificates(client, { ClearPreviousCertificate: true }, "clearing the previous certificate in AuthConfig");
}

async function setCertificates(client: ExchangeClient, which: Properties, doing: string): Promise<void> {
  // Without -Force it asks whether the certificate may take effect at once, and a session cannot answer.
  const parameters = { ...which, Force: true, Confirm: false };
  try {
    await client.run("Set-AuthConfig", parameters, doing);
  } catch (error) {
    throw error instanceof InvalidInput || error instanceof NotFound ? notNamed(error) : error;
  }
}

/** None of what Exchange may object to is an argument of a program: which certificate it is was decided here. */
function notNamed(cause: InvalidInput | NotFound): InvalidInput {
  return new InvalidInput({
    doing: cause.doing,
    answer: cause.answer,
    next:
      "if Exchange does not find the certificate, the server that the connection leads to does not have it: connect to a " +
      "server of version 15 or later that `ignoreServers` does not list, then try again",
    cause,
    outcomeUnknown: cause.outcomeUnknown,
  });
}

function absent(): ProtocolError {
  return new ProtocolError({
    doing: DOING,
    answer: "Get-AuthConfig returned no object",
    next:
      "check that the connection leads to an Exchange organisation; if its AuthConfig is missing, create it again with " +
      "`Setup.exe /PrepareAD` of the Exchange version that the organisation runs",
    outcomeUnknown: false,
  });
}

function several(count: number): ProtocolError {
  return new ProtocolError({
    doing: DOING,
    answer: `Get-AuthConfig returned ${count} objects, but an organisation has only one`,
    next: "compare them in the Exchange Management Shell (Get-AuthConfig | Format-List) and find out which one Exchange uses",
    outcomeUnknown: false,
  });
}

function noPresent(now: Date): ProtocolError {
  return new ProtocolError({
    doing: DOING,
    answer: `the clock of the far end shows ${now.toISOString()}, which is not a plausible time`,
    next: "correct the clocks of the server that the connection leads to and of its domain controller",
    outcomeUnknown: false,
  });
}
