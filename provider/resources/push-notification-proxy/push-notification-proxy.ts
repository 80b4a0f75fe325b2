import type * as pulumi from "@pulumi/pulumi";
import { ExchangeResource, type ExchangeResourceArgs, type OwnOutputs } from "../exchange-resource";
import { isOfType, resourceType } from "../resource-type";
import type { PushNotificationProxyInputs, PushNotificationProxyOutputs } from "./outputs";
import type { ProxyStateSource, ProxyValues, WrittenValues } from "./rules";

/** Where the organisation sends its push notifications. */
export interface PushNotificationProxyArgs extends ExchangeResourceArgs {
  /** The organisation in Microsoft 365, a domain of the tenant. A change updates; case does not matter. */
  organization: pulumi.Input<string>;
  /**
   * Where notifications are sent, https. A change updates.
   * @default "https://outlook.office365.com/PushNotifications"
   */
  uri?: pulumi.Input<string | undefined>;
  /**
   * Whether each `up` writes the proxy where no cmdlet shows it, so that one that somebody has disabled is enabled again
   * though nobody can see it. The price is that each preview and each refresh says update. Never a diff where the proxy
   * can be read.
   * @default false
   */
  alwaysWrite?: pulumi.Input<boolean | undefined>;
}

/**
 * The organisation's proxy of push notifications (`Enable-PushNotificationProxy`): there is one, with id `OnPrem-Proxy`.
 *
 * Exchange documents no cmdlet that shows it. Where `Get-PushNotificationApp` exists it is read; elsewhere the outputs
 * say what Enable returned last (`stateSource`), and drift cannot be seen: `alwaysWrite`, or `pulumi up --replace` with
 * its URN, writes it again (docs/guide.md, step 5), and so does the `up` after an operation that was cut short on this
 * machine (docs/decisions/011). Destroy disables it, or puts back what was enabled before where that could be seen, and
 * leaves one that somebody else has disabled since. Organization and Uri stay stored, which Exchange offers no way to
 * undo.
 *
 * @example
 * ```ts
 * new PushNotificationProxy("proxy", { organization: "contoso.example" });
 * ```
 */
export class PushNotificationProxy extends ExchangeResource {
  /** The type by which Pulumi's engine, and its policies, know this class. */
  static readonly __pulumiType = resourceType("PushNotificationProxy");

  /** Whether a value is a PushNotificationProxy, made by any copy of this package. */
  static override isInstance(value: unknown): value is PushNotificationProxy {
    return isOfType(value, PushNotificationProxy.__pulumiType);
  }

  /** The organisation in Microsoft 365, as Exchange has it. */
  declare public readonly organization: pulumi.Output<string>;
  /** Where notifications are sent, as Exchange has it. */
  declare public readonly uri: pulumi.Output<string>;
  /** Whether notifications are sent at all: false where somebody has disabled the proxy since, which the next `up` repairs. */
  declare public readonly enabled: pulumi.Output<boolean>;
  /** `Get-PushNotificationApp`, or `last known` where this Exchange has no such cmdlet. */
  declare public readonly stateSource: pulumi.Output<ProxyStateSource>;
  /**
   * When this stack wrote it last, `YYYY-MM-DDTHH:MM:SS.mmmZ` by the far end's clock: where `stateSource` is `last known`,
   * what the other outputs say was true then. Absent until the first write of this version.
   */
  declare public readonly writtenAt: pulumi.Output<string | undefined>;
  /** Exchange's properties and their values before our first write; absent when there was no proxy, or none to be seen. */
  declare public readonly adopted: pulumi.Output<ProxyValues | undefined>;
  /** What we wrote last; destroy puts a former value back only while the present one is still this. */
  declare public readonly written: pulumi.Output<WrittenValues | undefined>;

  constructor(name: string, args: PushNotificationProxyArgs, options?: pulumi.CustomResourceOptions) {
    super("PushNotificationProxy", name, OUTPUTS, args, options);
  }

  /**
   * Looks the proxy up without managing it; fails where this Exchange cannot show it.
   * @param id always `OnPrem-Proxy`: there is one.
   */
  static get(name: string, id: pulumi.Input<pulumi.ID>, options?: pulumi.CustomResourceOptions): PushNotificationProxy {
    return new PushNotificationProxy(name, {} as PushNotificationProxyArgs, { ...options, id });
  }
}

const OUTPUTS: OwnOutputs<PushNotificationProxy, PushNotificationProxyOutputs, PushNotificationProxyInputs> = {
  organization: undefined,
  uri: undefined,
  enabled: undefined,
  stateSource: undefined,
  writtenAt: undefined,
  adopted: undefined,
  written: undefined,
};
