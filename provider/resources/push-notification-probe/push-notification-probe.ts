import type * as pulumi from "@pulumi/pulumi";
import { ExchangeResource, type ExchangeResourceArgs, type OwnOutputs } from "../exchange-resource";
import { isOfType, resourceType } from "../resource-type";
import type { PushNotificationProbeInputs, PushNotificationProbeOutputs } from "./outputs";

/** Where and how the proxy is verified. */
export interface PushNotificationProbeArgs extends ExchangeResourceArgs {
  /**
   * Name or FQDN of the Mailbox server that runs the probe. A change runs it again (replaces).
   * @default the first Mailbox server of version 15 or later in name order, which is printed
   */
  server?: pulumi.Input<string | undefined>;
  /**
   * Names or full names of servers that are not chosen where `server` names none, without regard to case. Never a diff.
   * @default []
   */
  ignoreServers?: pulumi.Input<pulumi.Input<string>[] | undefined>;
  /**
   * Whether to restart the service MSExchangeHM of that server first, so that it learns of a proxy that was enabled
   * since: monitoring pauses meanwhile. It needs a shell on that server, else `NotOnServer`. A change runs the probe again
   * (replaces).
   * @default false
   */
  restartHealthService?: pulumi.Input<boolean | undefined>;
  /**
   * Whether anything but `Succeeded` is an error; it is a warning otherwise. A change runs the probe again (replaces).
   * @default false
   */
  required?: pulumi.Input<boolean | undefined>;
  /**
   * Any values: when one changes, the probe runs again (replaces).
   * @default []
   */
  triggers?: pulumi.Input<pulumi.Input<unknown>[] | undefined>;
}

/**
 * The article's last step: Exchange's own probe sends a notification through the proxy to Microsoft 365
 * (`Invoke-MonitoringProbe`). The probe is waited for, `timeoutSeconds` at most, until the server's health manager knows
 * it, which after a restart takes about two minutes.
 *
 * It changes nothing but for the restart that it is asked for. Refresh keeps the last result.
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

  /** The server as the program named it; undefined where it named none. */
  declare public readonly server: pulumi.Output<string | undefined>;
  /** The name of the server that ran it. */
  declare public readonly serverName: pulumi.Output<string>;
  /** Whether MSExchangeHM was restarted first. */
  declare public readonly restartHealthService: pulumi.Output<boolean>;
  /** Whether anything but `Succeeded` was to be an error. */
  declare public readonly required: pulumi.Output<boolean>;
  /** The values whose change runs it again. */
  declare public readonly triggers: pulumi.Output<unknown[]>;
  /** The server's full name. */
  declare public readonly fqdn: pulumi.Output<string>;
  /** `Succeeded`, `Failed` or another word of Exchange's; `Unknown` where the probe did not become known in time. */
  declare public readonly resultType: pulumi.Output<string>;
  /** What Exchange says went wrong, or answered last where the probe did not become known; empty when nothing did. */
  declare public readonly error: pulumi.Output<string>;
  /** The exception behind it; empty when there was none. */
  declare public readonly exception: pulumi.Output<string>;
  /** When it was asked for, by the server's clock, `YYYY-MM-DDTHH:MM:SSZ`. */
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
