import type * as pulumi from "@pulumi/pulumi";
import type { PartnerApplicationValues } from "../../exchange/partner-applications";
import { ExchangeResource, type ExchangeResourceArgs, type OwnOutputs } from "../exchange-resource";
import { isOfType, resourceType } from "../resource-type";
import type { PartnerApplicationInputs, PartnerApplicationOutputs } from "./outputs";

/** Which application's tokens the organisation is to accept. */
export interface PartnerApplicationArgs extends ExchangeResourceArgs {
  /**
   * The application id, a guid. A change updates: the former application's own state is restored first.
   * @default "00000002-0000-0ff1-ce00-000000000000", Exchange Online
   */
  applicationIdentifier?: pulumi.Input<string | undefined>;
  /**
   * Whether its tokens are accepted. A change updates.
   * @default true
   */
  enabled?: pulumi.Input<boolean | undefined>;
}

/**
 * A partner application of the organisation without a realm (`Set-PartnerApplication`), by its application id. OAuth with
 * Microsoft 365 needs the one of Exchange Online, which setup creates, to be enabled; the article leaves out this step.
 *
 * The resource never creates an application: if it does not exist, the error `NotFound` says how to create it. Destroy
 * restores whether it was enabled, unless somebody else has changed that.
 *
 * Its id is the object's Guid.
 *
 * @example
 * ```ts
 * new PartnerApplication("exchange-online");
 * ```
 */
export class PartnerApplication extends ExchangeResource {
  /** The type by which Pulumi's engine, and its policies, know this class. */
  static readonly __pulumiType = resourceType("PartnerApplication");

  /** Whether a value is a PartnerApplication, made by any copy of this package. */
  static override isInstance(value: unknown): value is PartnerApplication {
    return isOfType(value, PartnerApplication.__pulumiType);
  }

  /** The application id, a guid in lower case. */
  declare public readonly applicationIdentifier: pulumi.Output<string>;
  /** Whether its tokens are accepted. */
  declare public readonly enabled: pulumi.Output<boolean>;
  /** The name that Exchange has for it. */
  declare public readonly name: pulumi.Output<string>;
  /** The object's Guid, lower case. */
  declare public readonly guid: pulumi.Output<string>;
  /** Exchange's properties that we wrote, and their values before our first write; absent if we wrote none. */
  declare public readonly adopted: pulumi.Output<PartnerApplicationValues | undefined>;
  /** What we wrote last; destroy restores a former value only if the present one is still this. */
  declare public readonly written: pulumi.Output<PartnerApplicationValues | undefined>;

  constructor(name: string, args: PartnerApplicationArgs = {}, options?: pulumi.CustomResourceOptions) {
    super("PartnerApplication", name, OUTPUTS, args, options);
  }

  /**
   * Looks up an application without a realm, without managing it.
   * @param id its Guid (`Get-PartnerApplication | Format-List Name, ApplicationIdentifier, Guid`), not an application id or a name.
   */
  static get(name: string, id: pulumi.Input<pulumi.ID>, options?: pulumi.CustomResourceOptions): PartnerApplication {
    return new PartnerApplication(name, {}, { ...options, id });
  }
}

const OUTPUTS: OwnOutputs<PartnerApplication, PartnerApplicationOutputs, PartnerApplicationInputs> = {
  applicationIdentifier: undefined,
  enabled: undefined,
  name: undefined,
  guid: undefined,
  adopted: undefined,
  written: undefined,
};
