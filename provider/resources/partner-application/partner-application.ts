import type * as pulumi from "@pulumi/pulumi";
import type { PartnerApplicationValues } from "../../exchange/partner-applications";
import { ExchangeResource, type ExchangeResourceArgs, type OwnOutputs } from "../exchange-resource";
import { isOfType, resourceType } from "../resource-type";
import type { PartnerApplicationInputs, PartnerApplicationOutputs } from "./outputs";

/** Which application's tokens the organisation is to accept. */
export interface PartnerApplicationArgs extends ExchangeResourceArgs {
  /**
   * The application id, a guid. A change updates: the former application gets its own state back first.
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
 * A partner application of the organisation (`Set-PartnerApplication`), by application id and without a realm: Exchange
 * Online, which setup makes, must be enabled for OAuth with Microsoft 365, a step that the article leaves out.
 *
 * It is never made here: one that is not there is `NotFound`, with the command that makes it. Destroy puts back whether
 * it was enabled before, while that is still as we left it.
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
  /** Exchange's properties and their values before our first write, of those we wrote; absent where we wrote none. */
  declare public readonly adopted: pulumi.Output<PartnerApplicationValues | undefined>;
  /** What we wrote last; destroy puts a former value back only while the present one is still this. */
  declare public readonly written: pulumi.Output<PartnerApplicationValues | undefined>;

  constructor(name: string, args: PartnerApplicationArgs = {}, options?: pulumi.CustomResourceOptions) {
    super("PartnerApplication", name, OUTPUTS, args, options);
  }

  /**
   * Looks an application without a realm up without managing it.
   * @param id its Guid (`Get-PartnerApplication | Format-List Name, ApplicationIdentifier, Guid`), no application id and no name.
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
