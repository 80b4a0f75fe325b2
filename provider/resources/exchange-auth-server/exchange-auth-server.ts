import type * as pulumi from "@pulumi/pulumi";
import type { AuthServerValues } from "../../exchange/auth-servers";
import { ExchangeResource, type ExchangeResourceArgs, type OwnOutputs } from "../exchange-resource";
import { isOfType, resourceType } from "../resource-type";
import type { Cloud } from "./metadata-url";
import type { ExchangeAuthServerInputs, ExchangeAuthServerOutputs } from "./outputs";

/** Which tenant's tokens the organisation is to trust. */
export interface ExchangeAuthServerArgs extends ExchangeResourceArgs {
  /** The tenant's guid, which must be the realm in the metadata. A change replaces: the former server is deleted first. */
  tenantId: pulumi.Input<string>;
  /**
   * A domain of the tenant, for the metadata URL. Set this or `authMetadataUrl`, which takes precedence. A change
   * updates.
   */
  tenantDomain?: pulumi.Input<string | undefined>;
  /**
   * The URL of the tenant's metadata, https. Case and a trailing slash do not matter. A change updates.
   * @default the article's `https://accounts.accesscontrol.windows.net/metadata/json/1/?realm=<tenantDomain>`, or
   * `https://login.microsoftonline.us/<tenantDomain>/metadata/json/1` for the US government's cloud
   */
  authMetadataUrl?: pulumi.Input<string | undefined>;
  /**
   * The cloud for the default URL: `worldwide` or `usGovernment`. A change updates.
   * @default "worldwide"
   */
  cloud?: pulumi.Input<Cloud | undefined>;
  /**
   * Whether its tokens are accepted. A change updates.
   * @default true
   */
  enabled?: pulumi.Input<boolean | undefined>;
  /**
   * The name of a new auth server, up to 64 characters; an adopted one keeps its own. Never a diff.
   * @default "MicrosoftSts"
   */
  name?: pulumi.Input<string | undefined>;
}

/**
 * The source of tokens that the organisation trusts for a tenant (`New-AuthServer`).
 *
 * An auth server of the same realm is adopted, whatever its name: the hybrid wizard's "ACS - <guid>" for the same tenant
 * would make `New-AuthServer MicrosoftSts` fail. The former values are noted, and destroy restores each of them unless
 * somebody else has changed it. If another realm has the name, the error is `AlreadyExists`. If the metadata belongs to
 * another tenant, the error is `InvalidInput`, and the new auth server is removed again.
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

  /** The name; an adopted auth server keeps its own. */
  declare public readonly name: pulumi.Output<string>;
  /** The tenant's guid as the metadata gave it, lower case. */
  declare public readonly realm: pulumi.Output<string>;
  /** The same guid as `realm`, under the argument's name. */
  declare public readonly tenantId: pulumi.Output<string>;
  /** The URL from which Exchange reads the tenant's metadata, as Exchange has it. */
  declare public readonly authMetadataUrl: pulumi.Output<string>;
  /** Whether its tokens are accepted. */
  declare public readonly enabled: pulumi.Output<boolean>;
  /** The issuer of the tenant's tokens, from the metadata: `00000001-0000-0000-c000-000000000000`. */
  declare public readonly issuerIdentifier: pulumi.Output<string>;
  /** The endpoint that issues tokens, from the metadata, an https URL. */
  declare public readonly tokenIssuingEndpoint: pulumi.Output<string>;
  /** The object's Guid, lower case. */
  declare public readonly guid: pulumi.Output<string>;
  /** Exchange's properties that we write, and their values before our first write; absent if we created it. */
  declare public readonly adopted: pulumi.Output<AuthServerValues | undefined>;
  /** What we wrote last; destroy restores a former value only if the present one is still this. */
  declare public readonly written: pulumi.Output<AuthServerValues | undefined>;

  constructor(name: string, args: ExchangeAuthServerArgs, options?: pulumi.CustomResourceOptions) {
    super("ExchangeAuthServer", name, OUTPUTS, args, options);
  }

  /**
   * Looks up an auth server without managing it.
   * @param id its Guid (`Get-AuthServer | Format-List Name, Realm, Guid`), not its name.
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
