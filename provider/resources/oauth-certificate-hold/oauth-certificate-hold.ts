import type * as pulumi from "@pulumi/pulumi";
import { ExchangeResource, type ExchangeResourceArgs, type OwnOutputs } from "../exchange-resource";
import { isOfType, resourceType } from "../resource-type";
import type { HoldInputs, HoldOutputs } from "./outputs";

/** Which key credential is to stay in the tenant. */
export interface OAuthCertificateHoldArgs extends ExchangeResourceArgs {
  /**
   * The number of the generation, 1 to 64: that of the OAuthCertificate whose `thumbprint` this is. It cannot change: declare
   * another OAuthCertificateHold for another generation.
   */
  generation: pulumi.Input<number>;
  /** The thumbprint of its certificate. A change updates. */
  thumbprint: pulumi.Input<string>;
  /** The id of its key credential, on whose resource this one depends by it. A change updates. */
  keyCredentialId: pulumi.Input<string>;
  /**
   * Names or FQDNs of servers to ignore; case and order do not matter. A change updates.
   * @default []
   */
  ignoreServers?: pulumi.Input<pulumi.Input<string>[] | undefined>;
}

/**
 * Keeps the key credential of one generation of the auth certificate in the tenant while servers may sign with that
 * certificate, or will. It writes nothing. Pulumi deletes it before the key credential that it depends on; as long as its
 * delete is refused, the key credential stays, whatever else was cut short. Its delete is refused:
 *
 * - while AuthConfig names the certificate as its current or its next one;
 *
 * - where the certificate was current before and is still valid, until the current one is on every server and a day has
 *   passed since AuthConfig was changed last. A rollover with `effectiveInDays` 0 in the same program does not wait for that
 *   day;
 *
 * - in an update that declares a new generation: azuread must not add a key credential and remove another one at once.
 *
 * A change of `thumbprint` is refused for the second of these reasons: it comes with a key credential that is replaced, of
 * which Pulumi deletes the former one at the end of the update.
 *
 * A destroy is not refused, nor is a program that declares no OAuthCertificate any more. Its id is the Guid of AuthConfig.
 *
 * @example
 * ```ts
 * new OAuthCertificateHold("hold-2", { generation: 2, thumbprint: second.thumbprint, keyCredentialId: credential.keyId });
 * ```
 */
export class OAuthCertificateHold extends ExchangeResource {
  /** The type by which Pulumi's engine, and its policies, know this class. */
  static readonly __pulumiType = resourceType("OAuthCertificateHold");

  /** Whether a value is an OAuthCertificateHold, made by any copy of this package. */
  static override isInstance(value: unknown): value is OAuthCertificateHold {
    return isOfType(value, OAuthCertificateHold.__pulumiType);
  }

  /** The number of the generation. */
  declare public readonly generation: pulumi.Output<number>;
  /** The thumbprint of its certificate, 40 upper-case hexadecimal digits. */
  declare public readonly thumbprint: pulumi.Output<string>;

  constructor(name: string, args: OAuthCertificateHoldArgs, options?: pulumi.CustomResourceOptions) {
    super("OAuthCertificateHold", name, OUTPUTS, args, options);
  }
}

const OUTPUTS: OwnOutputs<OAuthCertificateHold, HoldOutputs, HoldInputs> = {
  generation: undefined,
  thumbprint: undefined,
};
