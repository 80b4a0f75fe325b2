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
   * Whether each `up` writes the proxy if no cmdlet shows it, so that a proxy that somebody disabled is enabled again.
   * Each preview and each refresh then shows an update. Never a diff if the proxy can be read.
   * @default false
   */
  alwaysWrite?: pulumi.Input<boolean | undefined>;
}

/**
 * The organisation's push notification proxy (`Enable-PushNotificationProxy`). There is only one, with the id
 * `OnPrem-Proxy`.
 *
 * Exchange documents no cmdlet that shows the proxy. If `Get-PushNotificationApp` exists, the proxy is read. Otherwise
 * the outputs contain what Enable returned last (`stateSource`), and drift cannot be detected: to write the proxy again,
 * use `alwaysWrite`, or `pulumi up --replace` with its URN (docs/guide.md, step 5). The `up` after an operation that was
 * interrupted on this machine also writes it again (docs/decisions/011). Destroy disables the proxy, or restores its
 * former values if it was seen enabled before, and leaves a proxy that somebody else has disabled. Exchange keeps
 * Organization and Uri, which cannot be undone.
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
  /** Whether the proxy is enabled: false if somebody has disabled it, which the next `up` repairs. */
  declare public readonly enabled: pulumi.Output<boolean>;
  /** `Get-PushNotificationApp`, or `last known` if this Exchange does not have that cmdlet. */
  declare public readonly stateSource: pulumi.Output<ProxyStateSource>;
  /**
   * When this stack wrote the proxy last, `YYYY-MM-DDTHH:MM:SS.mmmZ` by the far end's clock. If `stateSource` is
   * `last known`, the other outputs were true at that time. Absent until the first write of this version.
   */
  declare public readonly writtenAt: pulumi.Output<string | undefined>;
  /** Exchange's properties and their values before our first write; absent if there was no proxy, or it could not be read. */
  declare public readonly adopted: pulumi.Output<ProxyValues | undefined>;
  /** What we wrote last; destroy restores a former value only if the present one is still this. */
  declare public readonly written: pulumi.Output<WrittenValues | undefined>;

  constructor(name: string, args: PushNotificationProxyArgs, options?: pulumi.CustomResourceOptions) {
    super("PushNotificationProxy", name, OUTPUTS, args, options);
  }

  /**
   * Looks up the proxy without managing it; fails if this Exchange cannot show it.
   * @param id always `OnPrem-Proxy`.
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
