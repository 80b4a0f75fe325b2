import * as pulumi from "@pulumi/pulumi";
import { ExchangeResource, type ExchangeResourceArgs, type OwnOutputs } from "../exchange-resource";
import type { Warning } from "../outputs";
import { isOfType, resourceType } from "../resource-type";
import type { CertificateServer, OAuthCertificateInputs, OAuthCertificateOutputs } from "./outputs";
import { expiryWarnings } from "./warnings";

/** The properties of a new certificate, which are never a diff, and the servers that it is for. */
export interface OAuthCertificateArgs extends ExchangeResourceArgs {
  /**
   * The number of the certificate in a renewal, 1 to 64. Generation 1 is the certificate that AuthConfig names, or one
   * made where that cannot serve. A later one is made ahead, put on every server, and not named: that is for an
   * {@link OAuthCertificateRollover}. It cannot change: declare another OAuthCertificate for another generation.
   * @default 1
   */
  generation?: pulumi.Input<number | undefined>;
  /**
   * The subject alternative name of a new certificate. Never a diff.
   * @default the Active Directory domain of the server that creates it
   */
  domainName?: pulumi.Input<string | undefined>;
  /**
   * The distinguished name of the subject of a new certificate, up to 256 characters. Never a diff.
   * @default "CN=Microsoft Exchange Server Auth Certificate"
   */
  subjectName?: pulumi.Input<string | undefined>;
  /**
   * The friendly name of a new certificate, 1 to 63 characters. Never a diff.
   * @default "Exchange S2S OAuth"
   */
  friendlyName?: pulumi.Input<string | undefined>;
  /**
   * The size of the RSA key of a new certificate in bits: 2048 or 4096. Never a diff.
   * @default 2048
   */
  keySize?: pulumi.Input<2048 | 4096 | undefined>;
  /**
   * Days for which a new certificate is valid, 30 to 1825, such as 365 where the tenant's policy refuses a key credential of
   * five years. Exchange's own cmdlet always gives five years: the certificate is created in the machine's store of an
   * Exchange server that the connection's shell runs on. Elsewhere this fails with `NotOnServer`. In a renewal by
   * PushNotificationProxying it must be at least 60 more than `effectiveInDays`. Never a diff.
   * @default five years, created by Exchange
   */
  lifetimeDays?: pulumi.Input<number | undefined>;
  /**
   * Names or FQDNs of servers to ignore; case and order do not matter. The certificate is not copied to them, and they
   * need not answer. A change updates.
   * @default []
   */
  ignoreServers?: pulumi.Input<pulumi.Input<string>[] | undefined>;
}

/**
 * The certificate with which the organisation signs its OAuth tokens: the one that AuthConfig names as current.
 *
 * A valid certificate (not expired by Exchange's clock, with an RSA key of 2048 bits or more) is never replaced. The script
 * of Microsoft's article creates a new one and switches at once, which breaks sign-in for everyone who trusts the former
 * one. Another certificate is named only if the current one is unset, not valid or gone from every server:
 *
 * - the one that is staged in AuthConfig as the next, if it is valid and is on every server or can be copied there,
 *   whenever it was to take effect;
 *
 * - otherwise a new one (`New-ExchangeCertificate`), which is copied to every server of version 15 or later, except Edge
 *   and ignored servers (`Export-`, `Import-ExchangeCertificate`), and then named (`Set-AuthConfig`).
 *
 * If a server cannot be asked, nothing is changed. If only some servers lack a valid certificate, it is copied to them,
 * provided that its key can be exported by Exchange or from the store of the server that the shell runs on; otherwise a
 * warning names the servers.
 *
 * Its id is the Guid of AuthConfig. Destroy removes certificates that this package created, but none that AuthConfig
 * names: a certificate that was created because there was no valid one stays, and keeps the organisation working. This
 * package recognises its certificates by their SubjectKeyIdentifier, so it also removes them after AuthConfig was changed.
 *
 * @example
 * ```ts
 * const certificate = new OAuthCertificate("auth");
 * export const thumbprint = certificate.thumbprint;
 * ```
 */
export class OAuthCertificate extends ExchangeResource {
  /** The type by which Pulumi's engine, and its policies, know this class. */
  static readonly __pulumiType = resourceType("OAuthCertificate");

  /** Whether a value is an OAuthCertificate, made by any copy of this package. */
  static override isInstance(value: unknown): value is OAuthCertificate {
    return isOfType(value, OAuthCertificate.__pulumiType);
  }

  /** SHA-1 of the certificate, 40 upper-case hexadecimal digits. */
  declare public readonly thumbprint: pulumi.Output<string>;
  /** Upper-case hexadecimal digits as .NET prints it, leading zeros kept. */
  declare public readonly serialNumber: pulumi.Output<string>;
  /** Upper-case hexadecimal digits; empty if the certificate has none, like the one that setup creates. */
  declare public readonly subjectKeyIdentifier: pulumi.Output<string>;
  /** The public certificate as PEM, LF line ends, one final newline. */
  declare public readonly certificatePem: pulumi.Output<string>;
  /** The public certificate as DER in base64. */
  declare public readonly certificateDer: pulumi.Output<string>;
  /** `YYYY-MM-DDTHH:MM:SSZ`. */
  declare public readonly notBefore: pulumi.Output<string>;
  /** `YYYY-MM-DDTHH:MM:SSZ`. */
  declare public readonly notAfter: pulumi.Output<string>;
  /** As .NET's X509Certificate2.Subject. */
  declare public readonly subject: pulumi.Output<string>;
  /** The size of the certificate's key in bits. */
  declare public readonly keySize: pulumi.Output<number>;
  /** Every counted server, sorted by name: `present`, `missing` or `unreachable`. */
  declare public readonly servers: pulumi.Output<CertificateServer[]>;
  /** The thumbprint that AuthConfig named before ours; empty if there was none, or if we named no certificate. */
  declare public readonly formerThumbprint: pulumi.Output<string>;
  /** The thumbprint that is staged in AuthConfig as the next one; empty if none is. Absent until the first update. */
  declare public readonly nextThumbprint: pulumi.Output<string | undefined>;
  /** When Exchange switches to the next one, `YYYY-MM-DDTHH:MM:SSZ`; empty if none is staged, or the date is not shown. */
  declare public readonly nextEffectiveDate: pulumi.Output<string | undefined>;
  /**
   * The thumbprint of what this resource showed until another hand made another certificate current, as long as AuthConfig
   * names it as its previous one: servers may sign with it for a day. Absent otherwise; where it is there, `schemaVersion`
   * is 2.
   */
  declare public readonly previousThumbprint: pulumi.Output<string | undefined>;
  /** That certificate as PEM, LF line ends, one final newline; absent where there is none. */
  declare public readonly previousCertificatePem: pulumi.Output<string | undefined>;
  /** What AuthConfig names since a later generation has taken the place of this one; absent before. */
  declare public readonly supersededBy: pulumi.Output<string | undefined>;
  /** Of generation 2 and later, that AuthConfig has named it as current; absent before. */
  declare public readonly becameCurrent: pulumi.Output<boolean | undefined>;

  constructor(name: string, args: OAuthCertificateArgs = {}, options?: pulumi.CustomResourceOptions) {
    super("OAuthCertificate", name, OUTPUTS, args, options);
    pulumi
      .all([args.generation, this.thumbprint, this.notAfter, this.warnings, this.supersededBy])
      .apply((known) => this.#warnOfExpiry(...known));
  }

  /** Time passes between two looks at Exchange: what the state cannot warn of yet is seen by this machine's clock. */
  #warnOfExpiry(
    generation: number | undefined,
    thumbprint: string,
    notAfter: string,
    warnings: Warning[],
    supersededBy: string | undefined,
  ): void {
    if (!notAfter || supersededBy || warnings?.some(({ name }) => name === "certificateExpires")) return;
    this.show(expiryWarnings({ generation: generation ?? 1, thumbprint, notAfter: new Date(notAfter) }, new Date()));
  }

  /**
   * Looks up the organisation's certificate without managing it.
   * @param id the Guid of AuthConfig (`Get-AuthConfig | Format-List Guid`), not a thumbprint.
   */
  static get(name: string, id: pulumi.Input<pulumi.ID>, options?: pulumi.CustomResourceOptions): OAuthCertificate {
    return new OAuthCertificate(name, {}, { ...options, id });
  }
}

const OUTPUTS: OwnOutputs<OAuthCertificate, OAuthCertificateOutputs, OAuthCertificateInputs> = {
  thumbprint: undefined,
  serialNumber: undefined,
  subjectKeyIdentifier: undefined,
  certificatePem: undefined,
  certificateDer: undefined,
  notBefore: undefined,
  notAfter: undefined,
  subject: undefined,
  keySize: undefined,
  servers: undefined,
  formerThumbprint: undefined,
  nextThumbprint: undefined,
  nextEffectiveDate: undefined,
  previousThumbprint: undefined,
  previousCertificatePem: undefined,
  supersededBy: undefined,
  becameCurrent: undefined,
};
