import * as pulumi from "@pulumi/pulumi";
import { ExchangeResource, type ExchangeResourceArgs, type OwnOutputs } from "../exchange-resource";
import type { Warning } from "../outputs";
import { isOfType, resourceType } from "../resource-type";
import type { CertificateServer, OAuthCertificateInputs, OAuthCertificateOutputs } from "./outputs";
import { expiryWarnings } from "./warnings";

/** What a certificate is like if one has to be made, which is never a diff, and the servers that it is for. */
export interface OAuthCertificateArgs extends ExchangeResourceArgs {
  /**
   * The number of the certificate in a renewal, 1 to 64. Generation 1 is the certificate that AuthConfig names, or one
   * made where that cannot serve. A later one is made ahead, put on every server, and not named: that is for an
   * {@link OAuthCertificateRollover}. It cannot change: declare another OAuthCertificate for another generation.
   * @default 1
   */
  generation?: pulumi.Input<number | undefined>;
  /**
   * The subject alternative name of one that is made. Never a diff.
   * @default the Active Directory domain of the server that it is made on
   */
  domainName?: pulumi.Input<string | undefined>;
  /**
   * The distinguished name of the subject of one that is made, up to 256 characters. Never a diff.
   * @default "CN=Microsoft Exchange Server Auth Certificate"
   */
  subjectName?: pulumi.Input<string | undefined>;
  /**
   * The friendly name of one that is made, 1 to 63 characters. Never a diff.
   * @default "Exchange S2S OAuth"
   */
  friendlyName?: pulumi.Input<string | undefined>;
  /**
   * Bits of the RSA key of one that is made: 2048 or 4096. Never a diff.
   * @default 2048
   */
  keySize?: pulumi.Input<2048 | 4096 | undefined>;
  /**
   * Names or full names of servers to pass over, without regard to case and order: they are not given the certificate,
   * and need not answer. A change updates.
   * @default []
   */
  ignoreServers?: pulumi.Input<pulumi.Input<string>[] | undefined>;
}

/**
 * The certificate with which the organisation signs its OAuth tokens: the one that AuthConfig names as current.
 *
 * A valid one (not expired by Exchange's clock, RSA of 2048 bits or more) is kept, always: the script of Microsoft's
 * article makes a new one and switches at once, which breaks sign-in for everyone who trusts the old one. Only where the
 * current one is unset, not valid or gone from every server does another one take its place: the one that is staged in
 * AuthConfig as the next, if it is valid and on every server or can be put there, whenever it was to take effect; else
 * one is made (`New-ExchangeCertificate`), put on every server of version 15 or later but Edge and those that are ignored
 * (`Export-`, `Import-ExchangeCertificate`), and then named (`Set-AuthConfig`). A server that cannot be asked stops it
 * before that. Where only some servers lack a valid one it is copied there as far as its key can be had, from
 * Exchange or from the store of the server that our shell is on; else a warning names them.
 *
 * Its id is the Guid of AuthConfig. Destroy removes what was made here, and nothing that AuthConfig names: one that was
 * made because no valid one was there stays, and keeps the organisation working. What was made here is known by its
 * SubjectKeyIdentifier, so it is removed, too, after AuthConfig was given others.
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
  /** Upper-case hexadecimal digits; empty when the certificate has none, as setup's own. */
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
  /** Bits of the key of the certificate that is there. */
  declare public readonly keySize: pulumi.Output<number>;
  /** Every server that counts, sorted by name: `present`, `missing` or `unreachable`. */
  declare public readonly servers: pulumi.Output<CertificateServer[]>;
  /** The thumbprint that AuthConfig named before ours; empty when none, or when nothing was named by us. */
  declare public readonly formerThumbprint: pulumi.Output<string>;
  /** The thumbprint that is staged in AuthConfig as the next one; empty when none is. Absent until the first update. */
  declare public readonly nextThumbprint: pulumi.Output<string | undefined>;
  /** When Exchange switches to the next one, `YYYY-MM-DDTHH:MM:SSZ`; empty when none is staged, or it is not shown. */
  declare public readonly nextEffectiveDate: pulumi.Output<string | undefined>;
  /** What AuthConfig names since a later generation has taken the place of this one; absent before. */
  declare public readonly supersededBy: pulumi.Output<string | undefined>;

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
   * Looks the organisation's certificate up without managing it.
   * @param id the Guid of AuthConfig (`Get-AuthConfig | Format-List Guid`), no thumbprint.
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
  supersededBy: undefined,
};
