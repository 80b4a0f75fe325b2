import type { ExchangeClient } from "./client";
import { ProtocolError } from "./errors";
import { textOf } from "./properties";

/** The organisation's OAuth configuration: a singleton whose Guid tells one organisation from another. */
export interface AuthConfig {
  guid: string;
  /** Empty when none is named, like the two beside it. */
  currentThumbprint: string;
  previousThumbprint: string;
  nextThumbprint: string;
  /** The far end's clock as it was read. */
  now: Date;
}

/** `Get-AuthConfig`; pins the domain controller that answered. */
export async function getAuthConfig(client: ExchangeClient): Promise<AuthConfig> {
  const doing = "reading AuthConfig";
  const { objects, now } = await client.run("Get-AuthConfig", {}, doing);
  const [object] = objects;
  if (!object || textOf(object, "Guid") === "") {
    throw new ProtocolError({
      doing,
      answer: "Get-AuthConfig returned no object with a Guid",
      next: "check that the connection leads to an Exchange organisation",
      outcomeUnknown: false,
    });
  }
  client.pinDomainController(textOf(object, "OriginatingServer"));
  return {
    guid: textOf(object, "Guid").toLowerCase(),
    currentThumbprint: textOf(object, "CurrentCertificateThumbprint").toUpperCase(),
    previousThumbprint: textOf(object, "PreviousCertificateThumbprint").toUpperCase(),
    nextThumbprint: textOf(object, "NextCertificateThumbprint").toUpperCase(),
    now,
  };
}

/**
 * `Set-AuthConfig -CertificateThumbprint`: names the certificate that signs from now on. Previous becomes the one named
 * before. The certificate must be in the store of the server that runs the cmdlet.
 */
export async function setAuthCertificate(client: ExchangeClient, thumbprint: string): Promise<void> {
  // Without -Force it asks whether the certificate may take effect at once, and a session cannot answer.
  const parameters = { CertificateThumbprint: thumbprint, Force: true, Confirm: false };
  await client.run("Set-AuthConfig", parameters, `naming the certificate ${thumbprint} in AuthConfig`);
}
