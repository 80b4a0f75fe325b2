import type * as pulumi from "@pulumi/pulumi";
import { ExchangeResource, type ExchangeResourceArgs, type OwnOutputs } from "../exchange-resource";
import { isOfType, resourceType } from "../resource-type";
import type { PushNotificationProbeInputs, PushNotificationProbeOutputs } from "./outputs";

/** Where and how the proxy is verified. */
export interface PushNotificationProbeArgs extends ExchangeResourceArgs {
  /**
   * The name or FQDN of the Mailbox server that runs the probe. A change runs the probe again (replaces).
   * @default the first Mailbox server of version 15 or later by name; its name is printed
   */
  server?: pulumi.Input<string | undefined>;
  /**
   * Names or FQDNs of servers that are not chosen when `server` is not set, not case-sensitive. Never a diff.
   * @default []
   */
  ignoreServers?: pulumi.Input<pulumi.Input<string>[] | undefined>;
  /**
   * Whether to restart the service MSExchangeHM of that server first, so that it knows a newly enabled proxy. Monitoring
   * pauses during the restart. It needs a shell on that server; otherwise the error is `NotOnServer`. A change runs the
   * probe again (replaces).
   * @default false
   */
  restartHealthService?: pulumi.Input<boolean | undefined>;
  /**
   * Whether any result other than `Succeeded` is an error; otherwise it is a warning. A change runs the probe again (replaces).
   * @default false
   */
  required?: pulumi.Input<boolean | undefined>;
  /**
   * Any values. When one of them changes, the probe runs again (replaces).
   * @default []
   */
  triggers?: pulumi.Input<pulumi.Input<unknown>[] | undefined>;
}

/**
 * The last step of the article: Exchange's own probe sends a notification through the proxy to Microsoft 365
 * (`Invoke-MonitoringProbe`). The resource waits, at most `timeoutSeconds`, until the server's health manager knows the
 * probe, which takes about two minutes after a restart.
 *
 * It changes nothing, except that it restarts the service if you ask for that. Refresh keeps the last result.
 *
 * Its id is the name of the server.
 *
 * @example
 * ```ts
 * new PushNotificationProbe("probe", { server: "MBX1", triggers: [proxying.certificateThumbprint] }, { dependsOn: proxying });
 * ```
 */
export class PushNotificationProbe extends ExchangeResource {
  /** The type by which Pulumi's engine, and its policies, know this class. */
  static readonly __pulumiType = resourceType("PushNotificationProbe");

  /** Whether a value is a PushNotificationProbe, made by any copy of this package. */
  static override isInstance(value: unknown): value is PushNotificationProbe {
    return isOfType(value, PushNotificationProbe.__pulumiType);
  }

  /** The server as the program named it; undefined if it named none. */
  declare public readonly server: pulumi.Output<string | undefined>;
  /** The name of the server that ran the probe. */
  declare public readonly serverName: pulumi.Output<string>;
  /** Whether MSExchangeHM was restarted first. */
  declare public readonly restartHealthService: pulumi.Output<boolean>;
  /** Whether any result other than `Succeeded` is an error. */
  declare public readonly required: pulumi.Output<boolean>;
  /** The values whose change runs the probe again. */
  declare public readonly triggers: pulumi.Output<unknown[]>;
  /** The server's FQDN. */
  declare public readonly fqdn: pulumi.Output<string>;
  /** `Succeeded`, `Failed` or another word of Exchange's; `Unknown` if the server did not know the probe in time. */
  declare public readonly resultType: pulumi.Output<string>;
  /** The error that Exchange reports, or its last answer if the server did not know the probe; empty if there is none. */
  declare public readonly error: pulumi.Output<string>;
  /** The exception of the error; empty if there was none. */
  declare public readonly exception: pulumi.Output<string>;
  /** When the probe was started, by the server's clock, `YYYY-MM-DDTHH:MM:SSZ`. */
  declare public readonly checkedAt: pulumi.Output<string>;

  constructor(name: string, args: PushNotificationProbeArgs = {}, options?: pulumi.CustomResourceOptions) {
    super("PushNotificationProbe", name, OUTPUTS, args, options);
  }
}

const OUTPUTS: OwnOutputs<PushNotificationProbe, PushNotificationProbeOutputs, PushNotificationProbeInputs> = {
  server: undefined,
  serverName: undefined,
  restartHealthService: undefined,
  required: undefined,
  triggers: undefined,
  fqdn: undefined,
  resultType: undefined,
  error: undefined,
  exception: undefined,
  checkedAt: undefined,
};
