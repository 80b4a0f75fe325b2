import type * as pulumi from "@pulumi/pulumi";
import type { AuthServerValues } from "../../exchange/auth-servers";
import { ExchangeResource, type ExchangeResourceArgs, type OwnOutputs } from "../exchange-resource";
import { isOfType, resourceType } from "../resource-type";
import type { Cloud } from "./metadata-url";
import type { ExchangeAuthServerInputs, ExchangeAuthServerOutputs } from "./outputs";

/** Which tenant's tokens the organisation is to trust. */
export interface ExchangeAuthServerArgs extends ExchangeResourceArgs {
  /** The tenant's guid. It is compared with the realm in the metadata. A change replaces, the former one deleted first. */
  tenantId: pulumi.Input<string>;
  /**
   * A domain of the tenant, from which the metadata URL is made. Give this or `authMetadataUrl`, which wins. A change
   * updates.
   */
  tenantDomain?: pulumi.Input<string | undefined>;
  /**
   * The whole URL of the tenant's metadata, https. Case and a slash at its end do not matter. A change updates.
   * @default the article's `https://accounts.accesscontrol.windows.net/metadata/json/1/?realm=<tenantDomain>`, or
   * `https://login.microsoftonline.us/<tenantDomain>/metadata/json/1` for the US government's cloud
   */
  authMetadataUrl?: pulumi.Input<string | undefined>;
  /**
   * The cloud whose default URL is meant: `worldwide` or `usGovernment`. A change updates.
   * @default "worldwide"
   */
  cloud?: pulumi.Input<Cloud | undefined>;
  /**
   * Whether tokens of it are accepted. A change updates.
   * @default true
   */
  enabled?: pulumi.Input<boolean | undefined>;
  /**
   * The name, up to 64 characters, used when one is made: one that is adopted keeps its own. Never a diff.
   * @default "MicrosoftSts"
   */
  name?: pulumi.Input<string | undefined>;
}

/**
 * The source of tokens that the organisation trusts for a tenant (`New-AuthServer`).
 *
 * One of the same realm is adopted, whatever its name: the hybrid wizard's "ACS - <guid>" for the same tenant would make
 * `New-AuthServer MicrosoftSts` fail. What was there before is noted and put back by destroy, each value only while it is
 * still ours. A name that another realm holds is `AlreadyExists`; metadata of another tenant is `InvalidInput`, and what
 * was made from it is removed again.
 *
 * Its id is the object's Guid.
 *
 * @example
 * ```ts
 * new ExchangeAuthServer("sts", {
 *   tenantId: "11111111-2222-3333-4444-555555555555",
 *   tenantDomain: "contoso.example",
 * });
 * ```
 */
export class ExchangeAuthServer extends ExchangeResource {
  /** The type by which Pulumi's engine, and its policies, know this class. */
  static readonly __pulumiType = resourceType("ExchangeAuthServer");

  /** Whether a value is an ExchangeAuthServer, made by any copy of this package. */
  static override isInstance(value: unknown): value is ExchangeAuthServer {
    return isOfType(value, ExchangeAuthServer.__pulumiType);
  }

  /** The name that it has, which is its own where it was adopted. */
  declare public readonly name: pulumi.Output<string>;
  /** The tenant's guid as the metadata gave it, lower case. */
  declare public readonly realm: pulumi.Output<string>;
  /** The same guid as `realm`, under the argument's name. */
  declare public readonly tenantId: pulumi.Output<string>;
  /** The URL from which Exchange reads the tenant's metadata, as Exchange has it. */
  declare public readonly authMetadataUrl: pulumi.Output<string>;
  /** Whether tokens of it are accepted. */
  declare public readonly enabled: pulumi.Output<boolean>;
  /** Who issues the tenant's tokens, by the metadata: `00000001-0000-0000-c000-000000000000`. */
  declare public readonly issuerIdentifier: pulumi.Output<string>;
  /** Where tokens are issued, by the metadata, an https URL. */
  declare public readonly tokenIssuingEndpoint: pulumi.Output<string>;
  /** The object's Guid, lower case. */
  declare public readonly guid: pulumi.Output<string>;
  /** Exchange's properties and their values before our first write, of those we write; absent when we made it. */
  declare public readonly adopted: pulumi.Output<AuthServerValues | undefined>;
  /** What we wrote last of those; destroy puts a former value back only while the present one is still this. */
  declare public readonly written: pulumi.Output<AuthServerValues | undefined>;

  constructor(name: string, args: ExchangeAuthServerArgs, options?: pulumi.CustomResourceOptions) {
    super("ExchangeAuthServer", name, OUTPUTS, args, options);
  }

  /**
   * Looks an auth server up without managing it.
   * @param id its Guid (`Get-AuthServer | Format-List Name, Realm, Guid`), no name.
   */
  static get(name: string, id: pulumi.Input<pulumi.ID>, options?: pulumi.CustomResourceOptions): ExchangeAuthServer {
    return new ExchangeAuthServer(name, {} as ExchangeAuthServerArgs, { ...options, id });
  }
}

const OUTPUTS: OwnOutputs<ExchangeAuthServer, ExchangeAuthServerOutputs, ExchangeAuthServerInputs> = {
  name: undefined,
  realm: undefined,
  tenantId: undefined,
  authMetadataUrl: undefined,
  enabled: undefined,
  issuerIdentifier: undefined,
  tokenIssuingEndpoint: undefined,
  guid: undefined,
  adopted: undefined,
  written: undefined,
};
