import type * as pulumi from "@pulumi/pulumi";
import { ExchangeResource, type ExchangeResourceArgs, type OwnOutputs } from "../exchange-resource";
import { isOfType, resourceType } from "../resource-type";
import type { RolloverInputs, RolloverOutputs } from "./outputs";
import type { CertificateRole } from "./rules";

/** Which certificate is to become the current one, and when. */
export interface OAuthCertificateRolloverArgs extends ExchangeResourceArgs {
  /** The number of the generation that is to become current, 2 to 64: that of the OAuthCertificate whose `thumbprint` this is. */
  generation: pulumi.Input<number>;
  /** The thumbprint of its certificate. A change updates: the other one is staged. */
  thumbprint: pulumi.Input<string>;
  /**
   * The thumbprint of the first generation that the program declares, which is current until then. Where it is left out,
   * the program declares no other, and an update is refused while `thumbprint` is not current on every server.
   * @default `thumbprint`
   */
  formerThumbprint?: pulumi.Input<string | undefined>;
  /** The id of its key credential in the tenant. It is not looked up: that it has one means that the tenant knows it. Never a diff. */
  keyCredentialId: pulumi.Input<string>;
  /**
   * Days from the staging until it becomes current: 0 for at once, or 2 to 1800. It becomes current sooner where the current
   * one would end before. A change updates: what is staged gets a new date, or is made current at once.
   * @default 30
   */
  effectiveInDays?: pulumi.Input<number | undefined>;
  /**
   * Names or FQDNs of servers to ignore; case and order do not matter. A change updates.
   * @default []
   */
  ignoreServers?: pulumi.Input<pulumi.Input<string>[] | undefined>;
}

/**
 * Lets a later generation of the auth certificate take the place of the current one, in Exchange's own way: AuthConfig
 * names it as its next one with a date (`Set-AuthConfig -NewCertificateThumbprint -NewCertificateEffectiveDate`), and
 * Exchange makes it current by itself, half a day to a day after that. If a day after the date it has not, the next `up`
 * does (`-PublishCertificate`). Nothing is named before every server has the certificate; a server that cannot be asked
 * makes the rollover wait, and a warning says so. What another hand has staged is not overwritten.
 *
 * Without `formerThumbprint`, an update is refused while its own is not current on every server, or while servers may sign
 * with the previous one: until a day after AuthConfig was changed last, unless `effectiveInDays` is 0.
 *
 * Its id is the Guid of AuthConfig. Destroy leaves what AuthConfig names as it is: a next certificate cannot be unset. A
 * program that goes back to the former generation is refused while AuthConfig names this one as its next or current one.
 *
 * @example
 * ```ts
 * const first = new OAuthCertificate("auth");
 * const second = new OAuthCertificate("auth-2", { generation: 2 }, { dependsOn: first });
 * const credential = new azuread.ServicePrincipalCertificate("key-2", {
 *   servicePrincipalId: principal.id, type: "AsymmetricX509Cert", value: second.certificatePem,
 * });
 * new OAuthCertificateRollover("rollover", {
 *   generation: 2, thumbprint: second.thumbprint, formerThumbprint: first.thumbprint, keyCredentialId: credential.keyId,
 * });
 * ```
 */
export class OAuthCertificateRollover extends ExchangeResource {
  /** The type by which Pulumi's engine, and its policies, know this class. */
  static readonly __pulumiType = resourceType("OAuthCertificateRollover");

  /** Whether a value is an OAuthCertificateRollover, made by any copy of this package. */
  static override isInstance(value: unknown): value is OAuthCertificateRollover {
    return isOfType(value, OAuthCertificateRollover.__pulumiType);
  }

  /** The number of the generation that is to become current. */
  declare public readonly generation: pulumi.Output<number>;
  /** The thumbprint of its certificate, 40 upper-case hexadecimal digits. */
  declare public readonly thumbprint: pulumi.Output<string>;
  /** As what AuthConfig names it: `Current`, `Next`, `Previous`, or nothing. */
  declare public readonly state: pulumi.Output<CertificateRole>;
  /** When Exchange makes it current, `YYYY-MM-DDTHH:MM:SSZ`; empty where it is not the next one, or that is not shown. */
  declare public readonly effectiveDate: pulumi.Output<string>;
  /** The thumbprint of the certificate that AuthConfig names as current. */
  declare public readonly currentThumbprint: pulumi.Output<string>;
  /** That certificate as PEM, LF line ends, one final newline; empty where no server showed it. */
  declare public readonly currentCertificatePem: pulumi.Output<string>;
  /** When it ends, `YYYY-MM-DDTHH:MM:SSZ`; empty where no server showed it. */
  declare public readonly currentNotAfter: pulumi.Output<string>;
  /** As what AuthConfig names the former generation's: `Current`, `Previous`, or nothing; nothing also where there is none. */
  declare public readonly formerState: pulumi.Output<CertificateRole>;
  /**
   * Until when servers may sign with the former generation's certificate, `YYYY-MM-DDTHH:MM:SSZ`: a day after AuthConfig was
   * changed last. Before that, its removal is refused, unless `effectiveInDays` is 0. Empty where AuthConfig does not name
   * it as its previous one, or does not show when it was changed.
   */
  declare public readonly formerSignsUntil: pulumi.Output<string>;
  /** The thumbprint that AuthConfig names as its next one, whoever staged it; empty when none. */
  declare public readonly nextThumbprint: pulumi.Output<string>;

  constructor(name: string, args: OAuthCertificateRolloverArgs, options?: pulumi.CustomResourceOptions) {
    super("OAuthCertificateRollover", name, OUTPUTS, args, options);
  }
}

const OUTPUTS: OwnOutputs<OAuthCertificateRollover, RolloverOutputs, RolloverInputs> = {
  generation: undefined,
  thumbprint: undefined,
  state: undefined,
  effectiveDate: undefined,
  currentThumbprint: undefined,
  currentCertificatePem: undefined,
  currentNotAfter: undefined,
  formerState: undefined,
  formerSignsUntil: undefined,
  nextThumbprint: undefined,
};
